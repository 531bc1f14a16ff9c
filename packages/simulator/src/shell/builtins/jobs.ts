/** jobs, fg, bg, wait, kill and history. */
import { isSystemError, signalNumbers, type SignalName } from '@seashell/system';
import { superviseForeground } from '../execute/foreground.ts';
import {
  abbreviateHome,
  collectChanges,
  findJob,
  formatJob,
  jobState,
  jobStatus,
  jobText,
  notifyDeaths,
  removeJob,
  waitForJob,
} from '../execute/jobs.ts';
import type { Job } from '../job.ts';
import type { Shell } from '../shell.ts';
import { formatSignalTable, numberOfSignal, parseSignal, shellSignals } from '../../commands/signal-names.ts';
import { takeLetters, type Builtin, type BuiltinContext } from './builtin.ts';

/** jobs. */
export const jobs: Builtin = async (context) => {
  const taken = await takeLetters(context, 'lnprs', 'jobs [-lnprs] [jobspec ...] or jobs -x command [args]');
  if (!taken) return 2;
  const { shell } = context;
  await collectChanges(shell);
  for (const job of shell.jobs) {
    if (taken.letters.has('r') && jobState(job) !== 'running') continue;
    if (taken.letters.has('s') && jobState(job) !== 'stopped') continue;
    const line = taken.letters.has('p')
      ? String(job.group ?? job.processes[0]?.pid)
      : formatJob(shell, job, taken.letters.has('l'));
    await context.write(`${line}\n`);
    job.notified = true;
  }
  for (const job of shell.jobs) if (jobState(job) === 'done') removeJob(shell, job);
  return 0;
};

async function jobOperand(context: BuiltinContext): Promise<Job | undefined> {
  const { shell, args, complain } = context;
  if (!shell.control) {
    await complain('no job control');
    return undefined;
  }
  const spec = args[0];
  const job = findJob(shell, spec);
  if (!job) await complain(`${spec ?? 'current'}: no such job`);
  return job;
}

async function continueJob(context: BuiltinContext, job: Job): Promise<void> {
  for (const process of job.processes) if (process.ended?.type === 'stopped') process.ended = undefined;
  if (job.group !== undefined) await context.shell.system.process.kill(-job.group, 'SIGCONT');
}

/** bash says where a job goes on that began elsewhere. */
function place(shell: Shell, job: Job): string {
  return job.directory === shell.directory ? '' : ` (wd: ${abbreviateHome(shell, job.directory)})`;
}

/** fg. */
export const fg: Builtin = async (context) => {
  const job = await jobOperand(context);
  const { shell } = context;
  if (!job || job.group === undefined || !shell.control) return 1;
  await context.write(`${jobText(job)}${place(shell, job)}\n`);
  job.background = false;
  await shell.system.terminal.setForeground(shell.control.descriptor, job.group);
  await continueJob(context, job);
  return superviseForeground(shell, job);
};

/** bg. */
export const bg: Builtin = async (context) => {
  const job = await jobOperand(context);
  if (!job) return 1;
  job.background = true;
  const mark = findJob(context.shell) === job ? '+' : '-';
  await context.write(`[${job.number}]${mark} ${jobText(job)} &${place(context.shell, job)}\n`);
  await continueJob(context, job);
  return 0;
};

/** What `wait` gives when a signal ended it. */
function interruptedStatus({ pendingSignals: [signal] }: Shell): number {
  return signal === undefined ? 1 : 128 + signalNumbers[signal];
}

async function waitForOperand(context: BuiltinContext, operand: string): Promise<number> {
  const { shell } = context;
  const job = operand.startsWith('%')
    ? findJob(shell, operand)
    : shell.jobs.find((each) => each.processes.some((process) => String(process.pid) === operand));
  if (!job) {
    const valid = /^\d+$/.test(operand);
    const message = operand.startsWith('%')
      ? `${operand}: no such job`
      : valid
        ? `pid ${operand} is not a child of this shell`
        : `\`${operand}': not a pid or valid job spec`;
    await context.complain(message);
    return valid || operand.startsWith('%') ? 127 : 1;
  }
  await waitForJob(shell, job);
  if (jobState(job) !== 'done') return interruptedStatus(shell);
  await notifyDeaths(shell);
  removeJob(shell, job);
  return jobStatus(shell, job);
}

/** wait. */
export const wait: Builtin = async (context) => {
  const taken = await takeLetters(context, 'fn', 'wait [-fn] [-p var] [id ...]');
  if (!taken) return 2;
  if (taken.operands.length === 0) {
    for (const job of context.shell.jobs) {
      await waitForJob(context.shell, job);
      await notifyDeaths(context.shell);
      if (jobState(job) === 'done') removeJob(context.shell, job);
      if (context.shell.pendingSignals.length > 0) return interruptedStatus(context.shell);
    }
    return 0;
  }
  let status = 0;
  for (const operand of taken.operands) status = await waitForOperand(context, operand);
  return status;
};

const killUsage = 'kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]';

/** The name of a number, also of an exit status; the number of a name. */
function convertSignal(operand: string): string | undefined {
  if (!/^\d+$/.test(operand)) {
    const named = operand.toUpperCase() === 'EXIT' ? 0 : numberOfSignal(operand);
    return named === undefined ? undefined : `${named}\n`;
  }
  const number = Number(operand) > 128 ? Number(operand) - 128 : Number(operand);
  const name = number === 0 ? 'EXIT' : shellSignals.get(number);
  return name === undefined ? (number > 64 ? undefined : '') : `${name}\n`;
}

async function listSignals(context: BuiltinContext, operands: readonly string[]): Promise<number> {
  if (operands.length === 0) await context.write(formatSignalTable());
  let status = 0;
  for (const operand of operands) {
    const text = convertSignal(operand);
    if (text !== undefined) await context.write(text);
    else {
      await context.complain(`${operand}: invalid signal specification`);
      status = 1;
    }
  }
  return status;
}

interface KillRequest {
  readonly signal: SignalName | undefined;
  readonly targets: readonly string[];
}

async function parseKill(context: BuiltinContext): Promise<KillRequest | undefined> {
  const [first = '', ...rest] = context.args;
  const separate = first === '-s' || first === '-n';
  if (separate && rest.length === 0) {
    await context.complain(`${first}: option requires an argument`);
    return undefined;
  }
  const attached = parseSignal(first.slice(1)) === undefined && /^-[sn]./.test(first) ? first.slice(2) : first.slice(1);
  const spec = separate ? rest.shift() : /^-./.test(first) && first !== '--' ? attached : undefined;
  if (spec === undefined) return { signal: 'SIGTERM', targets: first === '--' ? rest : context.args };
  const signal = parseSignal(spec);
  if (signal === undefined && spec !== '0') {
    await context.complain(`${spec}: invalid signal specification`);
    return undefined;
  }
  return { signal, targets: rest[0] === '--' ? rest.slice(1) : rest };
}

/** What reaches all of a job: its group, or without job control every process that lives. */
function jobTargets(job: Job): readonly number[] {
  if (job.group !== undefined) return [-job.group];
  return job.processes.flatMap(({ pid, ended }) => (ended ? [] : [pid]));
}

async function killOne(context: BuiltinContext, target: string, signal: SignalName | undefined): Promise<number> {
  const { shell } = context;
  const job = target.startsWith('%') ? findJob(shell, target) : undefined;
  if (target.startsWith('%') && !job) {
    await context.complain(`${target}: no such job`);
    return 1;
  }
  if (!job && !/^-?\d+$/.test(target)) {
    await context.complain(
      target === '' ? "`': not a pid or valid job spec" : `${target}: arguments must be process or job IDs`,
    );
    return 1;
  }
  const pids = job ? jobTargets(job) : [Number(target)];
  try {
    for (const pid of pids) await shell.system.process.kill(pid, signal);
    if (job && jobState(job) === 'stopped' && (signal === 'SIGTERM' || signal === 'SIGHUP'))
      for (const pid of pids) await shell.system.process.kill(pid, 'SIGCONT');
    return 0;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    await context.complain(`(${target}) - ${error.message}`);
    return 1;
  }
}

/** kill. */
export const kill: Builtin = async (context) => {
  const [first] = context.args;
  if (first === undefined)
    return context.shell.write(`kill: usage: ${killUsage}\n`, context.descriptors, 2).then(() => 2);
  if (first === '-l' || first === '-L') return listSignals(context, context.args.slice(1));
  const request = await parseKill(context);
  if (!request) return 1;
  if (request.targets.length === 0) return context.usage(killUsage);
  let status = 0;
  for (const target of request.targets) status = (await killOne(context, target, request.signal)) || status;
  return status;
};

/** history: lists; -c forgets. */
export const history: Builtin = async (context) => {
  const taken = await takeLetters(context, 'cw', 'history [-c] [n]');
  if (!taken) return 2;
  const { shell } = context;
  if (taken.letters.has('c')) shell.history.length = 0;
  if (taken.letters.size > 0) return 0;
  const [operand] = taken.operands;
  if (operand !== undefined && !/^\d+$/.test(operand)) {
    await context.complain(`${operand}: numeric argument required`);
    return 1;
  }
  const first = operand === undefined ? 0 : Math.max(0, shell.history.length - Number(operand));
  for (let at = first; at < shell.history.length; at++)
    await context.write(`${String(at + 1).padStart(5)}  ${shell.history[at] ?? ''}\n`);
  return 0;
};
