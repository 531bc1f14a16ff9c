/** Programs whose code comes when they are first run, so that a machine can start before it. */
import type { LogEntry } from './process.ts';
import type { Program, System } from './system.ts';

declare class TextEncoder {
  encode(text: string): Uint8Array;
}

/** As a shell says of a command that is there and cannot be run. */
const notRunnable = 126;
const advice = 'did not come: try again, or load the page anew';

/** That the code of something did not come, as without a network, and why. */
export function missingCodeWords(what: string, error: unknown): string {
  return `the code of ${what} ${advice} (${error instanceof Error ? error.message : String(error)})`;
}

/** Whether a daemon, or who starts it, says in the log that code did not come. */
export const tellsMissingCode = ({ facility, severity, message }: LogEntry): boolean =>
  facility === 'daemon' && severity === 'error' && message.startsWith('the code of ') && message.includes(advice);

/**
 * A program whose code `load` brings, mostly by `import()`, each time it runs; where it does not come, as without a network, the
 * process says so on stderr and ends with 126. The next start asks again; browsers that keep a failed module need a new page.
 */
export function lazyProgram(load: () => Promise<Program>): Program {
  return (system, argv) => run(system, argv, { load, tell: tellOnStderr });
}

/**
 * As `lazyProgram`, for a program that nobody sees: it says in the log too that its code did not come. `loadNext` brings, at once and not
 * one after the other, the code of what it is going to start.
 */
export function lazyDaemon(load: () => Promise<Program>, loadNext?: () => Promise<unknown>): Program {
  const loadBoth = async (): Promise<Program> => (await Promise.all([load(), loadNext?.()]))[0];
  return (system, argv) => run(system, argv, { load: loadBoth, tell: tellInLog });
}

type Tell = (system: System, name: string, words: string) => Promise<unknown>;

const tellOnStderr: Tell = (system, name, words) =>
  system.streams.write(2, new TextEncoder().encode(`${name}: ${words}\n`));

const tellInLog: Tell = async (system, name, words) => {
  const identity = name.slice(name.lastIndexOf('/') + 1);
  await system.process.log({ facility: 'daemon', severity: 'error', identity, message: words });
  await tellOnStderr(system, name, words);
};

async function run(
  system: System,
  argv: readonly string[],
  { load, tell }: { readonly load: () => Promise<Program>; readonly tell: Tell },
): Promise<number> {
  let program: Program;
  try {
    program = await load();
  } catch (error) {
    await tell(system, argv[0] ?? '', missingCodeWords('this program', error));
    return notRunnable;
  }
  return program(system, argv);
}
