/** Running other programs as a shell script does: found by PATH, their output gathered or left to the terminal, waited for. */
import { isSystemError, type SignalName, type System } from '@seashell/system';
import { findStatus, readToEnd } from '../storage/read-file.ts';
import { writeAll } from '../storage/write-all.ts';

export type CommandSystem = Pick<System, 'process' | 'files' | 'streams'>;

export interface CommandStreams {
  /** Bytes for its standard input; the script's own if left out. */
  readonly input?: Uint8Array;
  /** Which of its output is gathered; it goes where the script's own goes if left out. */
  readonly gather?: 'output' | 'output-and-errors';
}

export interface CommandResult {
  /** As `$?` has it. */
  readonly status: number;
  readonly output: Uint8Array;
  /** One that came to us meanwhile. Differs from OpenSSH: there the script of 10 cleans up and goes on without its files. */
  readonly signal: SignalName | undefined;
}

const commandNotFound = 127;
const signalBase = 128;

/** The path of a command; one with a slash is a path already. `undefined` when PATH has none. */
export async function findCommand(system: CommandSystem, name: string): Promise<string | undefined> {
  if (name.includes('/')) return name;
  const directories = (system.process.environment['PATH'] ?? '/usr/local/bin:/usr/bin:/bin').split(':');
  for (const directory of directories) {
    const path = `${directory === '' ? '.' : directory}/${name}`;
    const status = await findStatus(system, path);
    if (status?.type === 'file' && (status.mode & 0o111) !== 0) return path;
  }
  return undefined;
}

/** Runs `argv`, whose first word is a command's name. */
export async function runCommand(
  system: CommandSystem,
  argv: readonly string[],
  streams: CommandStreams,
): Promise<CommandResult> {
  const path = await findCommand(system, argv[0] ?? '');
  if (path === undefined) return { status: commandNotFound, output: new Uint8Array(), signal: undefined };
  const input = streams.input === undefined ? undefined : await inputFor(system, streams.input);
  const output = streams.gather === undefined ? undefined : await system.streams.pipe();
  const pid = await system.process.spawn({
    path,
    argv,
    environment: system.process.environment,
    descriptors: {
      0: input?.reader ?? 0,
      1: output?.writer ?? 1,
      2: (streams.gather === 'output-and-errors' ? output?.writer : undefined) ?? 2,
    },
    signals: { SIGPIPE: 'default' },
  });
  if (output !== undefined) await system.streams.close(output.writer);
  if (input !== undefined) await feed(system, input);
  const gathered = output === undefined ? new Uint8Array() : await readToEnd(system, output.reader);
  if (output !== undefined) await system.streams.close(output.reader);
  return { ...(await waitFor(system, pid)), output: gathered };
}

interface Input {
  readonly reader: number;
  readonly writer?: number;
  readonly bytes: Uint8Array;
}

async function inputFor(system: CommandSystem, bytes: Uint8Array): Promise<Input> {
  if (bytes.length > 0) return { ...(await system.streams.pipe()), bytes };
  return { reader: await system.files.open('/dev/null', { access: 'read' }), bytes };
}

/** Who does not want it all need not read it. */
async function feed(system: CommandSystem, { reader, writer, bytes }: Input): Promise<void> {
  await system.streams.close(reader);
  if (writer === undefined) return;
  try {
    await writeAll(system.streams, writer, bytes);
  } catch (error) {
    if (!isSystemError(error, 'EPIPE')) throw error;
  }
  await system.streams.close(writer);
}

/** A signal to the script is obeyed after the command has ended. */
async function waitFor(system: CommandSystem, pid: number): Promise<Omit<CommandResult, 'output'>> {
  let signal: SignalName | undefined;
  for (;;) {
    const ended = await statusOf(system, pid);
    const { signals } = await system.streams.poll([], 0);
    signal ??= signals[0];
    if (ended !== undefined) return { status: ended, signal };
  }
}

/** `undefined` when a signal came first. */
async function statusOf(system: CommandSystem, pid: number): Promise<number | undefined> {
  try {
    const status = await system.process.wait({ pid });
    return status?.type === 'exited' ? status.status : signalBase;
  } catch (error) {
    if (isSystemError(error, 'EINTR')) return undefined;
    throw error;
  }
}
