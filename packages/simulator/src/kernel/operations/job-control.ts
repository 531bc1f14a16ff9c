/** Job control, termios(3) and POSIX: what a process in the background may do with its terminal. */
import { type SignalName, SystemError } from '@seashell/system';
import type { Terminal } from '../terminal.ts';
import type { OperationContext } from './context.ts';

/**
 * Whether the asking process has to wait because it is in the background of its own terminal: its group was sent `signal`. EIO
 * where nobody could continue it (SIGTTIN ignored, or an orphaned group), EINTR where it handles the signal itself.
 */
export function stopInBackground(
  context: OperationContext,
  terminal: Terminal,
  signal: 'SIGTTIN' | 'SIGTTOU',
): boolean {
  const { host, process } = context;
  const isBackground = process.controllingTerminal === terminal && terminal.foreground !== process.processGroup;
  if (!isBackground || terminal.hasHungUp) return false;
  const disposition = process.disposition(signal);
  if (disposition === 'ignore' && signal === 'SIGTTOU') return false;
  if (disposition === 'ignore' || host.processes.isOrphaned(process.processGroup)) {
    throw new SystemError('EIO', operationOf(signal));
  }
  host.processes.signalGroup(process.processGroup, signal);
  if (disposition === 'handle') throw new SystemError('EINTR', operationOf(signal));
  return true;
}

function operationOf(signal: SignalName): string {
  return signal === 'SIGTTIN' ? 'read' : 'setAttributes';
}
