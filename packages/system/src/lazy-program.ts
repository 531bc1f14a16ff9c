/** Programs whose code comes when they are first run, so that a machine can start before it. */
import type { Program } from './system.ts';

declare class TextEncoder {
  encode(text: string): Uint8Array;
}

/** As a shell says of a command that is there and cannot be run. */
const notRunnable = 126;

/**
 * A program whose code `load` brings, mostly by `import()`, each time it runs; where it does not come, as without a network, the
 * process says so on stderr and ends with 126. The next start asks again; browsers that keep a failed module need a new page.
 */
export function lazyProgram(load: () => Promise<Program>): Program {
  return async (system, argv) => {
    let program: Program;
    try {
      program = await load();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const words = `${argv[0] ?? ''}: the code of this program did not come: try again, or load the page anew (${reason})\n`;
      await system.streams.write(2, new TextEncoder().encode(words));
      return notRunnable;
    }
    return program(system, argv);
  };
}
