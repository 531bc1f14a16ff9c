/** One of the page's stages: its element, and what comes alive in it when it is touched. A page has one for each of its worlds. */
import { makeSheet, type Sheet } from './sheet.ts';
import type { Stage } from './stage.ts';

export class Seat {
  readonly element: HTMLElement;
  readonly sheet: Sheet;
  #worker: Worker | undefined;
  #started: Promise<Stage> | undefined;

  constructor(element: HTMLElement) {
    this.element = element;
    this.sheet = makeSheet(element, () => void this.open(false));
    this.#obeyFirstKeys();
  }

  get isStarted(): boolean {
    return this.#started !== undefined;
  }

  /** The code of the terminal; and the worker, which makes the world at once. */
  load(): Promise<typeof import('./stage.ts')> {
    this.#worker ??= new Worker(new URL('./world.worker.ts', import.meta.url), {
      type: 'module',
      name: this.element.dataset['world'] ?? '',
    });
    return import('./stage.ts');
  }

  /** The live stage; its code, its terminal and its world come with the first call. */
  async open(focus: boolean): Promise<Stage> {
    this.#started ??= this.#start();
    const live = await this.#started;
    if (focus) live.focus();
    return live;
  }

  /** After a failure: the next touch begins again. */
  forget(): void {
    this.#started = undefined;
    this.#worker = undefined;
  }

  async #start(): Promise<Stage> {
    const { startStage } = await this.load();
    if (this.#worker === undefined) throw new Error('this stage has no worker');
    return startStage(this.element, this.#worker);
  }

  /** What is typed at the invitation, or sent from the line of a phone, starts the terminal; a key is not lost. */
  #obeyFirstKeys(): void {
    this.element.querySelector('.invite')?.addEventListener('keydown', (event) => {
      if (!(event instanceof KeyboardEvent) || !isText(event)) return;
      const { key } = event;
      void this.open(true).then(async (live) => {
        await live.ready;
        live.type(key);
      });
    });
    const first = (event: Event): void => {
      event.preventDefault();
      void this.open(false);
    };
    this.element.querySelector('.compose')?.addEventListener('submit', first, { once: true });
  }
}

const isText = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean =>
  key.length === 1 && key !== ' ' && !ctrlKey && !metaKey && !altKey;

/** The stages of the page by world; one that is first wanted is made like the page's own, before that has come alive. */
export class Seats {
  readonly #template: HTMLElement | undefined;
  readonly #worlds: readonly string[];
  readonly #seats = new Map<string, Seat>();
  #shown: Seat | undefined;

  constructor(element: HTMLElement | null, worlds: readonly string[]) {
    this.#worlds = worlds;
    const [own = ''] = worlds;
    if (element === null) return;
    if (worlds.length > 1) this.#addTabs(element, own);
    const copy = element.cloneNode(true);
    this.#template = copy instanceof HTMLElement ? copy : undefined;
    this.#shown = new Seat(element);
    this.#seats.set(own, this.#shown);
  }

  get shown(): Seat | undefined {
    return this.#shown;
  }

  /** Puts the stage of a world in its place. */
  show(world: string): Seat | undefined {
    const seat = this.#seats.get(world) ?? this.#make(world);
    if (seat === undefined || seat === this.#shown) return seat;
    const size = this.#shown?.sheet.size ?? 'closed';
    if (this.#shown !== undefined) this.#shown.element.hidden = true;
    seat.element.hidden = false;
    seat.sheet.show(size);
    this.#shown = seat;
    return seat;
  }

  #make(world: string): Seat | undefined {
    const copy = this.#template?.cloneNode(true);
    if (!(copy instanceof HTMLElement)) return undefined;
    copy.dataset['world'] = world;
    copy.hidden = true;
    for (const part of copy.querySelectorAll('[id]')) part.id = `${part.id}-${world}`;
    for (const part of copy.querySelectorAll('[aria-controls]')) {
      part.setAttribute('aria-controls', `${part.getAttribute('aria-controls') ?? ''}-${world}`);
    }
    for (const tab of copy.querySelectorAll<HTMLElement>('.times button')) {
      tab.setAttribute('aria-pressed', String(tab.dataset['world'] === world));
    }
    this.#shown?.element.after(copy);
    const seat = new Seat(copy);
    this.#seats.set(world, seat);
    return seat;
  }

  /** The way from one stage to the other: the years of their worlds. */
  #addTabs(element: HTMLElement, own: string): void {
    const times = document.createElement('div');
    times.className = 'times';
    times.setAttribute('role', 'group');
    times.setAttribute('aria-label', 'Machines of');
    for (const world of this.#worlds) {
      const tab = document.createElement('button');
      tab.type = 'button';
      tab.className = 'btn bare';
      tab.dataset['world'] = world;
      tab.setAttribute('aria-pressed', String(world === own));
      tab.textContent = /\d{4}$/.exec(world)?.[0] ?? 'now';
      times.append(tab);
    }
    element.querySelector('.tabs .stop')?.before(times);
  }
}
