/** The `seashell` command: subcommands, and the one place that turns an error into a message. */
import process from 'node:process';
import { CommandLineError } from './command-line-error.ts';
import { usage } from './usage.ts';

type Subcommand = (words: readonly string[]) => Promise<number>;

/** Each loads its own code: ssh does not wait for the simulator. */
const subcommands: Readonly<Record<string, Subcommand>> = {
  play: async (words) => (await import('./play/play.ts')).play(words),
  serve: async (words) => (await import('./serve.ts')).serve(words),
  ssh: async (words) => (await import('./real-program.ts')).runRealProgram({ name: 'ssh', detaches: true }, words),
  'ssh-keygen': async (words) =>
    (await import('./real-program.ts')).runRealProgram({ name: 'ssh-keygen', detaches: false }, words),
  'ssh-copy-id': async (words) =>
    (await import('./real-program.ts')).runRealProgram({ name: 'ssh-copy-id', detaches: false }, words),
};

const isUsageError = (error: unknown): error is Error =>
  error instanceof CommandLineError ||
  (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'));

async function run(argv: readonly string[]): Promise<number> {
  const [name = '--help', ...words] = argv;
  if (name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(usage.seashell);
    return argv.length === 0 ? 2 : 0;
  }
  const subcommand = Object.hasOwn(subcommands, name) ? subcommands[name] : undefined;
  if (subcommand === undefined) throw new CommandLineError(`no command '${name}'; see seashell --help`);
  return await subcommand(words);
}

/** Sets the exit status; what was written still goes out. */
export async function main(argv: readonly string[]): Promise<void> {
  try {
    process.exitCode = await run(argv);
  } catch (error) {
    if (!isUsageError(error)) throw error;
    process.stderr.write(`seashell: ${error.message}\n`);
    process.exitCode = 2;
  }
  await flushed(process.stdout);
  process.exit();
}

/** Waits until the reader of our output has taken it: a pipe's reader may be slow. */
async function flushed(stream: NodeJS.WriteStream): Promise<void> {
  await new Promise<void>((resolve) => {
    if (stream.destroyed) resolve();
    else stream.write('', () => resolve());
  });
}
