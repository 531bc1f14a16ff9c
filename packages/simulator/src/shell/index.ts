/** The shell as a world installs it: bash, and sh, which is the same program called by another name. */
import type { Executable } from '../commands/command.ts';
import { createBash } from './bash.ts';
import type { AtPrompt } from './shell.ts';

export type { AtPrompt } from './shell.ts';

/** `bash` and `sh` with their paths; `atPrompt` hears of each prompt. */
export function createShells(atPrompt?: AtPrompt): readonly Executable[] {
  const program = createBash(atPrompt);
  return [
    { name: 'bash', path: '/usr/bin/bash', program },
    { name: 'sh', path: '/usr/bin/sh', program },
  ];
}
