/** Running a job in the foreground: its group owns the terminal until it is done or stopped. */
import type { Job } from '../job.ts';
import type { Shell } from '../shell.ts';
import { addJob, deathNotice, formatJob, jobState, jobStatus, removeJob, waitForJob } from './jobs.ts';
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
  const ended = job.processes.at(-1)?.ended;
  if (shell.control && ended?.type === 'signaled' && ended.signal === 'SIGINT') shell.giveUp();
  return jobStatus(shell, job);
}

/** Starts processes as one foreground job and waits for it. */
export async function runStages(
  shell: Shell,
  text: string,
  start: (group: GroupPlace) => Promise<readonly Launched[]>,
): Promise<number> {
  const launched = await start(shell.control ? { processGroup: 0 } : {});
  const pids = launched.flatMap((each) => ('pid' in each ? [each.pid] : []));
  const last = launched.at(-1);
  const job: Job = {
    number: 0,
    group: shell.control ? pids[0] : undefined,
    processes: pids.map((pid) => ({ pid, ended: undefined })),
    text,
    lastStatus: last && 'status' in last ? last.status : undefined,
    background: false,
    notified: true,
  };
  return pids.length === 0 ? (job.lastStatus ?? 0) : superviseForeground(shell, job);
}

/** One process in the foreground. */
export async function runForeground(
  shell: Shell,
  text: string,
  start: (group: GroupPlace) => Promise<Launched>,
): Promise<number> {
  return runStages(shell, text, async (group) => [await start(group)]);
}
