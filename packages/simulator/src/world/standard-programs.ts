/** The programs that every ordinary world has: OpenSSH's, the shells and the commands. */
import { createPrograms, type ProgramOptions } from '@seashell/programs';
import { commands } from '../commands/index.ts';
import type { ProgramRegistry } from '../kernel/program-registry.ts';
import { shells } from '../shell/index.ts';
import { findVirtualAuthenticator } from './find-authenticator.ts';

/** As `standardPrograms`, with OpenSSH's programs made of these primitives, or with their connections traced. */
export function createStandardPrograms(options: ProgramOptions = {}): ProgramRegistry {
  const openSsh = createPrograms({ findSecurityKeyDevice: findVirtualAuthenticator, ...options }).flatMap(
    ({ name, paths, program }) => {
      return paths.map((path) => ({ name, path, program }));
    },
  );
  return [...shells, ...commands, ...openSsh];
}

/** The programs that worlds have unless they are given others. */
export const standardPrograms: ProgramRegistry = createStandardPrograms();
