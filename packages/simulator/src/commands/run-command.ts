/** Commands that run another one, in their place or as a child: env and timeout; and sleep. */
import {
  isSystemError,
  signalNumbers,
  type ExecOptions,
  type SignalName,
  type System,
  type WaitStatus,
} from '@seashell/system';
import { attempt, type CommandContext, type CommandDefinition } from './command.ts';
import { quoteName } from './inputs.ts';
import { readLongDouble } from './long-double.ts';
import { joinPath, statusIfAny } from './paths.ts';
import { toBytes } from './byte-text.ts';
import { writeAll } from './streams.ts';
import { parseSignal } from './signal-names.ts';

const standardDescriptors = { 0: 0, 1: 1, 2: 2 };
const shellPath = '/bin/sh';

/** The file that a name means by PATH; a name with a slash is a path. */
export async function findExecutable(system: System, name: string, path: string): Promise<string | undefined> {
  if (name.includes('/')) return name;
  for (const directory of path.split(':')) {
    const candidate = joinPath(directory === '' ? '.' : directory, name);
    const status = await statusIfAny(system, candidate);
    if (status?.type === 'file' && (status.mode & 0o111) !== 0) return candidate;
  }
  return undefined;
}

/** What is to run, and with what. */
interface Words {
  readonly words: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** How words are run whose file was found. */
type Run<T> = (options: ExecOptions) => Promise<T>;

/** A file that is no program is a script of the shell, execvp(3). */
async function runOrInterpret<T>(options: ExecOptions, run: Run<T>): Promise<T> {
  try {
    return await run(options);
  } catch (error) {
    if (!isSystemError(error, 'ENOEXEC')) throw error;
    return run({ ...options, path: shellPath, argv: [shellPath, options.path, ...options.argv.slice(1)] });
  }
}

/** Finds what words mean and runs it with the standard streams; a status instead if it could not be run. */
async function start<T>(
  context: CommandContext,
  { words, environment }: Words,
  run: Run<T>,
): Promise<T | { readonly status: number }> {
  const [name = ''] = words;
  await context.output.flush();
  const path = await findExecutable(context.system, name, environment['PATH'] ?? '/usr/bin:/bin');
  const failure = context.command === 'timeout' ? 'failed to run command ' : '';
  if (path === undefined) {
    await context.complain(`${failure}${quoteName(name)}: No such file or directory`);
    return { status: 127 };
  }
  try {
    return await runOrInterpret({ path, argv: words, environment, descriptors: standardDescriptors }, run);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    await context.complain(`${failure}${quoteName(name)}: ${error.message}`);
    return { status: error.code === 'ENOENT' ? 127 : 126 };
  }
}

export function statusNumber(status: WaitStatus | undefined): number {
  if (!status) return 0;
  return status.type === 'exited' ? status.status : 128 + signalNumbers[status.signal];
}

/** env(1): the command runs in place of it. */
export const env: CommandDefinition = {
  name: 'env',
  usage: ['[OPTION]... [-] [NAME=VALUE]... [COMMAND [ARG]...]'],
  summary: 'Set each NAME to VALUE in the environment and run COMMAND.',
  usageStatus: 125,
  stopAtOperand: true,
  options: [
    { short: 'i', long: 'ignore-environment', help: 'start with an empty environment' },
    { short: '0', long: 'null', help: 'end each output line with NUL, not newline' },
    { short: 'u', long: 'unset', argument: 'required', help: 'remove variable from the environment' },
    { short: 'C', long: 'chdir', argument: 'required', help: 'change working directory to DIR' },
  ],
  async run(context) {
    const { options, operands, output, system } = context;
    const bare = operands[0] === '-';
    const environment: Record<string, string> =
      options.has('ignore-environment') || bare ? {} : { ...system.process.environment };
    for (const name of options.values('unset')) delete environment[name];
    let at = bare ? 1 : 0;
    for (; /^[^=]+=/.test(operands[at] ?? ''); at++) {
      const [, name = '', value = ''] = /^([^=]+)=(.*)$/s.exec(operands[at] ?? '') ?? [];
      environment[name] = value;
    }
    const words = operands.slice(at);
    const directory = options.value('chdir');
    if (directory !== undefined && words.length === 0)
      return context.complainUsage('must specify command with --chdir (-C)');
    if (options.has('null') && words.length > 0)
      return context.complainUsage('cannot specify --null (-0) with command');
    const change = async () => directory !== undefined && system.process.changeDirectory(directory);
    if (!(await attempt(context, `cannot change directory to ${quoteName(directory ?? '')}`, change))) return 125;
    if (words.length > 0) {
      const { status } = await start(context, { words, environment }, (image) => system.process.exec(image));
      return status;
    }
    const end = options.has('null') ? '\0' : '\n';
    for (const [name, value] of Object.entries(environment)) await output.write(`${name}=${value}${end}`);
    return 0;
  },
};

const unitSeconds: ReadonlyMap<string, number> = new Map(
  Object.entries<number>({ '': 1, s: 1, m: 60, h: 3600, d: 86_400 }),
);

/** `1.5`, `2m`, `infinity`: milliseconds; `undefined` if it is no duration. */
function parseDuration(text: string): number | undefined {
  if (/^inf(?:inity)?$/i.test(text)) return Infinity;
  const { value, length } = readLongDouble(text);
  const unit = unitSeconds.get(text.slice(length));
  if (length === 0 || unit === undefined || value.kind !== 'finite' || value.negative) return undefined;
  return Number(value.mantissa) * 2 ** value.exponent * unit * 1000;
}

export const sleep: CommandDefinition = {
  name: 'sleep',
  usage: ['NUMBER[SUFFIX]...'],
  summary: 'Pause for NUMBER seconds; SUFFIX may be s, m, h or d.',
  options: [],
  async run(context) {
    const { operands, system } = context;
    if (operands.length === 0) return context.complainUsage('missing operand');
    let total = 0;
    for (const operand of operands) {
      const milliseconds = parseDuration(operand);
      if (milliseconds === undefined) return context.complainUsage(`invalid time interval ${quoteName(operand)}`);
      total += milliseconds;
    }
    const deadline = total === Infinity ? undefined : system.clock.monotonic() + total;
    await system.streams.poll([], deadline);
    return 0;
  },
};

async function killQuietly(system: System, pid: number, signal: SignalName): Promise<void> {
  try {
    await system.process.kill(pid, signal);
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
}

interface Limit {
  readonly milliseconds: number;
  readonly signal: SignalName;
  readonly killAfter: number | undefined;
}

/** Waits for the child until the limit; the child's status and whether the time ran out. */
async function superviseChild(
  context: CommandContext,
  pid: number,
  limit: Limit,
): Promise<{ readonly status: number; readonly late: boolean }> {
  const { process, streams, clock } = context.system;
  let deadline = limit.milliseconds === 0 ? undefined : clock.monotonic() + limit.milliseconds;
  let signal = limit.signal;
  let late = false;
  for (;;) {
    const ended = await process.wait({ pid, noHang: true });
    if (ended && ended.type !== 'stopped') return { status: statusNumber(ended), late };
    const { ready } = await streams.poll([{ type: 'child' }], deadline);
    if (ready.length > 0) continue;
    await killQuietly(context.system, pid, signal);
    // SIGKILL goes to the whole group, and timeout cannot ignore it as it does the others.
    if (signal === 'SIGKILL' && !context.options.has('foreground')) await process.kill(process.pid, signal);
    if (!late) await killQuietly(context.system, pid, 'SIGCONT');
    deadline = limit.killAfter === undefined || late ? undefined : clock.monotonic() + limit.killAfter;
    signal = 'SIGKILL';
    late = true;
  }
}

export const timeout: CommandDefinition = {
  name: 'timeout',
  usage: ['[OPTION] DURATION COMMAND [ARG]...'],
  summary: 'Start COMMAND, and kill it if still running after DURATION.',
  usageStatus: 125,
  stopAtOperand: true,
  options: [
    { long: 'preserve-status', help: 'exit with the same status as COMMAND, even when the command times out' },
    { long: 'foreground', help: 'allow COMMAND to read from the TTY and get TTY signals' },
    {
      short: 'k',
      long: 'kill-after',
      argument: 'required',
      help: 'also send a KILL signal if COMMAND is still running',
    },
    { short: 's', long: 'signal', argument: 'required', help: 'specify the signal to be sent on timeout' },
  ],
  async run(context) {
    const { operands, options, system } = context;
    const [duration, ...words] = operands;
    if (duration === undefined || words.length === 0) {
      await writeAll(system, 2, toBytes(`Try '${context.name} --help' for more information.\n`));
      return 125;
    }
    const milliseconds = parseDuration(duration);
    if (milliseconds === undefined) return context.complainUsage(`invalid time interval ${quoteName(duration)}`);
    const killText = options.value('kill-after');
    const killAfter = killText === undefined ? undefined : parseDuration(killText);
    const signalText = options.value('signal') ?? 'TERM';
    const signal = parseSignal(signalText);
    if (!signal) return context.complainUsage(`${quoteName(signalText)}: invalid signal`);
    const { environment } = system.process;
    const started = await start(context, { words, environment }, async (image) => ({
      pid: await system.process.spawn(image),
    }));
    if ('status' in started) return started.status;
    const { status, late } = await superviseChild(context, started.pid, { milliseconds, signal, killAfter });
    return late && !options.has('preserve-status') && status !== 137 ? 124 : status;
  },
};
