/** A job: the processes of a pipeline that the shell started together. */
import type { WaitStatus } from '@seashell/system';

export interface JobProcess {
  /** Its command, as the list of jobs shows it. */
  readonly text: string;
  /** 0 of what could not be started, which has ended from the beginning. */
  readonly pid: number;
  /** `undefined` while it runs. */
  ended: WaitStatus | undefined;
}

export interface Job {
  readonly number: number;
  /** The process group, with job control. */
  readonly group: number | undefined;
  readonly processes: readonly JobProcess[];
  /** The shell's directory when it began. */
  readonly directory: string;
  background: boolean;
  /** Whether the user has been told of its present state. */
  notified: boolean;
}
