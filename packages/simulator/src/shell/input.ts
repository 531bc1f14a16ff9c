/** Where commands come from: text at hand, a descriptor, or a person; and the loop that reads and executes them. */
import { isSystemError, type System } from '@seashell/system';
import { fromBytes } from '../commands/byte-text.ts';
import { chunkBytes, joinBytes } from '../commands/streams.ts';
import { closeHereDocument, complainSyntax, executeText } from './execute/executor.ts';
import { notifyJobs } from './execute/jobs.ts';
import { maximumValueCharacters } from './limits.ts';
import type { Shell } from './shell.ts';
import { CommandReader } from './syntax.ts';

/** The next line with its newline, if it has one; `interrupted` when ^C threw it away; `undefined` at the end. */
export type InputLine = { readonly text: string } | 'interrupted' | undefined;

export interface InputSource {
  /** Whether all was read, and the shell ends then. */
  readonly isAtEnd?: () => boolean;
  /** `continued`: the line goes on a command that is not whole yet. */
  nextLine(continued: boolean): Promise<InputLine>;
  /** A whole command was read. */
  commandRead?(text: string): Promise<void>;
}

/** Lines of a text. */
export function textInput(text: string, endsShell = false): InputSource {
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  let next = 0;
  return {
    isAtEnd: () => endsShell && next === lines.length,
    nextLine: () => {
      const line = lines[next++];
      return Promise.resolve(line === undefined ? undefined : { text: line });
    },
  };
}

const newline = 10;

/** A line read so that nothing after it is taken: what the commands read is the rest. It stops when it is longer than any may be. */
export async function readLineExactly(system: System, descriptor: number): Promise<Uint8Array> {
  const seekable = await canSeek(system, descriptor);
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const bytes = await system.streams.read(descriptor, seekable ? chunkBytes : 1);
    const end = bytes.indexOf(newline);
    if (end === -1) parts.push(bytes);
    length += bytes.length;
    if (bytes.length === 0 || length > maximumValueCharacters) return joinBytes(parts);
    if (end === -1) continue;
    if (end + 1 < bytes.length) await system.streams.seek(descriptor, end + 1 - bytes.length, 'current');
    return joinBytes([...parts, bytes.subarray(0, end + 1)]);
  }
}

async function canSeek(system: System, descriptor: number): Promise<boolean> {
  try {
    await system.streams.seek(descriptor, 0, 'current');
    return true;
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}

/** Lines of standard input, without a person. */
export function descriptorInput(shell: Shell, descriptor: number): InputSource {
  return {
    nextLine: async () => {
      const bytes = await readLineExactly(shell.system, descriptor);
      if (bytes.length > maximumValueCharacters) await shell.exhaust(bytes.length);
      return bytes.length === 0 || shell.jump ? undefined : { text: fromBytes(bytes) };
    },
  };
}

interface Reading {
  readonly shell: Shell;
  readonly source: InputSource;
  line: number;
}

const blank = /^\s*(?:#[^\n]*\s*)*$/;

/** Gathers lines to a whole command. */
async function readCommand({ source }: Reading): Promise<InputLine> {
  const command = new CommandReader();
  for (;;) {
    const line = await source.nextLine(command.text !== '');
    if (line === 'interrupted') return line;
    if (line === undefined) return command.text === '' ? undefined : { text: command.text };
    if (command.add(line.text)) return { text: command.text };
  }
}

/** Executes one whole input, and forgets what an error of expansion gave up. */
async function executeUnit(reading: Reading, read: string): Promise<void> {
  const { shell } = reading;
  const firstLine = reading.line;
  reading.line += read.split('\n').length - 1;
  if (blank.test(read)) return;
  shell.unit = { source: read, firstLine };
  const text = await closeHereDocument(shell, read, { firstLine });
  if (await complainSyntax(shell, text, { firstLine })) {
    shell.status = 2;
    if (!shell.isTyped) shell.jump = { type: 'exit' };
    return;
  }
  if (shell.options.has('verbose')) await shell.write(text, shell.descriptors, 2);
  const isLast = reading.source.isAtEnd?.() ?? false;
  shell.status = await executeText(shell, text, { descriptors: shell.descriptors, firstLine, isLast });
}

/** What a jump that reached the top means there: whether to go on reading. */
function settleJump(shell: Shell): boolean {
  const { jump } = shell;
  if (jump === undefined) return true;
  if (jump.type === 'exit') return false;
  if (jump.type === 'abort' && !shell.isTyped && jump.fatal) return false;
  shell.jump = undefined;
  return true;
}

/** Tells of jobs, and takes a signal that came after the last command; false if the shell is to end. */
async function preparePrompt(shell: Shell): Promise<boolean> {
  await notifyJobs(shell);
  await shell.step();
  return settleJump(shell);
}

/** Reads and executes until the end of the input or `exit`. */
export async function runInput(shell: Shell, source: InputSource, firstLine = 1): Promise<void> {
  const reading: Reading = { shell, source, line: firstLine };
  for (;;) {
    if (shell.hungUp) return;
    if (shell.isTyped && !(await preparePrompt(shell))) return;
    const input = await readCommand(reading);
    if (input === undefined) return;
    if (input === 'interrupted') {
      shell.status = 130;
      if (shell.traps.has('SIGINT')) await shell.runTrap('SIGINT');
      if (!settleJump(shell)) return;
      continue;
    }
    await source.commandRead?.(input.text);
    await executeUnit(reading, input.text);
    if (!settleJump(shell)) return;
  }
}
