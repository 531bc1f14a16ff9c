/** What a command block shows: its state in words at the right, and on its one button what a press would do now. */

export type BlockState = 'idle' | 'running' | 'done' | 'failed' | 'live';

interface ButtonWords {
  readonly sign: string;
  readonly label: string;
}

const again: ButtonWords = { sign: '▶', label: 'Run again' };
const buttons: Readonly<Record<BlockState, ButtonWords>> = {
  idle: { sign: '▶', label: 'Run' },
  running: { sign: '■', label: 'Stop' },
  done: again,
  failed: again,
  live: { sign: '', label: 'Leave' },
};

/** Says something in the block's state without changing it. */
export function say(block: Element, words: string): void {
  const state = block.querySelector('.state');
  if (state !== null && state.textContent !== words) state.textContent = words;
}

/** Other words on the same button: the focus stays on it. */
export function label(block: Element, words: string): void {
  const place = block.querySelector('.run-label');
  if (place !== null && place.textContent !== words) place.textContent = words;
}

export function show(block: HTMLElement, state: BlockState, words: string): void {
  block.dataset['state'] = state;
  say(block, words);
  label(block, buttons[state].label);
  const sign = block.querySelector('.run-sign');
  if (sign !== null) sign.textContent = buttons[state].sign;
  block.querySelector('.run')?.classList.toggle('go', state === 'idle');
}

/** The reader is on the host that the block's command led to. */
export function showLive(block: HTMLElement, host: string): void {
  show(block, 'live', 'You are on ');
  const who = document.createElement('span');
  who.className = 'who server';
  who.textContent = host;
  block.querySelector('.state')?.append(who);
}

/** The command ended; without a number where nobody can tell it. */
export function showEnd(block: HTMLElement, exit: number | undefined): void {
  show(block, exit === undefined || exit === 0 ? 'done' : 'failed', exit === undefined ? 'done' : 'exit ');
  if (exit === undefined) return;
  const number = document.createElement('b');
  number.textContent = String(exit);
  block.querySelector('.state')?.append(number);
}
