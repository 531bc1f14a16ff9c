/** The live stage of a page: its world in a worker, its terminal, its map, and the command blocks that type into it. */
import { proxy, type Remote, wrap } from 'comlink';
import { h, render } from 'preact';
import { parsePrompt, type Prompt } from '../transcript/fence.ts';
import { ScreenText } from '../transcript/screen-text.ts';
import { say } from './block-state.ts';
import { joinBytes, type OutputPiece, type Party } from './carriers.ts';
import { StageMap } from './map.tsx';
import { blocksOf } from './page-blocks.ts';
import { Rails } from './rails.ts';
import { RunBlocks } from './run-blocks.ts';
import { stopPatienceMilliseconds } from './running.ts';
import { openTerminal, type PageTerminal } from './terminal.ts';
import { makeTouchKeys } from './touch-keys.ts';
import { Twin } from './twin.ts';
import type { WorldSurface } from './world.worker.ts';
import type { WorldUpdate } from './world-host.ts';
import { WorldState } from './world-state.ts';

const encoder = new TextEncoder();
const interrupt = '\u0003';
/** To the end of the line, and everything before it away: what was typed at the prompt and not sent. */
const clearLine = '\u0005\u0015';

function part(stage: HTMLElement, selector: string): HTMLElement {
  const found = stage.querySelector<HTMLElement>(selector);
  if (found === null) throw new Error(`the stage has no ${selector}`);
  return found;
}

export class Stage {
  readonly #element: HTMLElement;
  readonly #client: string;
  readonly #worker: Worker;
  readonly #surface: Remote<WorldSurface>;
  readonly #terminal: PageTerminal;
  readonly #rails: Rails;
  readonly #twin: Twin;
  readonly #text = new ScreenText();
  readonly #state: WorldState;
  readonly #blocks: RunBlocks;
  readonly #touch: ReturnType<typeof makeTouchKeys>;
  /** The prompt at which the reader is; undefined while something runs or asks. */
  #prompt: Prompt | undefined;
  /** The host of the last prompt: what runs was typed there. */
  #at: string;
  #waiting = false;
  /** When ^C was typed for the reader, if nothing gave way since. */
  #stoppedAt: number | undefined;
  #isOver = false;
  #map = '';
  readonly #ready: Promise<void>;

  constructor(element: HTMLElement, terminal: PageTerminal, worker: Worker) {
    this.#element = element;
    this.#client = element.dataset['client'] ?? '';
    this.#at = this.#client;
    this.#terminal = terminal;
    this.#rails = new Rails(terminal);
    this.#worker = worker;
    this.#surface = wrap<WorldSurface>(worker);
    this.#twin = new Twin(part(element, '.term'), `What ${this.#client} shows`);
    this.#state = new WorldState(this.#client, element.dataset['server'] ?? '');
    this.#blocks = new RunBlocks(blocksOf(element.dataset['world'] ?? ''), this.#client);
    this.#touch = makeTouchKeys(element, (text) => this.type(text));
    this.#ready = new Promise((resolve) => {
      this.#start(resolve);
    });
    this.#connectControls();
  }

  /** Resolves at the first prompt. */
  get ready(): Promise<void> {
    return this.#ready;
  }

  focus(): void {
    if (this.#isOver) part(this.#element, '.over button').focus();
    else if (this.#touch?.focus() !== true) this.#terminal.focus();
  }

  type(text: string): void {
    if (this.#prompt !== undefined && text.includes('\r')) this.#state.commandBegins(this.#prompt.host);
    void this.#surface.input({ type: 'bytes', bytes: encoder.encode(text) });
  }

  /** Types the command of a block, if the reader is at its prompt. */
  run(block: HTMLElement): void {
    const { command = '', host = '', state } = block.dataset;
    if (this.#prompt === undefined || this.#isOver) {
      // One that runs says so itself.
      if (state !== 'running') say(block, this.#hindrance);
      this.focus();
      return;
    }
    if (block.dataset['state'] === 'live') this.type('exit\r');
    if (this.#prompt.host !== host) return;
    const typed = this.#text.currentLine.length > this.#prompt.text.length;
    this.#blocks.started(block);
    this.type(`${typed ? clearLine : ''}${command}\r`);
    this.#prompt = undefined;
    this.focus();
  }

  /** Types ^C. When nothing has given way to it for a while, the world itself ends: of a block only once its button says so. */
  stop(): void {
    if (this.#waiting) this.#stoppedAt = undefined;
    this.#stoppedAt ??= performance.now();
    if (this.#blocks.offersEnd ?? performance.now() - this.#stoppedAt >= stopPatienceMilliseconds) {
      this.#ended('Stopped.');
      return;
    }
    this.type(interrupt);
    this.#blocks.interrupted();
  }

  /** Why no command can be typed now. */
  get #hindrance(): string {
    if (this.#isOver) return 'The machines are off: press Start again';
    return this.#waiting ? 'The terminal is asking you something: answer it first' : 'Something runs: press Stop first';
  }

  #start(ready: () => void): void {
    const { columns, rows } = this.#terminal;
    this.#text.columns = columns;
    const size = { columns, rows, widthPixels: 0, heightPixels: 0 };
    const listener = async (update: WorldUpdate): Promise<void> => {
      await this.#update(update);
      if (this.#prompt !== undefined) ready();
    };
    this.#terminal.onInput((text) => this.type(text));
    this.#terminal.onResize((newColumns, newRows) => {
      this.#text.columns = newColumns;
      const resized = { columns: newColumns, rows: newRows, widthPixels: 0, heightPixels: 0 };
      void this.#surface.input({ type: 'resize', size: resized });
    });
    this.#surface.run(size, proxy(listener)).then(
      () => this.#ended('The shell has ended.'),
      (error: unknown) => this.#failed(error),
    );
    this.#worker.addEventListener('error', (event) => this.#failed(event.message));
  }

  #failed(error: unknown): void {
    this.#ended('This page’s machines stopped. That is our mistake, not yours.');
    console.error(error);
  }

  async #update({ output, events, waiting, echo }: WorldUpdate): Promise<void> {
    for (const event of events) this.#state.apply(event);
    const bytes = joinBytes(output.map((piece) => piece.bytes));
    this.#text.write(bytes);
    this.#waiting = waiting;
    const line = this.#text.currentLine;
    const prompt = waiting ? parsePrompt(line) : undefined;
    const arrived = prompt !== undefined && line === prompt.text && (this.#prompt === undefined || bytes.includes(10));
    if (prompt === undefined || arrived) this.#prompt = prompt;
    if (arrived) this.#arriveAt(prompt);
    if (waiting) this.#stoppedAt = undefined;
    if (this.#prompt === undefined) this.#blocks.goesOn(waiting);
    this.#twin.update(this.#text.lines, waiting);
    this.#show(echo);
    await this.#draw(output, arrived ? prompt : undefined);
    const missing = events.find(({ type }) => type === 'codeMissing');
    if (missing?.type === 'codeMissing' && !this.#isOver)
      this.#ended(`The code of ${missing.host} did not come. Is your network away?`);
  }

  /** The bytes, and beside them the line by which they came. */
  async #draw(output: readonly OutputPiece[], prompt: Prompt | undefined): Promise<void> {
    for (const piece of output) await this.#rails.write(piece);
    if (prompt === undefined) return;
    const side = this.#partyOf(prompt.host);
    if (side === 'client') this.#rails.promptAtHome();
    this.#terminal.drawPrompt(side, prompt.text.indexOf(':'));
  }

  #partyOf(host: string): Party {
    return host === this.#client ? 'client' : 'server';
  }

  #arriveAt(prompt: Prompt): void {
    this.#at = prompt.host;
    this.#blocks.promptAt(prompt.host, (host) => this.#state.exitOf(host));
    this.#terminal.setCaret(this.#partyOf(prompt.host));
    const exit = this.#state.exitOf(prompt.host);
    const place = part(this.#element, '.last-exit');
    place.textContent = exit === undefined ? '' : 'exit ';
    if (exit === undefined) return;
    const number = document.createElement('b');
    number.className = exit === 0 ? 'mono' : 'mono failed';
    number.textContent = String(exit);
    place.append(number);
  }

  #show(echo: boolean): void {
    const host = this.#prompt?.host ?? this.#client;
    // While something is at work, nobody asks for anything: what the line is for stays.
    if (this.#waiting) this.#touch?.describe(host, echo || this.#prompt !== undefined);
    const { connections } = this.#state;
    part(this.#element, '.connections').textContent =
      connections === 0 ? 'no connection' : `${connections} connection${connections === 1 ? '' : 's'}`;
    const picture = this.#state.picture(this.#at);
    const map = JSON.stringify(picture);
    if (map === this.#map) return;
    this.#map = map;
    render(h(StageMap, { picture }), part(this.#element, '.map'));
  }

  #connectControls(): void {
    const stop = part(this.#element, '.stop');
    for (const button of this.#element.querySelectorAll<HTMLButtonElement>('.status button, .tabs button, .paste'))
      button.disabled = false;
    stop.addEventListener('click', () => {
      this.stop();
      this.focus();
    });
    part(this.#element, '.copy-screen').addEventListener('click', () => {
      void navigator.clipboard.writeText(this.#terminal.selection() || this.#twin.text);
    });
    for (const button of this.#element.querySelectorAll('.paste')) {
      button.addEventListener('click', () => {
        void navigator.clipboard.readText().then((text) => this.#terminal.paste(text));
        this.focus();
      });
    }
  }

  #ended(words: string): void {
    this.#isOver = true;
    this.#worker.terminate();
    this.#blocks.reset();
    const note = document.createElement('p');
    note.className = 'over';
    note.setAttribute('role', 'status');
    note.textContent = `${words} `;
    const again = document.createElement('button');
    again.className = 'btn go';
    again.type = 'button';
    again.textContent = 'Start again';
    again.addEventListener('click', () => location.reload());
    note.append(again);
    part(this.#element, '.term').append(note);
  }
}

/** Makes the stage live, with a world that has its worker already. */
export async function startStage(element: HTMLElement, worker: Worker): Promise<Stage> {
  const screen = document.createElement('div');
  screen.className = 'screen-inner';
  part(element, '.screen').replaceChildren(screen);
  const host = element.dataset['client'] ?? '';
  const terminal = await openTerminal(screen, `Command line of ${host}. Escape, then Tab leaves it.`);
  terminal.setTyping(!matchMedia('(max-width: 47.99rem), (pointer: coarse)').matches);
  return new Stage(element, terminal, worker);
}
