/** The programs that every ordinary world has: OpenSSH's, the shells and the commands. */
import { createPrograms, type FindSecurityKeyDevice, type ProgramOptions } from '@seashell/programs';
import { commands } from '../commands/index.ts';
import type { ProgramRegistry } from '../kernel/program-registry.ts';
import { createShells, type AtPrompt } from '../shell/index.ts';

/** What the programs are made with, beside OpenSSH's own. */
export interface StandardProgramOptions extends ProgramOptions {
  /** Hears of each prompt of a shell, with the status of the command before it. */
  readonly atPrompt?: AtPrompt;
}

/** Where its code does not come, no device is found. */
const findSecurityKeyDevice: FindSecurityKeyDevice = async (system, path) => {
  const found = await import('./find-authenticator.ts').catch(() => undefined);
  return found?.findVirtualAuthenticator(system, path);
};

/** As `standardPrograms`, with OpenSSH's programs made of these primitives, with their connections traced, or with an ear to the prompts. */
export function createStandardPrograms({ atPrompt, ...options }: StandardProgramOptions = {}): ProgramRegistry {
  const openSsh = createPrograms({ findSecurityKeyDevice, ...options }).flatMap(({ name, paths, program }) => {
    return paths.map((path) => ({ name, path, program }));
  });
  return [...createShells(atPrompt), ...commands, ...openSsh];
}

/** The programs that worlds have unless they are given others. */
export const standardPrograms: ProgramRegistry = createStandardPrograms();
