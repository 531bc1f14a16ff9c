/** The bench made live: its worker, its state, and the browser's own doings. Nothing is stored; what is secret goes when the page does. */
import { proxy, type Remote, wrap } from 'comlink';
import { render } from 'preact';
import { Bench } from './bench.tsx';
import { BenchController, type BenchPlatform } from './bench-controller.ts';
import { type BenchState, holdsSecret, type WorkName } from './bench-state.ts';
import type { Example } from './examples.ts';
import { linkByHover } from './hover-links.ts';
import type { KeyDesk } from './surface.ts';

let worker: Worker | undefined;

/** A desk in a worker of its own; the one before ends with all that it held. */
function startDesk(): KeyDesk {
  worker?.terminate();
  worker = new Worker(new URL('./keys.worker.ts', import.meta.url), { type: 'module' });
  const remote: Remote<KeyDesk> = wrap<KeyDesk>(worker);
  return {
    read: (file) => remote.read(file),
    open: (passphrase, progress) => remote.open(passphrase, proxy(progress)),
    unseal: (progress) => remote.unseal(proxy(progress)),
    save: (request, progress) => remote.save(request, proxy(progress)),
    kinds: () => remote.kinds(),
    make: (request, progress) => remote.make(request, proxy(progress)),
    cancel: () => void remote.cancel(),
    forget: () => void remote.forget(),
  };
}

function download(fileName: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/octet-stream' }));
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function platformWith(examples: readonly Example[]): BenchPlatform {
  return {
    startDesk,
    download,
    copy: (text) => navigator.clipboard.writeText(text),
    later: (milliseconds, callback) => {
      setTimeout(callback, milliseconds);
    },
    prefersStill: matchMedia('(prefers-reduced-motion: reduce)').matches,
    examples,
  };
}

/** The heading near which long work was shown. */
const placeOfWork: Readonly<Record<WorkName, string>> = {
  open: 'unlock',
  unseal: 'decoded',
  save: 'save',
  make: 'make',
};

/** Where the focus goes when something new is there to be read. */
function moveFocus(before: BenchState, after: BenchState): void {
  const was = before.shown?.reading.lock;
  const is = after.shown?.reading.lock;
  const isSameFile = before.shown?.file === after.shown?.file;
  if (before.panel !== 'make' && after.panel === 'make') focusOn('make');
  else if (before.panel === 'make' && after.panel === 'look') focusOn(is === 'open' ? 'save' : 'given');
  else if (isSameFile && was === 'locked' && is === 'open') focusOn('save');
}

/** Where it goes when what had it is gone: a button to cancel with its work, a button to clear with what there was. */
function keepFocus(before: BenchState, after: BenchState): void {
  if (document.activeElement !== document.body) return;
  if (before.work !== undefined && after.work === undefined) focusOn(placeOfWork[before.work.name]);
  else if (before.file !== undefined && after.file === undefined)
    document.querySelector<HTMLElement>('.paste textarea')?.focus();
  else focusOn('given');
}

function focusOn(id: string): void {
  const element = document.getElementById(id);
  if (element === null) return;
  element.tabIndex = -1;
  element.focus();
}

export interface LiveBench {
  take(file: File): void;
}

/** Takes over the page as it was built; what the reader types meanwhile is kept. */
export async function startBench(place: HTMLElement, examples: readonly Example[]): Promise<LiveBench> {
  const area = place.querySelector('textarea');
  const typed = area?.value ?? '';
  let shown: BenchState | undefined;
  let newer = typed;
  const controller = new BenchController(platformWith(examples), (state) => {
    const before = shown;
    if (before === undefined && state.said === '') return;
    if (before === undefined) newer = area?.value ?? typed;
    shown = state;
    const hadFocus = place.contains(document.activeElement);
    render(<Bench state={state} act={controller} examples={examples} />, place);
    if (before === undefined) return;
    moveFocus(before, state);
    if (hadFocus) keepFocus(before, state);
  });
  const example = examples.find(({ text }) => text.trimEnd() === typed.trimEnd());
  await controller.type(example?.text ?? typed, example !== undefined);
  if (newer !== typed) await controller.type(newer);
  takeDrops(controller);
  addEventListener('pagehide', () => {
    if (holdsSecret(controller.state) || controller.state.work !== undefined) controller.clear();
  });
  linkByHover(place);
  return { take: (file) => void controller.take(file) };
}

function takeDrops(controller: BenchController): void {
  document.addEventListener('drop', (event) => {
    const file = event.dataTransfer?.files[0];
    if (file === undefined) return;
    event.preventDefault();
    void controller.take(file);
  });
}
