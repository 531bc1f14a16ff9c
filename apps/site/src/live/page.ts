/** What every page needs at once: the theme button, Copy, and the way to the terminal, whose code comes when it is touched. */
import { makeSheet } from './sheet.ts';
import type { Stage } from './stage.ts';

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

const element = document.querySelector<HTMLElement>('.stage');
let worker: Worker | undefined;
let started: Promise<Stage> | undefined;

/** The code of the terminal; and the worker, which makes the world of the page at once. */
function load(): Promise<typeof import('./stage.ts')> {
  worker ??= new Worker(new URL('./world.worker.ts', import.meta.url), {
    type: 'module',
    name: element?.dataset['world'] ?? '',
  });
  return import('./stage.ts');
}

async function start(): Promise<Stage> {
  const { startStage } = await load();
  if (element === null || worker === undefined) throw new Error('this page has no stage');
  return startStage(element, worker);
}

/** The live stage; its code, its terminal and its world come with the first call. */
function stage(): Promise<Stage> {
  started ??= start();
  return started;
}

const isTyping = (): boolean => matchMedia('(pointer: fine) and (min-width: 48rem)').matches;

async function open(focus: boolean): Promise<Stage> {
  const live = await stage();
  if (focus) live.focus();
  return live;
}

function say(block: HTMLElement, words: string): void {
  const state = block.querySelector('.state');
  if (state !== null) state.textContent = words;
}

async function run(block: HTMLElement): Promise<void> {
  if (started === undefined) say(block, 'starting the machines');
  if (sheet !== undefined && sheet.size === 'closed') sheet.show('open');
  if (!isTyping()) block.scrollIntoView({ block: 'start' });
  try {
    const live = await open(isTyping());
    await live.ready;
    live.run(block);
  } catch (error) {
    started = undefined;
    worker = undefined;
    say(block, 'The terminal could not be loaded: look at the network, and press Run again');
    console.error(error);
  }
}

async function copy(block: HTMLElement, button: HTMLElement): Promise<void> {
  await navigator.clipboard.writeText(block.dataset['command'] ?? '');
  say(block, 'copied');
  button.focus();
}

const sheet = element === null ? undefined : makeSheet(element, () => void open(false));

document.addEventListener('click', (event) => {
  const target = event.target instanceof Element ? event.target : undefined;
  const button = target?.closest<HTMLElement>('.run, .copy');
  const block = button?.closest<HTMLElement>('.cmd');
  if (button !== null && button !== undefined && block !== null && block !== undefined) {
    void (button.classList.contains('run') ? run(block) : copy(block, button));
  } else if (target?.closest('.stage .screen') !== null && target?.closest('.stage .screen') !== undefined)
    void open(true);
});

/** The code comes before the press, once a pointer or the focus is near, unless the reader saves data. */
function warm(event: Event): void {
  const near = event.target instanceof Element && event.target.closest('.run, .stage') !== null;
  if (near && !matchMedia('(prefers-reduced-data: reduce)').matches) void load();
}
/** What is typed at the invitation starts the terminal, and is not lost. */
element?.querySelector('.invite')?.addEventListener('keydown', (event) => {
  if (
    !(event instanceof KeyboardEvent) ||
    event.key.length > 1 ||
    event.key === ' ' ||
    event.ctrlKey ||
    event.metaKey ||
    event.altKey
  )
    return;
  const { key } = event;
  void open(true).then(async (live) => {
    await live.ready;
    live.type(key);
  });
});

document.addEventListener('pointerover', warm, { passive: true });
document.addEventListener('focusin', warm);
element?.querySelector('.compose')?.addEventListener(
  'submit',
  (event) => {
    event.preventDefault();
    void open(false);
  },
  { once: true },
);
