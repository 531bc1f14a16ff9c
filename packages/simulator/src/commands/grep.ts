/** grep(1), with egrep's and fgrep's patterns by -E and -F. */
import { isSystemError } from '@seashell/system';
import type { CommandContext, CommandDefinition } from './command.ts';
import { joinPath, statusIfAny } from './paths.ts';
import { translateExpression, type ExpressionKind } from './regular-expression.ts';
import { toBytes } from './byte-text.ts';
import { readLines, readTextFile, writeAll, type Line } from './streams.ts';

interface Search {
  readonly context: CommandContext;
  readonly expression: RegExp;
  readonly invert: boolean;
  readonly names: boolean;
  readonly colour: boolean;
  readonly before: number;
  readonly after: number;
  readonly limit: number;
  matched: boolean;
  failed: boolean;
}

interface FileSearch {
  readonly search: Search;
  readonly name: string;
  count: number;
  number: number;
  afterLeft: number;
  lastPrinted: number;
  readonly held: Line[];
  binary: boolean;
}

const wrap = (search: Search, code: string, text: string): string =>
  search.colour ? `\u001B[${code}m\u001B[K${text}\u001B[m\u001B[K` : text;

function prefix(file: FileSearch, separator: ':' | '-'): string {
  const { search } = file;
  const mark = wrap(search, '36', separator);
  const name = search.names ? `${wrap(search, '35', file.name)}${mark}` : '';
  return name + (search.context.options.has('line-number') ? `${wrap(search, '32', String(file.number))}${mark}` : '');
}

function highlight(search: Search, text: string): string {
  if (!search.colour || search.invert) return text;
  return text.replace(search.expression, (match) => (match === '' ? '' : wrap(search, '01;31', match)));
}

async function printMatch(file: FileSearch, line: Line): Promise<void> {
  const { search } = file;
  const { output, options } = search.context;
  if (!options.has('only-matching')) {
    await output.write(`${prefix(file, ':')}${highlight(search, line.text)}\n`);
    return;
  }
  if (search.invert) return;
  search.expression.lastIndex = 0;
  for (const match of line.text.matchAll(search.expression)) {
    if (match[0] !== '') await output.write(`${prefix(file, ':')}${wrap(search, '01;31', match[0])}\n`);
  }
}

async function printContext(file: FileSearch): Promise<void> {
  const { search, held } = file;
  const { output } = search.context;
  const first = file.number - held.length;
  if ((search.before > 0 || search.after > 0) && file.lastPrinted > 0 && first > file.lastPrinted + 1)
    await output.write(`${wrap(search, '36', '--')}\n`);
  const current = file.number;
  for (const [index, line] of held.entries()) {
    file.number = first + index;
    await output.write(`${prefix(file, '-')}${line.text}\n`);
  }
  file.number = current;
  held.length = 0;
}

/** Handles one line; false ends the file. */
async function searchLine(file: FileSearch, line: Line): Promise<boolean> {
  const { search } = file;
  const { options, output } = search.context;
  search.expression.lastIndex = 0;
  const matches = search.expression.test(line.text) !== search.invert;
  const silent = options.has('quiet', 'silent', 'count', 'files-with-matches', 'files-without-match');
  if (!matches) {
    if (file.afterLeft > 0 && !silent) {
      file.afterLeft--;
      file.lastPrinted = file.number;
      await output.write(`${prefix(file, '-')}${line.text}\n`);
    } else if (search.before > 0) {
      file.held.push(line);
      if (file.held.length > search.before) file.held.shift();
    }
    return true;
  }
  file.count++;
  if (options.has('quiet', 'silent', 'files-with-matches', 'files-without-match')) return false;
  if (!silent && file.binary) return false;
  if (!silent) {
    await printContext(file);
    await printMatch(file, line);
    file.lastPrinted = file.number;
    file.afterLeft = search.after;
  }
  return file.count < search.limit;
}

async function searchDescriptor(search: Search, descriptor: number, name: string): Promise<void> {
  const { options, output } = search.context;
  const file: FileSearch = { search, name, count: 0, number: 0, afterLeft: 0, lastPrinted: 0, held: [], binary: false };
  for await (const line of readLines(search.context.system, descriptor)) {
    file.number++;
    file.binary ||= line.text.includes('\0') && !options.has('text');
    if (!(await searchLine(file, line))) break;
  }
  if (file.count > 0 && file.binary && !options.has('quiet', 'silent', 'count', 'files-with-matches'))
    await output.write(`${search.context.name}: ${name}: binary file matches\n`);
  const listed = options.has('files-without-match')
    ? file.count === 0
    : options.has('files-with-matches') && file.count > 0;
  search.matched ||= options.has('files-without-match') ? listed : file.count > 0;
  if (options.has('quiet', 'silent')) return;
  if (listed) await output.write(`${wrap(search, '35', name)}\n`);
  else if (options.has('count') && !options.has('files-with-matches', 'files-without-match'))
    await output.write(`${search.names ? `${name}:` : ''}${file.count}\n`);
}

async function searchPath(search: Search, path: string, serious: boolean): Promise<void> {
  const { context } = search;
  const { system, options } = context;
  const status = await statusIfAny(system, path);
  if (status?.type === 'directory') {
    if (!options.has('recursive', 'dereference-recursive')) {
      await complain(search, `${path}: Is a directory`);
      return;
    }
    await searchDirectory(search, path);
    return;
  }
  try {
    const descriptor = await system.files.open(path, { access: 'read' });
    await searchDescriptor(search, descriptor, path);
    await system.streams.close(descriptor);
  } catch (error) {
    if (!isSystemError(error) || error.operation === 'write') throw error;
    if (serious || error.code !== 'ENOENT') await complain(search, `${path}: ${error.message}`);
    search.failed = true;
  }
}

async function complain(search: Search, message: string): Promise<void> {
  if (!search.context.options.has('no-messages')) {
    await search.context.output.flush();
    await search.context.complain(message);
  }
  search.failed = true;
}

async function searchDirectory(search: Search, directory: string): Promise<void> {
  const { system } = search.context;
  try {
    for (const name of await system.files.readDirectory(directory)) {
      const path = directory === '.' && search.context.operands.length < 1 ? name : joinPath(directory, name);
      const status = await statusIfAny(system, path, false);
      if (status?.type === 'symlink' && !search.context.options.has('dereference-recursive')) continue;
      if (status?.type === 'directory' || status?.type === 'file') await searchPath(search, path, false);
    }
  } catch (error) {
    if (!isSystemError(error) || error.operation === 'write') throw error;
    await complain(search, `${directory}: ${error.message}`);
  }
}

async function patterns(
  context: CommandContext,
): Promise<{ readonly texts: readonly string[]; readonly files: readonly string[] } | undefined> {
  const { options, operands } = context;
  const texts = [...options.values('regexp')];
  for (const path of options.values('file'))
    texts.push(...(await readTextFile(context.system, path)).replace(/\n$/, '').split('\n'));
  if (options.has('regexp', 'file')) return { texts: texts.flatMap((text) => text.split('\n')), files: operands };
  const [first, ...files] = operands;
  return first === undefined ? undefined : { texts: first.split('\n'), files };
}

function compile(context: CommandContext, texts: readonly string[]): RegExp | string {
  const { options } = context;
  const kinds: Readonly<Record<string, ExpressionKind>> = {
    'extended-regexp': 'extended',
    'fixed-strings': 'fixed',
    'perl-regexp': 'perl',
  };
  const kind = kinds[options.last('extended-regexp', 'fixed-strings', 'basic-regexp', 'perl-regexp') ?? ''] ?? 'basic';
  const sources: string[] = [];
  for (const text of texts) {
    const translated = translateExpression(text, kind);
    if ('error' in translated) return translated.error;
    const { source } = translated;
    sources.push(
      options.has('line-regexp')
        ? `^(?:${source})$`
        : options.has('word-regexp')
          ? `(?<!\\w)(?:${source})(?!\\w)`
          : source,
    );
  }
  try {
    return new RegExp(
      sources.map((source) => (sources.length > 1 ? `(?:${source})` : source)).join('|'),
      options.has('ignore-case', 'y') ? 'gi' : 'g',
    );
  } catch {
    return 'Invalid regular expression';
  }
}

async function isTerminal(context: CommandContext): Promise<boolean> {
  try {
    await context.system.terminal.getAttributes(1);
    return true;
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}

async function createSearch(context: CommandContext, expression: RegExp, files: readonly string[]): Promise<Search> {
  const { options } = context;
  const recursive = options.has('recursive', 'dereference-recursive');
  const colour = options.has('color', 'colour')
    ? (options.value('color') ?? options.value('colour') ?? 'auto')
    : 'never';
  const both = options.value('context');
  return {
    context,
    expression,
    invert: options.has('invert-match'),
    names:
      options.last('with-filename', 'no-filename') === undefined
        ? files.length > 1 || recursive
        : options.last('with-filename', 'no-filename') === 'with-filename',
    colour: colour === 'always' || (colour === 'auto' && (await isTerminal(context))),
    before: Number(options.value('before-context') ?? both ?? 0),
    after: Number(options.value('after-context') ?? both ?? 0),
    limit: Number(options.value('max-count') ?? Infinity),
    matched: false,
    failed: false,
  };
}

export const grep: CommandDefinition = {
  name: 'grep',
  usage: ['[OPTION]... PATTERNS [FILE]...'],
  summary: 'Search for PATTERNS in each FILE.',
  usageStatus: 2,
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
    { long: 'color', argument: 'optional', help: 'use markers to highlight the matching strings' },
    { long: 'colour', argument: 'optional' },
  ],
  async run(context) {
    const wanted = await patterns(context);
    if (!wanted) {
      await writeUsage(context);
      return 2;
    }
    const expression = compile(context, wanted.texts);
    if (typeof expression === 'string') {
      await context.complain(expression);
      return 2;
    }
    const search = await createSearch(context, expression, wanted.files);
    const recursive = context.options.has('recursive', 'dereference-recursive');
    for (const path of wanted.files.length > 0 ? wanted.files : recursive ? ['.'] : ['-']) {
      if (path === '-') await searchDescriptor(search, 0, '(standard input)');
      else await searchPath(search, path, true);
    }
    if (search.failed && !(search.matched && context.options.has('quiet', 'silent'))) return 2;
    return search.matched ? 0 : 1;
  },
};

async function writeUsage(context: CommandContext): Promise<void> {
  await writeAll(
    context.system,
    2,
    toBytes("Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n"),
  );
}
