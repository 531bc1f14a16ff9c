/** Jobs: the processes of a pipeline, their states, and what the shell says about them (bash(1), JOB CONTROL). */
import { isSystemError, signalNumbers, type SignalName, type WaitStatus } from '@seashell/system';
import type { Job } from '../job.ts';
import type { Shell } from '../shell.ts';

export type JobState = 'running' | 'stopped' | 'done';

/** strsignal(3). */
export const signalTexts: Readonly<Record<SignalName, string>> = {
  SIGHUP: 'Hangup',
  SIGINT: 'Interrupt',
  SIGQUIT: 'Quit',
  SIGKILL: 'Killed',
  SIGUSR1: 'User defined signal 1',
  SIGUSR2: 'User defined signal 2',
  SIGPIPE: 'Broken pipe',
  SIGALRM: 'Alarm clock',
  SIGTERM: 'Terminated',
  SIGCHLD: 'Child exited',
  SIGCONT: 'Continued',
  SIGSTOP: 'Stopped (signal)',
  SIGTSTP: 'Stopped',
  SIGTTIN: 'Stopped (tty input)',
  SIGTTOU: 'Stopped (tty output)',
  SIGWINCH: 'Window changed',
};

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
  if (name.startsWith('?')) return shell.jobs.find((job) => job.text.includes(name.slice(1)));
  return shell.jobs.find((job) => job.text.startsWith(name));
}

function stateText(job: Job): string {
  const state = jobState(job);
  if (state === 'running') return 'Running';
  const ended =
    state === 'stopped'
      ? job.processes.find((each) => each.ended?.type === 'stopped')?.ended
      : job.processes.at(-1)?.ended;
  if (!ended) return 'Done';
  if (ended.type === 'exited') return ended.status === 0 ? 'Done' : `Exit ${ended.status}`;
  return signalTexts[ended.signal];
}

/** A line of `jobs`. */
export function formatJob(shell: Shell, job: Job, withPid = false): string {
  const [current, previous] = currentJobs(shell);
  const mark = job === current ? '+' : job === previous ? '-' : ' ';
  const pid = withPid ? `${job.group ?? job.processes[0]?.pid ?? ''} ` : '';
  const suffix = jobState(job) === 'running' && job.background ? ' &' : '';
  return `[${job.number}]${mark}  ${pid}${stateText(job).padEnd(24)}${job.text}${suffix}`;
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
    await shell.write(`${formatJob(shell, job)}\n`, shell.descriptors, 2);
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
  }
}

/** What the shell prints of a process that a signal ended; nothing for those the user sent or that are usual. */
export function deathNotice(shell: Shell, job: Job): string {
  const ended = job.processes.at(-1)?.ended;
  if (ended?.type !== 'signaled' || ended.signal === 'SIGPIPE') return '';
  if (ended.signal === 'SIGINT') return shell.interactive ? '\n' : '';
  if (shell.interactive) return `${signalTexts[ended.signal]}\n`;
  const pid = String(ended.pid).padStart(5);
  return `${shell.messagePrefix}${pid} ${signalTexts[ended.signal].padEnd(23)} ${job.text}\n`;
}
