/** The programs that every ordinary world has: OpenSSH's, the shells and the commands. */
import { createPrograms, type ProgramOptions } from '@seashell/programs';
import { commands } from '../commands/index.ts';
import type { ProgramRegistry } from '../kernel/program-registry.ts';
import { createShells, type AtPrompt } from '../shell/index.ts';
import { findVirtualAuthenticator } from './find-authenticator.ts';

/** What the programs are made with, beside OpenSSH's own. */
export interface StandardProgramOptions extends ProgramOptions {
  /** Hears of each prompt of a shell, with the status of the command before it. */
  readonly atPrompt?: AtPrompt;
}

/** As `standardPrograms`, with OpenSSH's programs made of these primitives, with their connections traced, or with an ear to the prompts. */
export function createStandardPrograms({ atPrompt, ...options }: StandardProgramOptions = {}): ProgramRegistry {
  const openSsh = createPrograms({ findSecurityKeyDevice: findVirtualAuthenticator, ...options }).flatMap(
    ({ name, paths, program }) => {
      return paths.map((path) => ({ name, path, program }));
    },
  );
  return [...createShells(atPrompt), ...commands, ...openSsh];
}

/** The programs that worlds have unless they are given others. */
export const standardPrograms: ProgramRegistry = createStandardPrograms();
