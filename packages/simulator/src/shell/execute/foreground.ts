/** Running a job in the foreground: its group owns the terminal until it is done or stopped. */
import type { Job } from '../job.ts';
import type { Shell } from '../shell.ts';
import {
  addJob,
  deathNotice,
  formatJob,
  jobState,
  jobStatus,
  notifyDeaths,
  processOf,
  removeJob,
  statusNumber,
  waitForJob,
} from './jobs.ts';
import type { Launched } from './launch.ts';
import { signalNumbers } from '@seashell/system';

export interface GroupPlace {
  readonly processGroup?: number;
}

/** Takes the terminal back, with the settings the shell had if the job left by a signal. */
async function reclaimTerminal({ control, system, hungUp }: Shell, job: Job): Promise<void> {
  if (!control) return;
  await system.terminal.setForeground(control.descriptor, control.processGroup);
  const leftBySignal = job.processes.some(({ ended }) => ended !== undefined && ended.type !== 'exited');
  if (!leftBySignal || hungUp || control.attributes === undefined) return;
  await system.terminal.setAttributes(control.descriptor, control.attributes, 'drain');
}

/** Waits for `job`, which runs in the foreground, and says what there is to say. Gives its status. */
export async function superviseForeground(shell: Shell, job: Job): Promise<number> {
  await waitForJob(shell, job);
  await reclaimTerminal(shell, job);
  if (jobState(job) === 'stopped') {
    const listed = shell.jobs.includes(job) ? job : addJob(shell, job);
    listed.background = true;
    listed.notified = true;
    await shell.write(`\n${formatJob(shell, listed)}\n`, shell.descriptors, 2);
    const ended = job.processes.find((process) => process.ended?.type === 'stopped')?.ended;
    return ended?.type === 'stopped' ? 128 + signalNumbers[ended.signal] : 1;
  }
  removeJob(shell, job);
  await shell.write(deathNotice(shell, job), shell.descriptors, 2);
  await notifyDeaths(shell);
  const ended = job.processes.at(-1)?.ended;
  if (shell.control && ended?.type === 'signaled' && ended.signal === 'SIGINT') shell.giveUp();
  return jobStatus(shell, job);
}

/** Starts processes as one foreground job and waits for it. */
export async function runStages(
  shell: Shell,
  texts: readonly string[],
  start: (group: GroupPlace) => Promise<readonly Launched[]>,
): Promise<number> {
  const launched = await start(shell.control ? { processGroup: 0 } : {});
  const processes = launched.map((each, index) => processOf(each, texts[index] ?? ''));
  const job: Job = {
    number: 0,
    group: shell.control ? processes.find(({ pid }) => pid !== 0)?.pid : undefined,
    processes,
    directory: shell.directory,
    background: false,
    notified: true,
  };
  const status = await (processes.every(({ pid }) => pid === 0)
    ? jobStatus(shell, job)
    : superviseForeground(shell, job));
  if (processes.length > 1)
    shell.variables.setPipeStatus(processes.map(({ ended }) => (ended ? statusNumber(ended) : 0)));
  return status;
}

/** One process in the foreground. */
export async function runForeground(
  shell: Shell,
  text: string,
  start: (group: GroupPlace) => Promise<Launched>,
): Promise<number> {
  return runStages(shell, [text], async (group) => [await start(group)]);
}
