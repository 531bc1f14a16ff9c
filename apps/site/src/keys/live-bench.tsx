/** The bench made live: its worker, its state, and the browser's own doings. Nothing is stored; what is secret goes when the page does. */
import { proxy, type Remote, wrap } from 'comlink';
import { render } from 'preact';
import { Bench } from './bench.tsx';
import { BenchController, type BenchPlatform } from './bench-controller.ts';
import { type BenchState, fileOf, holdsSecret } from './bench-state.ts';
import type { Example } from './examples.ts';
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

/** Where the focus goes when what had it is gone. */
function moveFocus(before: BenchState, after: BenchState): void {
  const was = before.shown?.reading.lock;
  const is = after.shown?.reading.lock;
  if (before.panel !== 'make' && after.panel === 'make') focusOn('make');
  else if (before.panel === 'make' && after.panel === 'look') focusOn(is === 'open' ? 'save' : 'given');
  else if (was === 'locked' && is === 'open') focusOn('save');
}

function focusOn(id: string): void {
  const element = document.getElementById(id);
  if (element === null) return;
  element.tabIndex = -1;
  element.focus();
}

export interface LiveBench {
  give(bytes: Uint8Array, name: string): void;
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
    render(<Bench state={state} act={controller} examples={examples} />, place);
    if (before !== undefined) moveFocus(before, state);
  });
  await controller.type(
    typed,
    examples.some(({ text }) => text === typed),
  );
  if (newer !== typed) await controller.type(newer);
  takeDrops(controller);
  addEventListener('pagehide', () => {
    if (holdsSecret(controller.state) || controller.state.work !== undefined) controller.clear();
  });
  return { give: (bytes, name) => void controller.give(fileOf(bytes, name)) };
}

function takeDrops(controller: BenchController): void {
  document.addEventListener('drop', (event) => {
    const file = event.dataTransfer?.files[0];
    if (file === undefined) return;
    event.preventDefault();
    void file.arrayBuffer().then((bytes) => controller.give(fileOf(new Uint8Array(bytes), file.name)));
  });
}
