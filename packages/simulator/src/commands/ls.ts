/** ls(1): what is in directories, short in columns or long, with colours on a terminal. */
import { isSystemError, type FileStatus } from '@seashell/system';
import { AccountNames } from './accounts.ts';
import type { CommandContext, CommandDefinition } from './command.ts';
import { formatMode } from './file-mode.ts';
import { globExpression } from './glob-expression.ts';
import { quoteName } from './inputs.ts';
import { arrangeColumns, arrangeCommas, arrangeRows, colourName, displayWidth } from './ls-display.ts';
import { joinPath, statusIfAny } from './paths.ts';
import { compareVersions } from './text-order.ts';
import { formatListDate, formatSize } from './times.ts';

interface Entry {
  readonly name: string;
  readonly path: string;
  readonly status: FileStatus;
  /** Of a symbolic link: where it points, and what is there. */
  readonly target?: string;
  readonly targetStatus?: FileStatus;
}

interface Listing {
  readonly context: CommandContext;
  readonly accounts: AccountNames;
  readonly terminal: boolean;
  readonly columns: number;
  readonly colour: boolean;
  readonly long: boolean;
  exitStatus: number;
  printed: boolean;
}

async function complain(listing: Listing, message: string, status: number): Promise<void> {
  await listing.context.output.flush();
  await listing.context.complain(message);
  listing.exitStatus = Math.max(listing.exitStatus, status);
}

interface Place {
  readonly path: string;
  readonly name: string;
  /** Named on the command line: its absence is serious trouble. */
  readonly serious: boolean;
}

async function readEntry(listing: Listing, { path, name, serious }: Place): Promise<Entry | undefined> {
  const { system } = listing.context;
  try {
    const { options } = listing.context;
    if (options.has('dereference') || (serious && options.has('H'))) {
      const followed = await statusIfAny(system, path);
      if (followed) return { name, path, status: followed };
    }
    const status = await system.files.status(path, { follow: false });
    if (status.type !== 'symlink') return { name, path, status };
    const target = await system.files.readLink(path);
    const targetStatus = await statusIfAny(system, path);
    return { name, path, status, target, ...(targetStatus ? { targetStatus } : {}) };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    await complain(listing, `cannot access ${quoteName(path)}: ${error.message}`, serious ? 2 : 1);
    return undefined;
  }
}

function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The words of --sort, and the letters that mean the same. */
const sortWords: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({
    none: 'U',
    time: 't',
    size: 'S',
    extension: 'X',
    version: 'v',
    width: 'width',
  }),
);

function sortKey({ options }: CommandContext): string | undefined {
  const last = options.last('t', 'S', 'X', 'v', 'U', 'f', 'sort');
  if (last === 'f') return 'U';
  return last === 'sort' ? sortWords.get(options.value('sort') ?? '') : last;
}

function directoriesFirst(entries: readonly Entry[]): readonly Entry[] {
  const isDirectory = (entry: Entry) => (entry.targetStatus ?? entry.status).type === 'directory';
  return [...entries.filter(isDirectory), ...entries.filter((entry) => !isDirectory(entry))];
}

/** Kilobytes that an entry takes on the disk. */
function blocksOf({ status }: Entry): number {
  return status.type === 'file' || status.type === 'directory' ? Math.ceil(status.sizeBytes / 4096) * 4 : 0;
}

function shownBlocks({ context }: Listing, blocks: number): string {
  if (!context.options.has('human-readable')) return String(blocks);
  return blocks === 0 ? '0' : formatSize(blocks * 1024);
}

function sortEntries(listing: Listing, entries: readonly Entry[]): readonly Entry[] {
  const { options } = listing.context;
  const key = sortKey(listing.context);
  if (key === 'U') return entries;
  const extension = ({ name }: Entry) => /\.[^.]*$/.exec(name)?.[0] ?? '';
  const time = (entry: Entry) =>
    options.has('u')
      ? entry.status.accessedMilliseconds
      : options.has('c')
        ? entry.status.changedMilliseconds
        : entry.status.modifiedMilliseconds;
  const sorted = entries.toSorted((a, b) => {
    const bySize = key === 'S' ? b.status.sizeBytes - a.status.sizeBytes : 0;
    const byTime = key === 't' ? time(b) - time(a) : 0;
    const byVersion = key === 'v' ? compareVersions(a.name, b.name) : 0;
    const byWidth = key === 'width' ? displayWidth(a.name) - displayWidth(b.name) : 0;
    const byExtension = key === 'X' ? compareNames(extension(a), extension(b)) : 0;
    return bySize || byTime || byExtension || byVersion || byWidth || compareNames(a.name, b.name);
  });
  const ordered = options.has('reverse') ? sorted.toReversed() : sorted;
  return options.has('group-directories-first') ? directoriesFirst(ordered) : ordered;
}

function needsQuotes(name: string): boolean {
  return /[\s"$&'()*;<>?[\\^`{|}!#~]/.test(name) && !/^[~#]?[\w.+,:@%/-]*$/.test(name.replace(/^[#~](?=.)/, 'x'));
}

const controlNames: Readonly<Record<string, string>> = {
  '\n': 'n',
  '\t': 't',
  '\r': 'r',
  '\b': 'b',
  '\f': 'f',
  '\v': 'v',
};

/** Control characters as C writes them, and a backslash before each of `special`. */
function escapedName(name: string, special: RegExp): string {
  return name.replaceAll(special, String.raw`\$&`).replaceAll(/\p{Cc}/gu, (control) => {
    const octal = control.charCodeAt(0).toString(8).padStart(3, '0');
    return `\\${controlNames[control] ?? octal}`;
  });
}

function quotedForShell(name: string): string {
  if (!needsQuotes(name)) return name;
  return name.includes("'") && !/["$`\\]/.test(name) ? `"${name}"` : `'${name.replaceAll("'", "'\\''")}'`;
}

/** By -Q, -b, -q or -N; else quoted for the shell on a terminal. */
function quotedName(listing: Listing, name: string): string {
  switch (listing.context.options.last('quote-name', 'escape', 'hide-control-chars', 'literal')) {
    case 'quote-name':
      return `"${escapedName(name, /["\\]/g)}"`;
    case 'escape':
      return escapedName(name, /[ \\]/g);
    case 'hide-control-chars':
      return name.replaceAll(/\p{Cc}/gu, '?');
    case 'literal':
      return name;
    default:
      return listing.terminal ? quotedForShell(name) : name;
  }
}

/** A name as it is shown. */
function shownName(listing: Listing, entry: Entry, name = entry.name): string {
  const quoted = quotedName(listing, name);
  return listing.colour
    ? colourName(quoted, entry.status, entry.target === undefined || entry.targetStatus !== undefined)
    : quoted;
}

function suffix(listing: Listing, status: FileStatus): string {
  const { options } = listing.context;
  if (options.has('p') && status.type === 'directory') return '/';
  if (!options.has('classify')) return '';
  if (status.type === 'file') return (status.mode & 0o111) !== 0 ? '*' : '';
  return { directory: '/', symlink: '@', fifo: '|', socket: '=', characterDevice: '' }[status.type];
}

interface LongRow {
  readonly cells: readonly string[];
  readonly rest: string;
}

async function longRow(listing: Listing, entry: Entry): Promise<LongRow> {
  const { options, system } = listing.context;
  const { status } = entry;
  const owner = options.has('numeric-uid-gid') ? String(status.uid) : await listing.accounts.user(status.uid);
  const group = options.has('numeric-uid-gid') ? String(status.gid) : await listing.accounts.group(status.gid);
  const size = options.has('human-readable') ? formatSize(status.sizeBytes) : String(status.sizeBytes);
  const time = options.has('u')
    ? status.accessedMilliseconds
    : options.has('c')
      ? status.changedMilliseconds
      : status.modifiedMilliseconds;
  const date = formatListDate(
    time,
    system.clock.now(),
    options.value('time-style') ?? (options.has('full-time') ? 'full-iso' : 'locale'),
  );
  const pointed = entry.target === undefined ? '' : ` -> ${shownTarget(listing, entry, entry.target)}`;
  const cells = [
    formatMode(status),
    String(status.links),
    ...(options.has('g') ? [] : [owner]),
    ...(options.has('no-group', 'o') ? [] : [group]),
    size,
  ];
  const mark = entry.target === undefined ? suffix(listing, status) : '';
  return {
    cells: [
      ...(options.has('inode') ? [String(status.inode)] : []),
      ...(options.has('size') ? [shownBlocks(listing, blocksOf(entry))] : []),
      ...cells,
    ],
    rest: `${date} ${shownName(listing, entry)}${mark}${pointed}`,
  };
}

function shownTarget(listing: Listing, entry: Entry, target: string): string {
  if (!entry.targetStatus) return listing.colour ? colourName(target, entry.status, false) : target;
  const mark = suffix(listing, entry.targetStatus);
  return shownName(listing, { name: target, path: target, status: entry.targetStatus }) + mark;
}

async function printLong(listing: Listing, entries: readonly Entry[]): Promise<void> {
  const rows: LongRow[] = [];
  for (const entry of entries) rows.push(await longRow(listing, entry));
  const width = (column: number) => Math.max(0, ...rows.map((row) => row.cells[column]?.length ?? 0));
  const widths = (rows[0]?.cells ?? []).map((_, column) => width(column));
  for (const row of rows) {
    const last = row.cells.length - 1;
    const cells = row.cells.map((cell, column) =>
      column !== last && /^\D/.test(cell) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
    await listing.context.output.write(`${cells.join(' ')} ${row.rest}\n`);
  }
}

async function printEntries(listing: Listing, entries: readonly Entry[]): Promise<void> {
  const { options, output } = listing.context;
  if (entries.length === 0) return;
  listing.printed = true;
  if (listing.long) return printLong(listing, entries);
  const format = options.last('1', 'C', 'x', 'm') ?? (listing.terminal ? 'C' : '1');
  const inodes = numbersBefore(entries, options.has('inode') && (({ status }) => String(status.inode)), format);
  const sizes = numbersBefore(
    entries,
    options.has('size') && ((entry) => shownBlocks(listing, blocksOf(entry))),
    format,
  );
  const cells = entries.map(
    (entry, index) =>
      `${inodes[index] ?? ''}${sizes[index] ?? ''}${shownName(listing, entry)}${suffix(listing, entry.status)}`,
  );
  await output.write(layOut(cells, format, listing.columns));
}

/** A number before each name: as wide as the widest, but in a list with commas. */
function numbersBefore(
  entries: readonly Entry[],
  number: false | ((entry: Entry) => string),
  format: string,
): readonly string[] {
  if (!number) return [];
  const texts = entries.map(number);
  const width = format === 'm' ? 0 : Math.max(...texts.map((text) => text.length));
  return texts.map((text) => `${text.padStart(width)} `);
}

function layOut(cells: readonly string[], format: string, columns: number): string {
  const widths = cells.map((cell) => displayWidth(cell));
  if (format === 'm') return arrangeCommas(cells, widths, columns);
  if (format === '1') return cells.map((cell) => `${cell}\n`).join('');
  return format === 'x' ? arrangeRows(cells, widths, columns) : arrangeColumns(cells, widths, columns);
}

async function directoryEntries(listing: Listing, directory: string): Promise<readonly Entry[] | undefined> {
  const { options, system } = listing.context;
  let names: readonly string[];
  try {
    names = await system.files.readDirectory(directory);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    await complain(listing, `cannot open directory ${quoteName(directory)}: ${error.message}`, 2);
    return undefined;
  }
  const dots = options.last('all', 'almost-all', 'f');
  const ignored = options.values('ignore').map(globExpression);
  const shown = names.filter(
    (name) =>
      (dots !== undefined || !name.startsWith('.')) &&
      !(options.has('ignore-backups') && name.endsWith('~')) &&
      !ignored.some((expression) => expression.test(name)),
  );
  const entries: Entry[] = [];
  for (const name of dots === 'all' || dots === 'f' ? ['.', '..', ...shown] : shown) {
    const entry = await readEntry(listing, { path: joinPath(directory, name), name, serious: false });
    if (entry) entries.push(entry);
  }
  return entries;
}

async function listDirectory(listing: Listing, directory: string, header: boolean): Promise<void> {
  const entries = await directoryEntries(listing, directory);
  if (!entries) return;
  const { output, options } = listing.context;
  if (header) await output.write(`${listing.printed ? '\n' : ''}${directory}:\n`);
  listing.printed = true;
  if (listing.long || options.has('size')) {
    const blocks = entries.reduce((sum, entry) => sum + blocksOf(entry), 0);
    await output.write(`total ${shownBlocks(listing, blocks)}\n`);
  }
  const sorted = sortEntries(listing, entries);
  await printEntries(listing, sorted);
  if (!options.has('recursive')) return;
  for (const entry of sorted) {
    if (entry.status.type === 'directory' && entry.name !== '.' && entry.name !== '..')
      await listDirectory(listing, entry.path, true);
  }
}

async function outputTerminal(context: CommandContext): Promise<number | undefined> {
  try {
    return (await context.system.terminal.getWindowSize(1)).columns;
  } catch (error) {
    if (isSystemError(error)) return undefined;
    throw error;
  }
}

async function beginListing(context: CommandContext): Promise<Listing> {
  const { options } = context;
  const columns = await outputTerminal(context);
  const colour = options.has('color') ? (options.value('color') ?? 'always') : 'never';
  return {
    context,
    accounts: new AccountNames(context.system),
    terminal: columns !== undefined,
    columns: Number(options.value('width') ?? context.system.process.environment['COLUMNS'] ?? (columns || 80)),
    colour:
      ['always', 'yes', 'force'].includes(colour) ||
      (['auto', 'tty', 'if-tty'].includes(colour) && columns !== undefined),
    long: options.has('l', 'g', 'o', 'numeric-uid-gid', 'full-time'),
    exitStatus: 0,
    printed: false,
  };
}

const colourChoices = [
  ['always', 'yes', 'force'],
  ['never', 'no', 'none'],
  ['auto', 'tty', 'if-tty'],
];

/** Here alone the status of wrong usage is 1. */
async function complainColour(context: CommandContext, colour: string): Promise<number> {
  const valid = colourChoices.map((row) => `  - ${row.map(quoteName).join(', ')}`).join('\n');
  await context.complainUsage(`invalid argument ${quoteName(colour)} for '--color'\nValid arguments are:\n${valid}`);
  return 1;
}

async function complainSort(context: CommandContext, word: string): Promise<number> {
  const valid = [...sortWords.keys()].map((each) => `  - ${quoteName(each)}`).join('\n');
  await context.complainUsage(`invalid argument ${quoteName(word)} for '--sort'\nValid arguments are:\n${valid}`);
  return 1;
}

export const ls: CommandDefinition = {
  name: 'ls',
  usage: ['[OPTION]... [FILE]...'],
  summary: 'List information about the FILEs (the current directory by default).',
  usageStatus: 2,
  options: [
    { short: 'a', long: 'all', help: 'do not ignore entries starting with .' },
    { short: 'A', long: 'almost-all', help: 'do not list implied . and ..' },
    { short: 'b', long: 'escape', help: 'print C-style escapes for nongraphic characters' },
    { short: 'B', long: 'ignore-backups', help: 'do not list implied entries ending with ~' },
    { short: 'H', help: 'follow symbolic links listed on the command line' },
    { short: 'I', long: 'ignore', argument: 'required', help: 'do not list implied entries matching shell PATTERN' },
    { short: 'k', long: 'kibibytes', help: 'default to 1024-byte blocks for file system usage' },
    { short: 'L', long: 'dereference', help: 'show information for the file a symbolic link references' },
    { short: 'N', long: 'literal', help: 'print entry names without quoting' },
    { short: 'q', long: 'hide-control-chars', help: 'print ? instead of nongraphic characters' },
    { short: 'Q', long: 'quote-name', help: 'enclose entry names in double quotes' },
    { short: 'X', help: 'sort alphabetically by entry extension' },
    { short: 'c', help: 'with -l: show ctime' },
    { short: 'C', help: 'list entries by columns' },
    { long: 'color', argument: 'optional', help: "colorize the output: 'always', 'auto', or 'never'" },
    { short: 'd', long: 'directory', help: 'list directories themselves, not their contents' },
    { short: 'f', help: 'do not sort' },
    { short: 'F', long: 'classify', help: 'append indicator (one of */=>@|) to entries' },
    { long: 'group-directories-first', help: 'group directories before files' },
    { long: 'full-time', help: 'like -l --time-style=full-iso' },
    { short: 'g', help: 'like -l, but do not list owner' },
    { short: 'G', long: 'no-group', help: "in a long listing, don't print group names" },
    { short: 'h', long: 'human-readable', help: 'with -l, print sizes like 1K 234M 2G' },
    { short: 'i', long: 'inode', help: 'print the index number of each file' },
    { short: 'l', help: 'use a long listing format' },
    { short: 'm', help: 'fill width with a comma separated list of entries' },
    { short: 'n', long: 'numeric-uid-gid', help: 'like -l, but list numeric user and group IDs' },
    { short: 'o', help: 'like -l, but do not list group information' },
    { short: 'p', help: 'append / indicator to directories' },
    { short: 'r', long: 'reverse', help: 'reverse order while sorting' },
    { short: 'R', long: 'recursive', help: 'list subdirectories recursively' },
    { short: 's', long: 'size', help: 'print the allocated size of each file, in blocks' },
    {
      long: 'sort',
      argument: 'required',
      help: 'sort by WORD instead of name: none, size, time, version, extension, width',
    },
    { short: 'S', help: 'sort by file size, largest first' },
    { short: 't', help: 'sort by time, newest first' },
    { long: 'time-style', argument: 'required', help: 'time format with -l' },
    { short: 'u', help: 'with -l: show access time' },
    { short: 'U', help: 'do not sort; list entries in directory order' },
    { short: 'v', help: 'natural sort of (version) numbers within text' },
    { short: 'w', long: 'width', argument: 'required', help: 'set output width' },
    { short: 'x', help: 'list entries by lines instead of by columns' },
    { short: '1', help: 'list one file per line' },
  ],
  async run(context) {
    const colour = context.options.value('color');
    if (colour !== undefined && !colourChoices.flat().includes(colour)) return complainColour(context, colour);
    const sort = context.options.value('sort');
    if (sort !== undefined && !sortWords.has(sort)) return complainSort(context, sort);
    const listing = await beginListing(context);
    const operands = context.operands.length > 0 ? context.operands : ['.'];
    const files: Entry[] = [];
    const directories: Entry[] = [];
    for (const path of operands) {
      const entry = await readEntry(listing, { path, name: path, serious: true });
      if (!entry) continue;
      const asLink = listing.long || context.options.has('classify');
      const status = asLink ? entry.status : (entry.targetStatus ?? entry.status);
      const isDirectory = status.type === 'directory' && !context.options.has('directory');
      (isDirectory ? directories : files).push(entry);
    }
    await printEntries(listing, sortEntries(listing, files));
    const header = operands.length > 1 || context.options.has('recursive');
    for (const entry of sortEntries(listing, directories)) await listDirectory(listing, entry.path, header);
    return listing.exitStatus;
  },
};
