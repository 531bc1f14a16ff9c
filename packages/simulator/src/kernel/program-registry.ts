/** The programs that the executables of a world run: commands, shell, ssh, sshd, ssh-keygen. The world knows none of them by name. */
import type { Program } from '@seashell/system';

/** A program, and how it is installed on a host. */
export interface RegisteredProgram {
  /** The name that an executable file holds; unique in the registry. */
  readonly name: string;
  /** Where hosts have it, absolute and below real directories: `/usr/bin/ls`. */
  readonly path: string;
  /** 0o755 if left out; with 0o4000 it runs as its owner, root. */
  readonly mode?: number;
  /** May load its own code with `import()` when it is first run. */
  readonly program: Program;
}

/** All programs that hosts can have. */
export type ProgramRegistry = readonly RegisteredProgram[];
