/** The command blocks of the page: what each can do now, and what became of those that run. Blocks form a stack, as logins do. */

export interface BlockStatus {
  readonly state: 'idle' | 'running' | 'done' | 'failed' | 'live';
  readonly exit: number | undefined;
}

interface RunningBlock {
  readonly element: HTMLElement;
  readonly host: string;
  readonly commandNumber: number;
}

const commandHost = (block: HTMLElement): string => block.dataset['host'] ?? '';

export class RunBlocks {
  readonly #blocks: readonly HTMLElement[];
  readonly #home: string;
  readonly #running: RunningBlock[] = [];

  /** The blocks of one stage; `home` is the host of its terminal. */
  constructor(blocks: readonly HTMLElement[], home: string) {
    this.#blocks = blocks;
    this.#home = home;
  }

  started(element: HTMLElement): void {
    this.#running.push({ element, host: commandHost(element), commandNumber: this.#running.length });
    show(element, 'running', 'running');
  }

  /** The reader is at a prompt of `host`; `exitOf` tells the exit status of the last command of a host, if a process was it. */
  promptAt(host: string, exitOf: (host: string) => number | undefined): void {
    for (let top = this.#running.at(-1); top !== undefined; top = this.#running.at(-1)) {
      const back =
        top.host === host || host === this.#home || this.#running.slice(0, -1).some((block) => block.host === host);
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
    for (const { element } of this.#running.splice(0)) show(element, 'idle', '');
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

const labels: Readonly<Record<BlockStatus['state'], string>> = {
  idle: 'Run',
  running: 'Run again',
  done: 'Run again',
  failed: 'Run again',
  live: 'Leave',
};

/** Says something in the block's state without changing it. */
export function say(element: HTMLElement, words: string): void {
  const state = element.querySelector('.state');
  if (state !== null && state.textContent !== words) state.textContent = words;
}

function show(element: HTMLElement, state: BlockStatus['state'], words: string): void {
  element.dataset['state'] = state;
  say(element, words);
  const label = element.querySelector('.run-label');
  if (label !== null) label.textContent = labels[state];
  element.querySelector('.run')?.classList.toggle('go', state === 'idle');
}

function showLive(element: HTMLElement, host: string): void {
  show(element, 'live', 'You are on ');
  const who = document.createElement('span');
  who.className = 'who server';
  who.textContent = host;
  element.querySelector('.state')?.append(who);
}

function showEnd(element: HTMLElement, exit: number | undefined): void {
  show(element, exit === undefined || exit === 0 ? 'done' : 'failed', exit === undefined ? 'done' : 'exit ');
  if (exit === undefined) return;
  const number = document.createElement('b');
  number.textContent = String(exit);
  element.querySelector('.state')?.append(number);
}
