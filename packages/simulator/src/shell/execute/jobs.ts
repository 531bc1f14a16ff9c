/** Jobs: the processes of a pipeline, their states, and what the shell says about them (bash(1), JOB CONTROL). */
import { isSystemError, signalNumbers, type SignalName, type WaitStatus } from '@seashell/system';
import type { Job, JobProcess } from '../job.ts';
import type { Shell } from '../shell.ts';
import type { Launched } from './launch.ts';

export type JobState = 'running' | 'stopped' | 'done';

/** strsignal(3), but of the real-time signals; what stops has bash's words. */
const signalTexts: Readonly<Partial<Record<SignalName, string>>> = {
  SIGHUP: 'Hangup',
  SIGINT: 'Interrupt',
  SIGQUIT: 'Quit',
  SIGILL: 'Illegal instruction',
  SIGTRAP: 'Trace/breakpoint trap',
  SIGABRT: 'Aborted',
  SIGBUS: 'Bus error',
  SIGFPE: 'Floating point exception',
  SIGKILL: 'Killed',
  SIGUSR1: 'User defined signal 1',
  SIGSEGV: 'Segmentation fault',
  SIGUSR2: 'User defined signal 2',
  SIGPIPE: 'Broken pipe',
  SIGALRM: 'Alarm clock',
  SIGTERM: 'Terminated',
  SIGSTKFLT: 'Stack fault',
  SIGCHLD: 'Child exited',
  SIGCONT: 'Continued',
  SIGSTOP: 'Stopped (signal)',
  SIGTSTP: 'Stopped',
  SIGTTIN: 'Stopped (tty input)',
  SIGTTOU: 'Stopped (tty output)',
  SIGURG: 'Urgent I/O condition',
  SIGXCPU: 'CPU time limit exceeded',
  SIGXFSZ: 'File size limit exceeded',
  SIGVTALRM: 'Virtual timer expired',
  SIGPROF: 'Profiling timer expired',
  SIGWINCH: 'Window changed',
  SIGIO: 'I/O possible',
  SIGPWR: 'Power failure',
  SIGSYS: 'Bad system call',
};

function signalText(signal: SignalName): string {
  return signalTexts[signal] ?? `Real-time signal ${signalNumbers[signal] - signalNumbers.SIGRTMIN}`;
}

export function jobState(job: Job): JobState {
  if (job.processes.some((process) => process.ended?.type === 'stopped')) return 'stopped';
  return job.processes.every((process) => process.ended !== undefined) ? 'done' : 'running';
}

export function statusNumber(status: WaitStatus): number {
  return status.type === 'exited' ? status.status : 128 + signalNumbers[status.signal];
}

/** The exit status of a job that is done or stopped: that of its last process. */
export function jobStatus(shell: Shell, job: Job): number {
  const statuses = job.processes.map((process) => (process.ended ? statusNumber(process.ended) : 0));
  const failed = shell.options.has('pipefail') ? statuses.findLast((status) => status !== 0) : undefined;
  return failed ?? statuses.at(-1) ?? 0;
}

/** The order in which jobs count as current: the last stopped one, else the newest. */
function currentJobs(shell: Shell): readonly Job[] {
  const stopped = shell.jobs.filter((job) => jobState(job) === 'stopped');
  const others = shell.jobs.filter((job) => jobState(job) !== 'stopped');
  return [...others, ...stopped].toReversed();
}

/** The job that `%spec` means: `%n`, `%+`, `%-`, `%name`, `%?part`; the current one without a spec. */
export function findJob(shell: Shell, spec = '%%'): Job | undefined {
  const [current, previous] = currentJobs(shell);
  const name = spec.replace(/^%/, '');
  if (name === '' || name === '%' || name === '+') return current;
  if (name === '-') return previous ?? current;
  if (/^\d+$/.test(name)) return shell.jobs.find((job) => job.number === Number(name));
  if (name.startsWith('?')) return shell.jobs.find((job) => jobText(job).includes(name.slice(1)));
  return shell.jobs.find((job) => jobText(job).startsWith(name));
}

function endText(ended: WaitStatus): string {
  if (ended.type !== 'exited') return signalText(ended.signal);
  return ended.status === 0 ? 'Done' : `Exit ${ended.status}`;
}

function stateText(job: Job): string {
  const state = jobState(job);
  if (state === 'running') return 'Running';
  const ended =
    state === 'stopped'
      ? job.processes.find((each) => each.ended?.type === 'stopped')?.ended
      : job.processes.at(-1)?.ended;
  return ended ? endText(ended) : 'Done';
}

/** The command line of a job. */
export function jobText({ processes }: Job): string {
  return processes.map(({ text }) => text).join(' | ');
}

/** `(wd: ~/notes)` of a job that began elsewhere. */
function placeText(shell: Shell, job: Job): string {
  return job.directory === shell.directory ? '' : `  (wd: ${abbreviateHome(shell, job.directory)})`;
}

/** A path with `~` for the home directory, as prompts and lists show it. */
export function abbreviateHome(shell: Shell, path: string): string {
  const home = shell.variables.get('HOME') ?? '';
  if (home === '' || home === '/') return path;
  return path === home ? '~' : path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
}

/**
 * One line for each process, with its pid. As in bash, a state that is the first one's is not told again, and all that is told of the
 * processes of a running job is that they run (jobs.c, print_pipeline).
 */
function processLines(job: Job): readonly string[] {
  const states = job.processes.map(({ ended }) => (ended ? endText(ended) : 'Running'));
  return job.processes.map(({ pid, text }, index) => {
    const own = jobState(job) === 'running' ? 'Running' : (states[index] ?? '');
    const state = index > 0 && states[index] === states[0] ? '' : own;
    const [indent, bar] = index === 0 ? ['', ''] : ['     ', '| '];
    return `${indent}${String(pid).padStart(5)} ${state.padEnd(state === '' ? 22 : 24)}${bar}${text}`;
  });
}

/** A line of `jobs`; with pids a line for each process. */
export function formatJob(shell: Shell, job: Job, withPids = false): string {
  const [current, previous] = currentJobs(shell);
  const mark = job === current ? '+' : job === previous ? '-' : ' ';
  const suffix = (jobState(job) === 'running' && job.background ? ' &' : '') + placeText(shell, job);
  const lines = withPids ? processLines(job).join('\n') : ` ${stateText(job).padEnd(24)}${jobText(job)}`;
  return `[${job.number}]${mark} ${lines}${suffix}`;
}

/** What was launched, as a process of a job. */
export function processOf(launched: Launched, text: string): JobProcess {
  if ('pid' in launched) return { pid: launched.pid, text, ended: undefined };
  return { pid: 0, text, ended: { type: 'exited', pid: 0, status: launched.status } };
}

export function addJob(shell: Shell, job: Omit<Job, 'number' | 'notified'>): Job {
  const number = Math.max(0, ...shell.jobs.map((each) => each.number)) + 1;
  const added: Job = { ...job, number, notified: true };
  shell.jobs = [...shell.jobs, added];
  return added;
}

export function removeJob(shell: Shell, job: Job): void {
  shell.jobs = shell.jobs.filter((each) => each !== job);
}

function record(shell: Shell, status: WaitStatus): void {
  for (const job of shell.jobs) {
    const process = job.processes.find((each) => each.pid === status.pid);
    if (!process) continue;
    process.ended = status;
    job.notified = false;
  }
}

/** Takes every change of state that waits to be taken. */
export async function collectChanges(shell: Shell): Promise<void> {
  try {
    for (;;) {
      const status = await shell.system.process.wait({ noHang: true });
      if (!status) return;
      record(shell, status);
    }
  } catch (error) {
    if (!isSystemError(error, 'ECHILD', 'EINTR')) throw error;
  }
}

/** Tells of background jobs that ended or stopped, before a prompt, and forgets those that are done. */
export async function notifyJobs(shell: Shell): Promise<void> {
  await collectChanges(shell);
  const changed = shell.jobs.filter((job) => !job.notified && jobState(job) !== 'running');
  for (const job of changed) {
    const moved = job.directory === shell.directory ? '' : `(wd now: ${abbreviateHome(shell, shell.directory)})\n`;
    await shell.write(`${formatJob(shell, job)}\n${moved}`, shell.descriptors, 2);
    job.notified = true;
  }
  for (const job of changed) if (jobState(job) === 'done') removeJob(shell, job);
}

/** Whether a signal that was taken ends a wait: all but traps during a foreground job, whose own the keyboard's signals are. */
function stopsWaiting(shell: Shell, background: boolean): boolean {
  if (background) return shell.pendingSignals.length > 0;
  return shell.interrupted && (!shell.control || shell.pendingSignals.includes('SIGHUP'));
}

/** Waits for one process. A handled signal that asks the shell to stop waiting gives `undefined`. */
export async function waitForProcess(shell: Shell, pid: number, background = false): Promise<WaitStatus | undefined> {
  for (;;) {
    try {
      return await shell.system.process.wait({ pid });
    } catch (error) {
      if (isSystemError(error, 'ECHILD')) return { type: 'exited', pid, status: 127 };
      if (!isSystemError(error, 'EINTR')) throw error;
    }
    await shell.takeSignals();
    if (stopsWaiting(shell, background)) return undefined;
  }
}

/** Waits until a job is done or stopped. */
export async function waitForJob(shell: Shell, job: Job): Promise<void> {
  for (const process of job.processes) {
    if (process.ended && process.ended.type !== 'stopped') continue;
    const status = await waitForProcess(shell, process.pid, job.background);
    if (!status) return;
    process.ended = status;
    if (job.background) job.notified = false;
  }
}

/** bash as Debian builds it says nothing of these in scripts. */
const unreported: ReadonlySet<SignalName> = new Set(['SIGINT', 'SIGTERM', 'SIGPIPE']);

/** What a shell without a person prints of a job that a signal ended: its processes; nothing in a command substitution. */
function scriptNotice(shell: Shell, job: Job): string {
  const ended = job.processes.at(-1)?.ended;
  if (ended?.type !== 'signaled' || shell.interactive || shell.inSubstitution) return '';
  return unreported.has(ended.signal) || shell.traps.has(ended.signal)
    ? ''
    : `${shell.messagePrefix}${processLines(job).join('\n')}\n`;
}

/** What the shell prints of a foreground job that a signal ended; nothing for those the user sent or that are usual. */
export function deathNotice(shell: Shell, job: Job): string {
  const ended = job.processes.at(-1)?.ended;
  if (ended?.type !== 'signaled' || ended.signal === 'SIGPIPE' || shell.inSubstitution) return '';
  if (ended.signal === 'SIGINT') return shell.interactive ? '\n' : '';
  return scriptNotice(shell, job) || `${signalText(ended.signal)}\n`;
}

/** Tells once of background jobs that signals ended, where there is no prompt before which to tell. */
export async function notifyDeaths(shell: Shell): Promise<void> {
  if (shell.isTyped || shell.jobs.length === 0) return;
  await collectChanges(shell);
  for (const job of shell.jobs) {
    if (job.notified || jobState(job) !== 'done') continue;
    job.notified = true;
    await shell.write(scriptNotice(shell, job), shell.descriptors, 2);
  }
}
