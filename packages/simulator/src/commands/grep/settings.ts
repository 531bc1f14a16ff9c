/** What the options of grep ask for. */
import { isSystemError } from '@seashell/system';
import { compileExpressions, type RegularExpression } from '../../regular-expressions/regular-expression.ts';
import type { CommandContext } from '../command.ts';
import { readTextFile } from '../streams.ts';

/** A mistake in the options or patterns: grep's words; status 2. */
export interface Mistake {
  readonly mistake: string;
}

export const isMistake = (value: object): value is Mistake => 'mistake' in value;

export interface Settings {
  readonly invert: boolean;
  readonly colour: boolean;
  readonly names: boolean;
  readonly lineNumbers: boolean;
  readonly byteOffsets: boolean;
  readonly onlyMatching: boolean;
  readonly before: number;
  readonly after: number;
  /** The line between groups of matches with their context; `undefined` for none. */
  readonly separator: string | undefined;
  readonly limit: number;
  readonly binaryFiles: 'binary' | 'text' | 'without-match';
  /** Instead of lines: a count, names of files with or without matches, or nothing. */
  readonly report: 'lines' | 'count' | 'matching' | 'missing' | 'nothing';
  readonly recursive: boolean;
  readonly skipDirectories: boolean;
  readonly lineEnd: string;
  readonly nameEnd: string;
  readonly label: string;
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

/** A length of context: -A, -B, -C or -NUM. */
function contextLength(context: CommandContext, key: string): number | Mistake {
  const { options } = context;
  const digits = options.all
    .filter(({ key: each }) => /^\d$/.test(each))
    .map(({ key: each }) => each)
    .join('');
  const text = options.value(key) ?? options.value('context') ?? (digits === '' ? '0' : digits);
  return /^\d+$/.test(text) ? Number(text) : { mistake: `${text}: invalid context length argument` };
}

function limitOf({ options }: CommandContext): number | Mistake {
  const text = options.value('max-count');
  if (text === undefined) return Infinity;
  if (!/^-?\d+$/.test(text)) return { mistake: 'invalid max count' };
  return Number(text) < 0 ? Infinity : Number(text);
}

function binaryFilesOf({ options }: CommandContext): Settings['binaryFiles'] | Mistake {
  const last = options.last('text', 'I', 'binary-files');
  if (last === 'text') return 'text';
  if (last === 'I') return 'without-match';
  const value = options.value('binary-files') ?? 'binary';
  if (value === 'binary' || value === 'text' || value === 'without-match') return value;
  return { mistake: 'unknown binary-files type' };
}

function reportOf({ options }: CommandContext): Settings['report'] {
  if (options.has('quiet', 'silent')) return 'nothing';
  const listing = options.last('files-with-matches', 'files-without-match');
  if (listing !== undefined) return listing === 'files-with-matches' ? 'matching' : 'missing';
  return options.has('count') ? 'count' : 'lines';
}

async function isColoured(context: CommandContext): Promise<boolean> {
  const { options } = context;
  const key = options.last('color', 'colour');
  const when = key === undefined ? 'never' : (options.value(key) ?? 'auto');
  if (['always', 'yes', 'force'].includes(when)) return true;
  return ['auto', 'tty', 'if-tty'].includes(when) && (await isTerminal(context));
}

function showsNames({ options }: CommandContext, several: boolean): boolean {
  const asked = options.last('with-filename', 'no-filename');
  return asked === undefined ? several : asked === 'with-filename';
}

function separatorOf({ options }: CommandContext): string | undefined {
  const last = options.last('group-separator', 'no-group-separator');
  return last === 'no-group-separator' ? undefined : (options.value('group-separator') ?? '--');
}

/** The settings, for so many files. */
export async function readSettings(context: CommandContext, fileCount: number): Promise<Settings | Mistake> {
  const { options } = context;
  const [before, after] = [contextLength(context, 'before-context'), contextLength(context, 'after-context')];
  const [limit, binaryFiles] = [limitOf(context), binaryFilesOf(context)];
  if (typeof before === 'object') return before;
  if (typeof after === 'object') return after;
  if (typeof limit === 'object') return limit;
  if (typeof binaryFiles === 'object') return binaryFiles;
  const directories = options.last('recursive', 'dereference-recursive', 'directories');
  const action = directories === 'directories' ? options.value('directories') : directories;
  const recursive = action !== undefined && action !== 'read' && action !== 'skip';
  return {
    invert: options.has('invert-match'),
    colour: await isColoured(context),
    names: showsNames(context, fileCount > 1 || (recursive && !options.has('no-filename'))),
    lineNumbers: options.has('line-number'),
    byteOffsets: options.has('byte-offset'),
    onlyMatching: options.has('only-matching'),
    before,
    after,
    separator:
      options.has('before-context', 'after-context', 'context') || before + after > 0
        ? separatorOf(context)
        : undefined,
    limit,
    binaryFiles,
    report: reportOf(context),
    recursive,
    skipDirectories: action === 'skip',
    lineEnd: options.has('null-data') ? '\0' : '\n',
    nameEnd: options.has('null') ? '\0' : '',
    label: options.value('label') ?? '(standard input)',
  };
}

const matchers = ['extended-regexp', 'fixed-strings', 'basic-regexp', 'perl-regexp'] as const;

/** Patterns by -e, -f or as the first operand, and the files after them. */
export async function readPatterns(
  context: CommandContext,
): Promise<{ readonly texts: readonly string[]; readonly files: readonly string[] } | undefined> {
  const { options, operands } = context;
  const texts = options.values('regexp').flatMap((text) => text.split('\n'));
  for (const path of options.values('file')) {
    const text = await readTextFile(context.system, path);
    if (text !== '') texts.push(...text.replace(/\n$/, '').split('\n'));
  }
  if (options.has('regexp', 'file')) return { texts, files: operands };
  const [first, ...files] = operands;
  return first === undefined ? undefined : { texts: first.split('\n'), files };
}

/** The expression that the patterns make together; throws ExpressionError. */
export function compilePatterns(context: CommandContext, texts: readonly string[]): RegularExpression | Mistake {
  const { options } = context;
  const kinds = matchers.filter((kind) => options.has(kind));
  if (kinds.length > 1) return { mistake: 'conflicting matchers specified' };
  // GNU grep without PCRE says so; the language's own expressions have no bound on their time.
  if (kinds[0] === 'perl-regexp') return { mistake: 'Perl matching not supported in a --disable-perl-regexp build' };
  const syntax = kinds[0] === 'fixed-strings' ? 'fixed' : kinds[0] === 'extended-regexp' ? 'grepExtended' : 'grepBasic';
  return compileExpressions(texts, {
    syntax,
    ignoreCase:
      options.has('ignore-case', 'y') && options.last('ignore-case', 'y', 'no-ignore-case') !== 'no-ignore-case',
    groups: 0,
    whole: options.has('line-regexp') ? 'line' : options.has('word-regexp') ? 'words' : undefined,
  });
}
