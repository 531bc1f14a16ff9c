/** What every page needs at once: the theme button, Copy, and the way to the terminal, whose code comes when it is touched. */
import { say } from './block-state.ts';
import { pageWorld, worldOf, worldsOfPage } from './page-blocks.ts';
import { Seats } from './seat.ts';

function currentTheme(): 'light' | 'dark' {
  const chosen = document.documentElement.dataset['theme'];
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

document.querySelector('.theme')?.addEventListener('click', () => {
  const theme = currentTheme() === 'dark' ? 'light' : 'dark';
  document.documentElement.dataset['theme'] = theme;
  try {
    localStorage.setItem('theme', theme);
  } catch {
    // No storage: the choice lasts as long as the page.
  }
});

const seats = new Seats(document.querySelector<HTMLElement>('.stage'), worldsOfPage());

/** Whether the stage lies over the page: as page.css has it. */
const hasSheet = (): boolean => matchMedia('(max-width: 74.99rem)').matches;
const isTyping = (): boolean => matchMedia('(pointer: fine) and (min-width: 48rem)').matches;

async function run(block: HTMLElement): Promise<void> {
  const seat = seats.show(worldOf(block));
  if (seat === undefined) return;
  if (!seat.isStarted) say(block, 'starting the machines');
  if (seat.sheet.size === 'closed') seat.sheet.show('open');
  if (!isTyping()) block.scrollIntoView({ block: 'start' });
  else if (hasSheet()) block.scrollIntoView({ block: 'nearest' });
  try {
    const live = await seat.open(isTyping());
    await live.ready;
    live.run(block);
  } catch (error) {
    seat.forget();
    say(block, 'The terminal could not be loaded: look at the network, and press Run again');
    console.error(error);
  }
}

/** Stop where the reader is: neither the page nor the focus moves. */
async function stop(block: HTMLElement): Promise<void> {
  const live = await seats.show(worldOf(block))?.open(false);
  live?.stop();
}

/** What the one button of a block does now; the second click of a double click is for what the first one was for. */
async function press(block: HTMLElement, { detail }: MouseEvent): Promise<void> {
  if (detail > 1) return;
  await (block.dataset['state'] === 'running' ? stop(block) : run(block));
}

async function copy(block: HTMLElement, button: HTMLElement): Promise<void> {
  await navigator.clipboard.writeText(block.dataset['command'] ?? '');
  // Of one that runs, the state goes on telling what it does.
  if (block.dataset['state'] !== 'running') say(block, 'copied');
  button.focus();
}

/** Puts the machines of another time in place, and the focus on the same button there. */
function changeTime(world: string): void {
  const seat = seats.show(world);
  seat?.element.querySelector<HTMLElement>('.times [aria-pressed="true"]')?.focus();
}

document.addEventListener('click', (event) => {
  const target = event.target instanceof Element ? event.target : undefined;
  const button = target?.closest<HTMLElement>('.run, .copy');
  const block = button?.closest<HTMLElement>('.cmd');
  const time = target?.closest<HTMLElement>('.times button');
  if (button !== null && button !== undefined && block !== null && block !== undefined) {
    void (button.classList.contains('run') ? press(block, event) : copy(block, button));
  } else if (time !== null && time !== undefined) changeTime(time.dataset['world'] ?? pageWorld());
  else if (target?.closest('.stage .screen') !== null && target?.closest('.stage .screen') !== undefined)
    void seats.shown?.open(true);
});

/** A key that is held down presses once. */
document.addEventListener('keydown', (event) => {
  const presses = event.key === 'Enter' || event.key === ' ';
  if (presses && event.repeat && event.target instanceof Element && event.target.matches('.run'))
    event.preventDefault();
});

/** The code comes before the press, once a pointer or the focus is near, unless the reader saves data. */
function warm(event: Event): void {
  const near = event.target instanceof Element && event.target.closest('.run, .stage') !== null;
  if (near && !matchMedia('(prefers-reduced-data: reduce)').matches) void seats.shown?.load();
}

document.addEventListener('pointerover', warm, { passive: true });
document.addEventListener('focusin', warm);
