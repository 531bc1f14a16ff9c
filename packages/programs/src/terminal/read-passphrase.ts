/**
 * readpassphrase(3) and OpenSSH's read_passphrase(): a line from /dev/tty, mostly with echo off. Signals restore the terminal first
 * and are then sent to this process again, so that ^C ends it with the terminal in order.
 */
import { utf8DecodeLossy } from '@seashell/core/wire';
import { isSystemError, type SignalName, type System, type TerminalAttributes } from '@seashell/system';
import { writeAll } from '../storage/write-all.ts';

export type PromptingSystem = Pick<System, 'files' | 'streams' | 'terminal' | 'process'>;

export interface PassphraseOptions {
  /** Whether the answer is shown while it is typed: RP_ECHO. */
  readonly echo?: boolean;
  /** Without a terminal, read a line of stdin instead: RP_ALLOW_STDIN of ssh-keygen. */
  readonly allowStdin?: boolean;
}

/** Longer answers are cut, as OpenSSH's buffer of 1024 does. */
const maximumAnswerBytes = 1023;
const caught = ['SIGALRM', 'SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU'] as const;
const stopping: readonly SignalName[] = ['SIGTSTP', 'SIGTTIN', 'SIGTTOU'];

/**
 * Asks `prompt` and gives the line; empty when there is nobody to ask, at ^D, and at an error, as in OpenSSH. Without `allowStdin`
 * OpenSSH writes a carriage return before the prompt, over what was typed while the terminal still echoed.
 */
export async function readPassphrase(
  system: PromptingSystem,
  prompt: string,
  options: PassphraseOptions = {},
): Promise<string> {
  const required = options.allowStdin !== true;
  for (;;) {
    const terminal = await openTerminal(system);
    if (terminal === undefined) return required ? '' : askOnStdin(system, prompt);
    if (required) await writeAll(system.streams, terminal, '\r');
    const asked = await askOnce(system, { terminal, prompt, echo: options.echo === true });
    await system.streams.close(terminal);
    for (const signal of asked.signals) await system.process.kill(system.process.pid, signal);
    if (!asked.signals.some((signal) => stopping.includes(signal))) return asked.answer ?? '';
  }
}

async function askOnStdin(system: PromptingSystem, prompt: string): Promise<string> {
  await writeAll(system.streams, 2, prompt);
  return (await readLine(system, 0)) ?? '';
}

/** isatty(3). */
export async function isTerminal(system: Pick<System, 'terminal'>, descriptor: number): Promise<boolean> {
  try {
    await system.terminal.getAttributes(descriptor);
    return true;
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}

async function openTerminal(system: PromptingSystem): Promise<number | undefined> {
  try {
    return await system.files.open('/dev/tty', { access: 'readWrite' });
  } catch (error) {
    if (isSystemError(error)) return undefined;
    throw error;
  }
}

interface Question {
  readonly terminal: number;
  readonly prompt: string;
  readonly echo: boolean;
}

interface Asked {
  readonly answer: string | undefined;
  readonly signals: readonly SignalName[];
}

async function askOnce(system: PromptingSystem, question: Question): Promise<Asked> {
  const before = await system.terminal.getAttributes(question.terminal);
  const asking: TerminalAttributes = question.echo ? before : { ...before, ECHO: false, ECHONL: false };
  await trySetAttributes(system, question.terminal, asking);
  for (const signal of caught) await system.process.setDisposition(signal, 'handle');
  await writeAll(system.streams, question.terminal, question.prompt);
  const line = await readLine(system, question.terminal);
  if (!asking.ECHO) await endLine(system, question.terminal);
  await trySetAttributes(system, question.terminal, before);
  const { signals } = await system.streams.poll([], 0);
  for (const signal of caught) await system.process.setDisposition(signal, 'default');
  return { answer: line, signals: signals.filter((signal) => caught.some((each) => each === signal)) };
}

/** The line end that was not echoed. The terminal may have hung up meanwhile: readpassphrase(3) does not look. */
async function endLine(system: PromptingSystem, terminal: number): Promise<void> {
  try {
    await writeAll(system.streams, terminal, '\n');
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
}

/** tcsetattr(3), whose failure is passed over: a process in the background whose parent has ended may not touch the terminal. */
async function trySetAttributes(
  system: Pick<System, 'terminal'>,
  terminal: number,
  attributes: TerminalAttributes,
): Promise<void> {
  try {
    await system.terminal.setAttributes(terminal, attributes, 'flush');
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
}

/** One line, read byte by byte, so that nothing of what follows is taken. `undefined` when a signal or an error came first. */
async function readLine(system: Pick<System, 'streams'>, descriptor: number): Promise<string | undefined> {
  const bytes: number[] = [];
  try {
    for (;;) {
      const [byte] = await system.streams.read(descriptor, 1);
      if (byte === undefined || byte === 0x0a || byte === 0x0d) break;
      if (bytes.length < maximumAnswerBytes) bytes.push(byte);
    }
  } catch (error) {
    if (isSystemError(error)) return undefined;
    throw error;
  }
  return utf8DecodeLossy(Uint8Array.from(bytes));
}

/** A line of stdin as fgets(3) gives it, without its end; `undefined` at the end of the stream with nothing read. */
export async function readInputLine(system: Pick<System, 'streams'>): Promise<string | undefined> {
  const bytes: number[] = [];
  for (;;) {
    const [byte] = await system.streams.read(0, 1);
    if (byte === undefined && bytes.length === 0) return undefined;
    if (byte === undefined || byte === 0x0a) return utf8DecodeLossy(Uint8Array.from(bytes));
    if (bytes.length < maximumAnswerBytes) bytes.push(byte);
  }
}
