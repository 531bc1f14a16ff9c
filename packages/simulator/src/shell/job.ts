/** A job: the processes of a pipeline that the shell started together. */
import type { WaitStatus } from '@seashell/system';

export interface JobProcess {
  readonly pid: number;
  /** `undefined` while it runs. */
  ended: WaitStatus | undefined;
}

export interface Job {
  readonly number: number;
  /** The process group, with job control. */
  readonly group: number | undefined;
  readonly processes: readonly JobProcess[];
  readonly text: string;
  /** The status that a last stage without a process gave. */
  readonly lastStatus: number | undefined;
  background: boolean;
  /** Whether the user has been told of its present state. */
  notified: boolean;
}
