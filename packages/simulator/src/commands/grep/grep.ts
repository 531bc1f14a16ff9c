/** grep(1) with basic and extended expressions and fixed strings, after GNU grep 3.8. */
import { isExpressionError } from '../../regular-expressions/regular-expression.ts';
import type { CommandContext, CommandDefinition } from '../command.ts';
import { toBytes } from '../byte-text.ts';
import { writeAll } from '../streams.ts';
import { createSearch, type Search } from './search.ts';
import { compilePatterns, isMistake, readPatterns, readSettings, type Mistake } from './settings.ts';
import { searchOperand } from './walk.ts';

const usageHint = (): string => "Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n";

const directoryActions = ['read', 'recurse', 'skip'];

/** The search that the arguments ask for, and the files; `undefined` without patterns. */
async function prepare(
  context: CommandContext,
): Promise<{ readonly search: Search; readonly files: readonly string[] } | Mistake | undefined> {
  const wanted = await readPatterns(context);
  if (!wanted) return undefined;
  const settings = await readSettings(context, wanted.files.length);
  if (isMistake(settings)) return settings;
  const expression = compilePatterns(context, wanted.texts);
  if (isMistake(expression)) return expression;
  for (const warning of expression.warnings) await context.complain(`warning: ${warning}`);
  return { search: createSearch(context, expression, settings), files: wanted.files };
}

async function searchAll(search: Search, files: readonly string[]): Promise<number> {
  const { settings } = search;
  const bare = files.length === 0 && settings.recursive;
  for (const path of bare ? ['.'] : files.length === 0 ? ['-'] : files) {
    await searchOperand(search, path, bare);
    if (search.matched && settings.report === 'nothing') return 0;
  }
  if (search.failed) return 2;
  return search.matched ? 0 : 1;
}

async function badAction(context: CommandContext, action: string): Promise<number> {
  const valid = directoryActions.map((each) => `  - '${each}'\n`).join('');
  await context.complain(`invalid argument '${action}' for '--directories'\nValid arguments are:`);
  await writeAll(context.system, 2, toBytes(valid + usageHint()));
  return 1;
}

export const grep: CommandDefinition = {
  name: 'grep',
  usage: ['[OPTION]... PATTERNS [FILE]...'],
  summary: 'Search for PATTERNS in each FILE.',
  package: 'GNU grep 3.8',
  usageStatus: 2,
  usageHint,
  options: [
    { short: 'E', long: 'extended-regexp', help: 'PATTERNS are extended regular expressions' },
    { short: 'F', long: 'fixed-strings', help: 'PATTERNS are strings' },
    { short: 'G', long: 'basic-regexp', help: 'PATTERNS are basic regular expressions' },
    { short: 'P', long: 'perl-regexp', help: 'PATTERNS are Perl regular expressions' },
    { short: 'e', long: 'regexp', argument: 'required', help: 'use PATTERNS for matching' },
    { short: 'f', long: 'file', argument: 'required', help: 'take PATTERNS from FILE' },
    { short: 'i', long: 'ignore-case', help: 'ignore case distinctions in patterns and data' },
    { short: 'y' },
    { short: 'w', long: 'word-regexp', help: 'match only whole words' },
    { short: 'x', long: 'line-regexp', help: 'match only whole lines' },
    { short: 's', long: 'no-messages', help: 'suppress error messages' },
    { short: 'v', long: 'invert-match', help: 'select non-matching lines' },
    { short: 'm', long: 'max-count', argument: 'required', help: 'stop after NUM selected lines' },
    { short: 'n', long: 'line-number', help: 'print line number with output lines' },
    { short: 'H', long: 'with-filename', help: 'print file name with output lines' },
    { short: 'h', long: 'no-filename', help: 'suppress the file name prefix on output' },
    { short: 'o', long: 'only-matching', help: 'show only nonempty parts of lines that match' },
    { short: 'q', long: 'quiet', help: 'suppress all normal output' },
    { long: 'silent' },
    { short: 'a', long: 'text', help: 'treat binary files as text' },
    { short: 'r', long: 'recursive', help: 'search directories recursively' },
    { short: 'R', long: 'dereference-recursive', help: 'likewise, but follow all symlinks' },
    { short: 'L', long: 'files-without-match', help: 'print only names of FILEs with no selected lines' },
    { short: 'l', long: 'files-with-matches', help: 'print only names of FILEs with selected lines' },
    { short: 'c', long: 'count', help: 'print only a count of selected lines per FILE' },
    { short: 'B', long: 'before-context', argument: 'required', help: 'print NUM lines of leading context' },
    { short: 'A', long: 'after-context', argument: 'required', help: 'print NUM lines of trailing context' },
    { short: 'C', long: 'context', argument: 'required', help: 'print NUM lines of output context' },
    { short: 'z', long: 'null-data', help: 'a data line ends in 0 byte, not newline' },
    { short: 'b', long: 'byte-offset', help: 'print the byte offset with output lines' },
    { long: 'line-buffered', help: 'flush output on every line' },
    { long: 'label', argument: 'required', help: 'use LABEL as the standard input file name prefix' },
    {
      long: 'binary-files',
      argument: 'required',
      help: "assume that binary files are 'binary', 'text' or 'without-match'",
    },
    { short: 'I', help: 'equivalent to --binary-files=without-match' },
    { short: 'U', long: 'binary', help: '(ignored)' },
    {
      short: 'd',
      long: 'directories',
      argument: 'required',
      help: "how to handle directories: 'read', 'recurse', or 'skip'",
    },
    { long: 'include', argument: 'required', help: 'search only files that match GLOB' },
    { long: 'exclude', argument: 'required', help: 'skip files that match GLOB' },
    { long: 'exclude-dir', argument: 'required', help: 'skip directories that match GLOB' },
    { short: 'Z', long: 'null', help: 'print 0 byte after FILE name' },
    { long: 'no-ignore-case', help: 'do not ignore case distinctions (default)' },
    { long: 'group-separator', argument: 'required', help: 'print SEP on line between matches with context' },
    { long: 'no-group-separator', help: 'do not print separator for matches with context' },
    ...Array.from('0123456789', (short) => ({ short })),
    { long: 'color', argument: 'optional', help: 'use markers to highlight the matching strings' },
    { long: 'colour', argument: 'optional' },
  ],
  async run(context) {
    const action = context.options.value('directories');
    if (action !== undefined && !directoryActions.includes(action)) return badAction(context, action);
    try {
      const prepared = await prepare(context);
      if (!prepared) {
        await writeAll(context.system, 2, toBytes(usageHint()));
        return 2;
      }
      if (!isMistake(prepared)) return await searchAll(prepared.search, prepared.files);
      await context.complain(prepared.mistake);
    } catch (error) {
      if (!isExpressionError(error)) throw error;
      await context.output.flush();
      await context.complain(error.message);
    }
    return 2;
  },
};
