/** `System.terminal` of a process: termios(3), tty_ioctl(4), pty(7). */
import { SystemError, type TerminalAttributes, type TerminalOperations, type WindowSize } from '@seashell/system';
import type { OperationName } from '../costs.ts';
import { blocked, type Blocked } from '../task.ts';
import { ControllerDescription, type Terminal, TerminalDescription } from '../terminal.ts';
import { findDescription, type OperationContext, waitOn } from './context.ts';
import { stopInBackground } from './job-control.ts';

export function terminalOperations(context: OperationContext): TerminalOperations {
  const find = (descriptor: number, operation: OperationName): Terminal => findTerminal(context, descriptor, operation);
  return {
    getAttributes: (descriptor) =>
      context.perform('getAttributes', () => find(descriptor, 'getAttributes').discipline.attributes),
    setAttributes: (descriptor, attributes, when) =>
      context.perform('setAttributes', () => setAttributes(context, descriptor, { attributes, when: when ?? 'now' })),
    getWindowSize: (descriptor) =>
      context.perform('getWindowSize', () => find(descriptor, 'getWindowSize').discipline.windowSize),
    setWindowSize: (descriptor, size) =>
      context.perform<void>('setWindowSize', () => find(descriptor, 'setWindowSize').setWindowSize(size)),
    getForeground: (descriptor) =>
      context.perform('getForeground', () => getForeground(context, find(descriptor, 'getForeground'))),
    setForeground: (descriptor, processGroup) =>
      context.perform('setForeground', () => setForeground(context, find(descriptor, 'setForeground'), processGroup)),
    terminalName: (descriptor) => context.perform('terminalName', () => find(descriptor, 'terminalName').path),
    openPseudoTerminal: (size) => context.perform('openPseudoTerminal', () => openPseudoTerminal(context, size)),
  };
}

/** Of either side: the attributes of a pseudo-terminal can be asked and set from its controlling side too. */
function findTerminal(context: OperationContext, descriptor: number, operation: OperationName): Terminal {
  const description = findDescription(context, descriptor, operation);
  if (description instanceof TerminalDescription || description instanceof ControllerDescription) {
    return description.terminal;
  }
  throw new SystemError('ENOTTY', operation);
}

interface AttributeChange {
  readonly attributes: TerminalAttributes;
  readonly when: 'now' | 'drain' | 'flush';
}

function setAttributes(context: OperationContext, descriptor: number, change: AttributeChange): void | Blocked {
  const terminal = findTerminal(context, descriptor, 'setAttributes');
  if (stopInBackground(context, terminal, 'SIGTTOU')) return blocked;
  const mustDrain = change.when !== 'now' && terminal.discipline.hasOutput && !terminal.hasHungUp;
  if (mustDrain) return waitOn(context, terminal.drained);
  terminal.setAttributes(change.attributes, change.when === 'flush');
}

function getForeground(context: OperationContext, terminal: Terminal): number {
  if (context.process.controllingTerminal !== terminal && terminal.sessionId === undefined) {
    throw new SystemError('ENOTTY', 'getForeground');
  }
  return terminal.foreground;
}

/** tcsetpgrp(3): only for a group of the session that the terminal controls. */
function setForeground(context: OperationContext, terminal: Terminal, processGroup: number): void | Blocked {
  const { host, process } = context;
  if (process.controllingTerminal !== terminal) throw new SystemError('ENOTTY', 'setForeground');
  if (stopInBackground(context, terminal, 'SIGTTOU')) return blocked;
  const members = host.processes.group(processGroup);
  if (!members.some((member) => member.sessionId === process.sessionId)) {
    throw new SystemError('EPERM', 'setForeground');
  }
  terminal.foreground = processGroup;
}

function openPseudoTerminal(
  context: OperationContext,
  size: WindowSize,
): { readonly controller: number; readonly terminal: number; readonly path: string } {
  const { host, process } = context;
  const terminal = host.openTerminal(size, process.credentials.uid);
  const controller = process.descriptors.add(new ControllerDescription(terminal), 'openPseudoTerminal');
  const side = process.descriptors.add(new TerminalDescription(terminal), 'openPseudoTerminal');
  return { controller, terminal: side, path: terminal.path };
}
