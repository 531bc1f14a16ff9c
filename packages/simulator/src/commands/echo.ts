/** echo(1) of coreutils, with -n, -e and -E; options are only those letters, and nothing is an error. */
import { expandEchoEscapes } from './escapes.ts';
import type { CommandDefinition } from './command.ts';

/** What echo prints for its arguments. */
export function formatEcho(args: readonly string[]): string {
  let index = 0;
  let newline = true;
  let escapes = false;
  for (; /^-[neE]+$/.test(args[index] ?? ''); index++) {
    for (const letter of (args[index] ?? '').slice(1)) {
      if (letter === 'n') newline = false;
      else escapes = letter === 'e';
    }
  }
  const text = args.slice(index).join(' ');
  if (!escapes) return newline ? `${text}\n` : text;
  const expanded = expandEchoEscapes(text);
  return newline && !expanded.stop ? `${expanded.text}\n` : expanded.text;
}

export const echo: CommandDefinition = {
  name: 'echo',
  usage: ['[-neE] [STRING]...'],
  summary: 'Print the STRINGs to standard output.',
  options: [],
  rawArguments: true,
  async run(context) {
    await context.output.write(formatEcho(context.operands));
    return 0;
  },
};
