/** Who asks the file system: what path resolution and permission checks depend on. */
import type { Credentials } from '@seashell/system';

export interface Caller {
  readonly credentials: Credentials;
  /** Absolute; where relative paths start. */
  readonly workingDirectory: string;
  /** The bits that new files do not get; umask(2). */
  readonly fileCreationMask: number;
  /** The asking process, for /proc/self; 0 is the kernel itself. */
  readonly pid: number;
}

/** The kernel and whoever builds a world: root at `/`, with no mask. */
export const kernelCaller: Caller = {
  credentials: { uid: 0, gid: 0, groups: [] },
  workingDirectory: '/',
  fileCreationMask: 0,
  pid: 0,
};
