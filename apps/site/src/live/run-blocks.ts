/** The command blocks of the page: what each can do now, and what became of those that run. Blocks form a stack, as logins do. */
import { say, show, showEnd, showLive } from './block-state.ts';
import { Running } from './running.ts';

const commandHost = (block: HTMLElement): string => block.dataset['host'] ?? '';

export class RunBlocks {
  readonly #blocks: readonly HTMLElement[];
  readonly #home: string;
  readonly #running: Running[] = [];

  /** The blocks of one stage; `home` is the host of its terminal. */
  constructor(blocks: readonly HTMLElement[], home: string) {
    this.#blocks = blocks;
    this.#home = home;
  }

  started(element: HTMLElement): void {
    show(element, 'running', '');
    this.#running.push(new Running(element, commandHost(element)));
  }

  /** Whether what runs `waits` for the reader to type. */
  goesOn(waits: boolean): void {
    if (waits) this.#atWork?.wait();
    else this.#atWork?.work();
  }

  /** ^C was typed for the reader. */
  interrupted(): void {
    this.#atWork?.interrupted();
  }

  /** Whether the block of the command in the foreground offers to turn the machines off; undefined if there is none. */
  get offersEnd(): boolean | undefined {
    return this.#atWork?.offersEnd;
  }

  /** The block of the command in the foreground, if it is one of a block. */
  get #atWork(): Running | undefined {
    const top = this.#running.at(-1);
    return top?.element.dataset['state'] === 'running' ? top : undefined;
  }

  /** The reader is at a prompt of `host`; `exitOf` tells the exit status of the last command of a host, if a process was it. */
  promptAt(host: string, exitOf: (host: string) => number | undefined): void {
    for (let top = this.#running.at(-1); top !== undefined; top = this.#running.at(-1)) {
      const back =
        top.host === host || host === this.#home || this.#running.slice(0, -1).some((block) => block.host === host);
      top.end();
      if (!back) {
        showLive(top.element, host);
        break;
      }
      this.#running.pop();
      showEnd(top.element, exitOf(top.host));
    }
    this.available(host);
  }

  /** The world is gone: nothing runs, and everything begins at home. */
  reset(): void {
    for (const running of this.#running.splice(0)) {
      running.end();
      show(running.element, 'idle', '');
    }
    this.available(this.#home);
  }

  /** Which blocks fit the prompt at which the reader is. */
  available(host: string): void {
    for (const block of this.#blocks) {
      const fits = commandHost(block) === host;
      const button = block.querySelector<HTMLButtonElement>('.run');
      const { state } = block.dataset;
      if (button !== null) button.disabled = !fits && state !== 'live';
      if (state === 'idle') say(block, fits ? '' : adviceFor(commandHost(block), host, this.#home));
    }
  }
}

function adviceFor(wanted: string, host: string, home: string): string {
  return wanted === home ? `This is for ${home}: leave ${host} with exit` : `Log in to ${wanted} first`;
}
