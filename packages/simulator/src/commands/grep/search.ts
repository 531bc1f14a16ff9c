/** grep's search in one file: lines, their context, and what is printed of them. */
import type { RegularExpression, Span } from '../../regular-expressions/regular-expression.ts';
import { byteCount } from '../printf-arguments.ts';
import type { CommandContext } from '../command.ts';
import { readLines, type Line } from '../streams.ts';
import { StepWatch } from '../step-watch.ts';
import type { Settings } from './settings.ts';

export interface Search {
  readonly context: CommandContext;
  readonly expression: RegularExpression;
  readonly settings: Settings;
  readonly watch: StepWatch;
  matched: boolean;
  failed: boolean;
}

/** A line with its number and the offset of its first byte. */
interface NumberedLine extends Line {
  readonly number: number;
  readonly offset: number;
}

interface FileSearch {
  readonly search: Search;
  readonly name: string;
  count: number;
  afterLeft: number;
  lastPrinted: number;
  readonly held: NumberedLine[];
  binary: boolean;
  binaryMatches: boolean;
}

export function createSearch(context: CommandContext, expression: RegularExpression, settings: Settings): Search {
  return { context, expression, settings, watch: new StepWatch(context.system), matched: false, failed: false };
}

const wrap = ({ settings }: Search, code: string, text: string): string =>
  settings.colour && text !== '' ? `\u001B[${code}m\u001B[K${text}\u001B[m\u001B[K` : text;

/** `name:number:offset:`, as far as it is asked for. */
function prefix({ search, name }: FileSearch, mark: ':' | '-', at: { number: number; offset: number }): string {
  const { settings } = search;
  const coloured = wrap(search, '36', mark);
  const nameMark = settings.nameEnd === '' ? coloured : settings.nameEnd;
  const shownName = settings.names ? `${wrap(search, '35', name)}${nameMark}` : '';
  const number = settings.lineNumbers ? `${wrap(search, '32', String(at.number))}${coloured}` : '';
  return shownName + number + (settings.byteOffsets ? `${wrap(search, '32', String(at.offset))}${coloured}` : '');
}

/** The matches in a line that are not empty. */
async function* matchesIn({ expression, watch }: Search, text: string): AsyncGenerator<Span> {
  for (let from = 0; from <= text.length;) {
    const match = expression.search(text, from);
    await watch.pause([expression]);
    if (!match) return;
    if (match.end > match.start) yield match;
    from = match.end > match.start ? match.end : match.start + 1;
  }
}

async function highlight(search: Search, text: string): Promise<string> {
  if (!search.settings.colour || search.settings.invert) return text;
  let shown = '';
  let at = 0;
  for await (const { start, end } of matchesIn(search, text)) {
    shown += text.slice(at, start) + wrap(search, '01;31', text.slice(start, end));
    at = end;
  }
  return shown + text.slice(at);
}

async function printSelected(file: FileSearch, line: NumberedLine): Promise<void> {
  const { search } = file;
  const { output } = search.context;
  const { settings } = search;
  if (!settings.onlyMatching) {
    const shown = await highlight(search, line.text);
    await output.write(`${prefix(file, ':', line)}${shown}${settings.lineEnd}`);
  } else if (!settings.invert) {
    for await (const { start, end } of matchesIn(search, line.text)) {
      const at = { number: line.number, offset: line.offset + byteCount(line.text.slice(0, start)) };
      const shown = wrap(search, '01;31', line.text.slice(start, end));
      await output.write(`${prefix(file, ':', at)}${shown}${settings.lineEnd}`);
    }
  }
  if (search.context.options.has('line-buffered')) await output.flush();
}

async function printContext(file: FileSearch, lines: readonly NumberedLine[]): Promise<void> {
  const { settings, context } = file.search;
  for (const line of lines) {
    file.lastPrinted = line.number;
    if (!settings.onlyMatching) await context.output.write(`${prefix(file, '-', line)}${line.text}${settings.lineEnd}`);
  }
}

async function printGroup(file: FileSearch, line: NumberedLine): Promise<void> {
  const { search, held } = file;
  const { settings, context } = search;
  const first = line.number - held.length;
  if (settings.separator !== undefined && file.lastPrinted > 0 && first > file.lastPrinted + 1)
    await context.output.write(`${wrap(search, '36', settings.separator)}\n`);
  await printContext(file, held.splice(0));
  await printSelected(file, line);
  file.lastPrinted = line.number;
  file.afterLeft = settings.after;
}

/** A line that is not selected: context after one, or held for one to come. */
async function passLine(file: FileSearch, line: NumberedLine): Promise<void> {
  const { settings } = file.search;
  if (file.afterLeft > 0 && settings.report === 'lines') {
    file.afterLeft--;
    await printContext(file, [line]);
  } else if (settings.before > 0) {
    file.held.push(line);
    if (file.held.length > settings.before) file.held.shift();
  }
}

/** A byte that is no UTF-8 stands as half of a pair. */
const hasBadBytes = (text: string): boolean => /[\uDC80-\uDCFF]/u.test(text);

/** Handles one line; false ends the file. */
async function searchLine(file: FileSearch, line: NumberedLine): Promise<boolean> {
  const { settings, expression } = file.search;
  const full = file.count >= settings.limit;
  if (full || expression.test(line.text) === settings.invert) {
    await passLine(file, line);
    return !full || file.afterLeft > 0;
  }
  file.count++;
  if (settings.report === 'nothing' || settings.report === 'matching' || settings.report === 'missing') return false;
  if (settings.report === 'count') return file.count < settings.limit;
  if (settings.binaryFiles !== 'text' && (file.binary || hasBadBytes(line.text))) {
    file.binaryMatches = true;
    return false;
  }
  await printGroup(file, line);
  return file.count < settings.limit || file.afterLeft > 0;
}

async function reportFile(file: FileSearch): Promise<void> {
  const { search, name, count } = file;
  const { settings, context } = search;
  const { output } = context;
  search.matched ||= count > 0;
  if (file.binaryMatches) {
    await output.flush();
    await context.complain(`${name}: binary file matches`);
  }
  const nameEnd = settings.nameEnd === '' ? '\n' : settings.nameEnd;
  if (settings.report === (count > 0 ? 'matching' : 'missing'))
    await output.write(`${wrap(search, '35', name)}${nameEnd}`);
  if (settings.report !== 'count') return;
  const mark = settings.nameEnd === '' ? wrap(search, '36', ':') : settings.nameEnd;
  await output.write(`${settings.names ? `${wrap(search, '35', name)}${mark}` : ''}${count}\n`);
}

export async function searchDescriptor(search: Search, descriptor: number, name: string): Promise<void> {
  const { settings, context } = search;
  if (settings.limit === 0) return;
  const file: FileSearch = {
    search,
    name,
    count: 0,
    afterLeft: 0,
    lastPrinted: 0,
    held: [],
    binary: false,
    binaryMatches: false,
  };
  const zeroEnds = settings.lineEnd === '\0';
  let [number, offset] = [0, 0];
  const lines = readLines(context.system, descriptor, {
    end: zeroEnds ? 0 : 10,
    onChunk: (chunk) => (file.binary ||= !zeroEnds && chunk.includes(0)),
  });
  for await (const line of lines) {
    if (file.binary && settings.binaryFiles === 'without-match') return;
    number++;
    if (!(await searchLine(file, { ...line, number, offset }))) break;
    if (settings.byteOffsets) offset += byteCount(line.text) + 1;
    await search.watch.pause([search.expression]);
  }
  await reportFile(file);
}
