/** The shell as a world installs it: bash, and sh, which is the same program called by another name. */
import type { Executable } from '../commands/command.ts';
import { bash } from './bash.ts';

export { bash } from './bash.ts';

/** `bash` and `sh` with their paths. */
export const shells: readonly Executable[] = [
  { name: 'bash', path: '/usr/bin/bash', program: bash },
  { name: 'sh', path: '/usr/bin/sh', program: bash },
];
