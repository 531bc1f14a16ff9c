/** `TerminalOperations` over stty(1), ps(1) and tty(1): Node itself only knows raw mode. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { isatty } from 'node:tty';
import { SystemError, type TerminalOperations, type WindowSize } from '@seashell/system';
import type { Machine } from './machine.ts';
import { parseSttyOutput, sttyArguments } from './termios.ts';

/** Runs a program of the platform on a terminal as its standard input, and gives what it prints. */
async function runOn(platformDescriptor: number, command: string, words: readonly string[]): Promise<string> {
  const child = spawn(command, [...words], {
    stdio: [platformDescriptor, 'pipe', 'ignore'],
    env: { ...process.env, LC_ALL: 'C' },
  });
  let output = '';
  child.stdout?.setEncoding('latin1').on('data', (text: string) => {
    output += text;
  });
  const [status] = await once(child, 'close');
  if (status !== 0) throw new SystemError('EIO', command);
  return output;
}

function terminalDescriptor(machine: Machine, descriptor: number, operation: string): number {
  const platformDescriptor = machine.table.platformDescriptor(descriptor, operation);
  if (platformDescriptor === undefined || !isatty(platformDescriptor)) throw new SystemError('ENOTTY', operation);
  return platformDescriptor;
}

async function getWindowSize(platformDescriptor: number): Promise<WindowSize> {
  const [rows = 0, columns = 0] = (await runOn(platformDescriptor, 'stty', ['size'])).trim().split(' ').map(Number);
  return { columns, rows, widthPixels: 0, heightPixels: 0 };
}

/** The terminal's foreground process group, as ps(1) tells it of this process. */
async function getForeground(platformDescriptor: number): Promise<number> {
  return Number((await runOn(platformDescriptor, 'ps', ['-o', 'tpgid=', '-p', String(process.pid)])).trim());
}

export function createTerminal(machine: Machine): TerminalOperations {
  const { guard } = machine;
  const on = <T>(operation: string, descriptor: number, body: (platformDescriptor: number) => Promise<T>): Promise<T> =>
    guard.run(operation, () => body(terminalDescriptor(machine, descriptor, operation)));
  return {
    getAttributes: (descriptor) =>
      on('getAttributes', descriptor, async (terminal) => parseSttyOutput(await runOn(terminal, 'stty', ['-a']))),
    setAttributes: (descriptor, attributes) =>
      on(
        'setAttributes',
        descriptor,
        async (terminal) => void (await runOn(terminal, 'stty', sttyArguments(attributes))),
      ),
    getWindowSize: (descriptor) => on('getWindowSize', descriptor, getWindowSize),
    setWindowSize: (descriptor, size) =>
      on('setWindowSize', descriptor, async (terminal) => {
        await runOn(terminal, 'stty', ['rows', String(size.rows), 'columns', String(size.columns)]);
      }),
    getForeground: (descriptor) => on('getForeground', descriptor, getForeground),
    setForeground: () => guard.run('setForeground', () => Promise.reject(new SystemError('ENOTSUP', 'setForeground'))),
    terminalName: (descriptor) =>
      on('terminalName', descriptor, async (terminal) => (await runOn(terminal, 'tty', [])).trim()),
    openPseudoTerminal: () =>
      guard.run('openPseudoTerminal', () => Promise.reject(new SystemError('ENOTSUP', 'openPseudoTerminal'))),
  };
}
