/** What is tested by the contract of System: a world in which small programs can be run. */
import type { Program, System } from '../system.ts';

/** A System that the contract suite tests. */
export interface ContractSubject {
  /** As the suite is called: `virtual kernel`. */
  readonly name: string;
  /**
   * Runs a program to its end as a process of its own, or of this machine, and gives the exit status. The world has a POSIX shell as
   * /bin/sh, with cat, sleep, kill, true and false.
   */
  run(program: Program): Promise<number | undefined>;
  /** An absolute path where the process may make files; it exists. */
  readonly directory: string;
  readonly capabilities: ContractCapabilities;
}

/** What a world cannot do is left out of its suite, and counted as skipped. */
export interface ContractCapabilities {
  /** `openPseudoTerminal`. */
  readonly pseudoTerminal: boolean;
  /** `exec`. */
  readonly exec: boolean;
}

/** What a test does inside the process. `scratch` is an empty directory of its own. */
export type Body = (system: System, scratch: string) => Promise<void>;

let scratches = 0;

/** A test that runs `body` as a program, and fails with what it threw, or when it did not come to its end. */
export function inside(subject: ContractSubject, body: Body): () => Promise<void> {
  return async () => {
    scratches += 1;
    const scratch = `${subject.directory}/contract-${scratches}`;
    let outcome: { readonly error?: unknown } | undefined;
    await subject.run(async (system) => {
      try {
        await system.files.makeDirectory(scratch, 0o755);
        await body(system, scratch);
        outcome = {};
      } catch (error) {
        outcome = { error };
      }
      return 0;
    });
    if (outcome === undefined) throw new Error('the program did not come to its end');
    if ('error' in outcome) throw outcome.error;
  };
}
