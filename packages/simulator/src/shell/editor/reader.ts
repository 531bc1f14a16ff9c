/** Reads a line from a person: keys in, the line edited and painted, until Enter, ^C or ^D (readline(3), Emacs mode). */
import { isSystemError, type TerminalAttributes } from '@seashell/system';
import type { InputLine } from '../input.ts';
import type { Shell } from '../shell.ts';
import { toBytes } from '../../commands/byte-text.ts';
import { writeAll } from '../../commands/streams.ts';
import { arrangeColumns, displayWidth } from '../../commands/ls-display.ts';
import { commonBeginning, findCompletions } from './completion.ts';
import { atNewLine, goTo, searchBack, type HistoryPosition, type SearchHit } from './history.ts';
import { KeyDecoder, type Key } from './keys.ts';
import { emptyLine, insert, lineCommands, replaceLine, type Line } from './line.ts';
import { paintChange, paintFresh, paintReturn, unmarkPrompt, type Shown } from './painter.ts';

const pasteOn = '\u001B[?2004h';
const pasteOff = '\u001B[?2004l\r';

interface Search {
  readonly query: string;
  readonly hit: SearchHit | undefined;
  readonly failed: boolean;
  readonly original: string;
}

export class LineReader {
  private readonly shell: Shell;
  private readonly descriptor: number;
  private readonly bracketedPaste: boolean;
  private line: Line = emptyLine;
  private killed = '';
  private prompt = '';
  private columns = 80;
  private position: HistoryPosition = atNewLine([]);
  private search: Search | undefined;
  private pasting = false;
  private lastKey = '';
  private shown: Shown = { prompt: '', text: '', cursor: 0 };
  private output = '';
  private result: InputLine | 'none' = 'none';
  /** The entry of the history with which the next line begins. */
  private following: number | undefined;

  constructor(shell: Shell, options: { readonly descriptor: number; readonly bracketedPaste: boolean }) {
    this.shell = shell;
    this.descriptor = options.descriptor;
    this.bracketedPaste = options.bracketedPaste;
  }

  /** Shows `prompt` and gives the line typed, with its newline. */
  async read(prompt: string): Promise<InputLine> {
    const { terminal } = this.shell.system;
    const saved = await terminal.getAttributes(this.descriptor);
    if (this.shell.control) this.shell.control.attributes = saved;
    await terminal.setAttributes(this.descriptor, editingAttributes(saved), 'drain');
    this.begin(prompt, (await terminal.getWindowSize(this.descriptor)).columns || 80);
    try {
      while (this.result === 'none') await this.step();
    } finally {
      await this.flush();
      if (!this.shell.hungUp) await terminal.setAttributes(this.descriptor, saved, 'drain');
    }
    return this.result;
  }

  private begin(prompt: string, columns: number): void {
    const rows = prompt.split('\n');
    this.columns = columns;
    this.prompt = rows.at(-1) ?? '';
    this.line = { ...emptyLine, killed: this.killed };
    this.position = atNewLine(this.shell.history);
    this.beginWithEntry();
    this.search = undefined;
    this.lastKey = '';
    this.result = 'none';
    this.output = this.bracketedPaste ? pasteOn : '';
    this.output += rows
      .slice(0, -1)
      .map((row) => `${unmarkPrompt(row)}\n`)
      .join('');
    this.paintFresh();
  }

  private beginWithEntry(): void {
    const { following = this.position.index } = this;
    this.following = undefined;
    const found = goTo(this.position, following, '');
    if (!found) return;
    this.position = found.position;
    this.line = replaceLine(this.line, found.text);
  }

  private async flush(): Promise<void> {
    const text = this.output;
    this.output = '';
    if (text === '') return;
    const descriptor = this.shell.descriptors.get(2);
    if (descriptor !== undefined) await writeAll(this.shell.system, descriptor, toBytes(text));
  }

  private readonly decoder = new KeyDecoder();

  /** Waits for a byte or a signal, and acts on it. */
  private async step(): Promise<void> {
    await this.flush();
    const { streams } = this.shell.system;
    const { signals, ready } = await streams.poll([
      { type: 'readable', descriptor: this.descriptor },
      { type: 'signal' },
    ]);
    if (signals.includes('SIGHUP') || signals.includes('SIGTERM')) return this.hangUp(signals.includes('SIGHUP'));
    if (signals.includes('SIGWINCH')) await this.resize();
    if (signals.includes('SIGINT')) return this.interrupt();
    if (!ready.includes(0)) return undefined;
    const byte = await this.readByte();
    if (byte === undefined) return this.hangUp(true);
    const key = this.decoder.push(byte);
    if (key) await this.press(key);
  }

  private async readByte(): Promise<number | undefined> {
    try {
      const [byte] = await this.shell.system.streams.read(this.descriptor, 1);
      return byte;
    } catch (error) {
      if (isSystemError(error, 'EIO')) return undefined;
      throw error;
    }
  }

  private hangUp(really: boolean): void {
    if (!really) return;
    this.shell.hungUp = true;
    this.result = undefined;
    this.output = '';
  }

  private async resize(): Promise<void> {
    const { columns } = await this.shell.system.terminal.getWindowSize(this.descriptor);
    if (columns === 0 || columns === this.columns) return;
    this.output += paintReturn(this.shown, columns);
    this.output += '\u001B[J';
    this.columns = columns;
    this.paintFresh();
  }

  private interrupt(): void {
    this.output += `^C${this.bracketedPaste ? pasteOff + pasteOn + pasteOff : ''}\n`;
    this.result = 'interrupted';
  }

  private finish(result: InputLine): void {
    this.killed = this.line.killed;
    this.result = result;
    if (this.bracketedPaste) this.output += pasteOff;
  }

  private paintFresh(): void {
    this.shown = { prompt: this.prompt, text: this.line.text, cursor: this.line.cursor };
    this.output += paintFresh(this.shown, this.columns);
  }

  private paint(): void {
    const to = { prompt: this.shown.prompt, text: this.line.text, cursor: this.line.cursor };
    this.output += paintChange(this.shown, to, this.columns);
    this.shown = to;
  }

  private async press(key: Key): Promise<void> {
    if (this.pasting || key.name === 'PasteStart') return this.paste(key);
    if (this.search && (await this.searchKey(key))) return;
    const special = this.commands[key.name];
    const command = lineCommands[key.name];
    if (key.name === 'C-d' && this.line.text === '' && this.lastKey !== 'C-d') return this.endOfFile();
    this.lastKey = key.name === 'C-i' && this.lastKey === 'C-i' ? 'C-i' : key.name;
    if (key.name !== 'M-.' && key.name !== 'M-_') this.yanked = undefined;
    if (special) await special();
    else if (command) this.apply(command(this.line));
    else if (key.text !== '') this.apply(insert(this.line, key.text));
  }

  private apply(line: Line): void {
    if (line.text === this.line.text && line.cursor === this.line.cursor && line.killed === this.line.killed) return;
    this.line = line;
    this.paint();
  }

  private paste(key: Key): void {
    if (key.name === 'PasteStart') this.pasting = true;
    else if (key.name === 'PasteEnd') this.pasting = false;
    else
      this.apply(
        insert(this.line, key.name === 'C-m' || key.name === 'C-j' ? '\n' : key.name === 'C-i' ? '\t' : key.text),
      );
  }

  private endOfFile(): void {
    this.finish(undefined);
  }

  private readonly commands: Readonly<Record<string, () => void | Promise<void>>> = {
    'C-m': () => this.accept(),
    'C-j': () => this.accept(),
    'C-i': () => this.complete(),
    'C-l': () => this.clearScreen(),
    'C-r': () => this.startSearch(),
    'C-g': () => this.bell(),
    Up: () => this.history(this.position.index - 1),
    'C-p': () => this.history(this.position.index - 1),
    Down: () => this.history(this.position.index + 1),
    'C-n': () => this.history(this.position.index + 1),
    'M-<': () => this.history(0),
    'M->': () => this.history(this.position.entries.length),
    'M-.': () => this.insertLastArgument(),
    'M-_': () => this.insertLastArgument(),
    'M-r': () => this.apply(replaceLine(this.line, this.position.entries[this.position.index] ?? '')),
    'M-#': () => this.comment(),
    'C-o': () => this.acceptAndGoOn(),
  };

  private accept(): void {
    this.line = { ...this.line, cursor: this.line.text.length };
    this.paint();
    this.output += '\n';
    this.finish({ text: `${this.line.text}\n` });
  }

  /** insert-comment: the line goes to the history without running. */
  private comment(): void {
    this.line = { ...this.line, text: `#${this.line.text}` };
    this.accept();
  }

  /** operate-and-get-next: the next prompt begins with the entry after this one. */
  private acceptAndGoOn(): void {
    this.following = this.position.index + 1;
    this.accept();
  }

  private bell(): void {
    this.output += '\u0007';
  }

  private clearScreen(): void {
    this.output += '\u001B[H\u001B[2J';
    this.paintFresh();
  }

  private history(index: number): void {
    const found = goTo(this.position, index, this.line.text);
    if (!found) return this.bell();
    this.position = found.position;
    this.apply(replaceLine(this.line, found.text));
  }

  /** yank-last-arg: pressed again, the word of the entry before takes the place of this one. */
  private insertLastArgument(): void {
    const { history } = this.shell;
    const { yanked, line } = this;
    const again = yanked?.text === line.text ? yanked : undefined;
    const index = again ? again.index - 1 : history.length - 1;
    const word = history[index]?.trim().split(/\s+/).at(-1);
    if (word === undefined) return this.bell();
    const start = line.cursor - (again?.length ?? 0);
    const rest = { ...line, text: line.text.slice(0, start) + line.text.slice(line.cursor), cursor: start };
    this.apply(insert(rest, word));
    this.yanked = { index, length: word.length, text: this.line.text };
  }

  private yanked: { readonly index: number; readonly length: number; readonly text: string } | undefined;

  private async complete(): Promise<void> {
    const again = this.lastTab === this.line.text;
    const head = this.line.text.slice(0, this.line.cursor);
    const { start, candidates, shown } = await findCompletions(this.shell, head);
    if (candidates.length === 0) return this.bell();
    const [only = ''] = candidates;
    const common = candidates.length === 1 ? `${only}${only.endsWith('/') ? '' : ' '}` : commonBeginning(candidates);
    const grown = common.length > head.length - start;
    if (candidates.length > 1) {
      if (again && !grown) return this.listCandidates(shown);
      this.bell();
    }
    const text = head.slice(0, start) + common + this.line.text.slice(this.line.cursor);
    if (grown) this.apply({ ...this.line, text, cursor: start + common.length });
    this.lastTab = grown ? undefined : this.line.text;
  }

  private lastTab: string | undefined;

  private listCandidates(shown: readonly string[]): void {
    this.output += '\n';
    this.output += arrangeColumns(shown, shown.map(displayWidth), this.columns);
    this.paintFresh();
  }

  private startSearch(): void {
    this.search = { query: '', hit: undefined, failed: false, original: this.line.text };
    this.paintSearch();
  }

  private paintSearch(): void {
    const { search } = this;
    if (!search) return;
    const prompt = `(${search.failed ? 'failed ' : ''}reverse-i-search)\`${search.query}': `;
    this.output += `${paintReturn(this.shown, this.columns)}\u001B[J`;
    const text = search.hit?.text ?? (search.failed ? this.line.text : '');
    this.shown = { prompt, text, cursor: search.hit?.at ?? 0 };
    this.output += paintFresh(this.shown, this.columns);
  }

  private extendSearch(query: string, again: boolean): void {
    const { search } = this;
    if (!search) return;
    const { entries } = this.position;
    const from = search.hit?.index ?? entries.length;
    const hit =
      query === '' ? undefined : searchBack(entries, query, !again && search.hit !== undefined ? from : from - 1);
    this.search = { ...search, query, hit: hit ?? search.hit, failed: hit === undefined && query !== '' };
    this.paintSearch();
  }

  /** Leaves the search with the line it found, or as it was. */
  private endSearch(keep: boolean): void {
    const { search } = this;
    this.search = undefined;
    const text = keep ? (search?.hit?.text ?? this.line.text) : (search?.original ?? '');
    this.line = { ...replaceLine(this.line, text), cursor: keep ? (search?.hit?.at ?? text.length) : text.length };
    this.output += `${paintReturn(this.shown, this.columns)}\u001B[J`;
    this.paintFresh();
  }

  /** A key during a search; false if it ends the search and is to be obeyed as usual. */
  private async searchKey(key: Key): Promise<boolean> {
    const query = this.search?.query ?? '';
    if (key.text !== '') this.extendSearch(query + key.text, false);
    else if (key.name === 'Backspace' || key.name === 'C-h') this.extendSearch(query.slice(0, -1), false);
    else if (key.name === 'C-r') this.extendSearch(query, true);
    else if (key.name === 'C-g') this.endSearch(false);
    else {
      this.endSearch(true);
      return key.name.startsWith('M-') && !(key.name in lineCommands);
    }
    return true;
  }
}

/** As readline sets the terminal: no lines, no echo, carriage returns as they are; signals stay. */
function editingAttributes(attributes: TerminalAttributes): TerminalAttributes {
  return { ...attributes, ICANON: false, ECHO: false, ICRNL: false, INLCR: false };
}
