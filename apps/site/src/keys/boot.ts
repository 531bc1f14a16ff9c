/** The key bench's first script: it loads the rest when the reader comes near, and loses neither a click nor a drop on the way. */
import type { Example } from './examples.ts';
import type { LiveBench } from './live-bench.tsx';

const place = document.querySelector<HTMLElement>('.key-bench');
let started: Promise<LiveBench> | undefined;

function examples(): readonly Example[] {
  return JSON.parse(document.getElementById('key-examples')?.textContent ?? '[]');
}

async function load(element: HTMLElement): Promise<LiveBench> {
  const { startBench } = await import('./live-bench.tsx');
  return startBench(element, examples());
}

function start(element: HTMLElement): Promise<LiveBench> {
  started ??= load(element).catch((error: unknown) => {
    started = undefined;
    throw error;
  });
  return started;
}

/** A click that came before the script is given again, on the button that now stands there. */
function clickAgain(element: HTMLElement, button: Element): void {
  const index = [...element.querySelectorAll('button, input, summary')].indexOf(button);
  void start(element).then(() => element.querySelectorAll<HTMLElement>('button, input, summary')[index]?.click());
}

if (place !== null) {
  let isLive = false;
  const warm = (): void => {
    void start(place).then(() => {
      isLive = true;
    });
  };
  place.addEventListener('pointerover', warm, { once: true, passive: true });
  place.addEventListener('focusin', warm, { once: true });
  place.addEventListener('input', warm, { once: true });
  place.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    if (!isLive && button !== null) clickAgain(place, button);
  });
  place.addEventListener('change', (event) => {
    const input = event.target instanceof HTMLInputElement ? event.target : null;
    const file = input?.files?.[0];
    if (isLive || input === null || file === undefined) return;
    void start(place).then((live) => {
      live.take(file);
      // So that the same file, changed meanwhile, can be chosen again.
      input.value = '';
    });
  });
  document.addEventListener('dragover', (event) => event.preventDefault());
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (isLive || file === undefined) return;
    void start(place).then((live) => live.take(file));
  });
}
