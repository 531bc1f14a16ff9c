/**
 * A block whose command runs: what it does, and for how long it has been at work. The time stands beside the state, not in it: what is said
 * there is read out, and a time that goes on would be read out for ever.
 */
import { label, say } from './block-state.ts';

const tickMilliseconds = 100;
/** How long a command may take to end at ^C before the page says that it stays, and offers to turn the machines off. */
export const stopPatienceMilliseconds = 1000;

/** `0.2 s`, `12 s`, `2 min 5 s`: rounded down, as clocks do. */
export function formatElapsed(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  if (seconds >= 60) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return seconds >= 10 ? `${seconds} s` : `${(Math.floor(milliseconds / 100) / 10).toFixed(1)} s`;
}

export class Running {
  readonly element: HTMLElement;
  readonly host: string;
  readonly #time = document.createElement('span');
  /** At work until `#since`. */
  #milliseconds = 0;
  /** Since when it is at work again; undefined while it waits for the reader, whose time is not the command's. */
  #since: number | undefined;
  #ticks: number | undefined;
  #patience: number | undefined;
  #stayed = false;
  /** The words for what it does now are not there yet: a command that ends at once needs none. */
  #isDue = false;

  constructor(element: HTMLElement, host: string) {
    this.element = element;
    this.host = host;
    this.#time.className = 'elapsed';
    this.#time.setAttribute('role', 'timer');
    this.#time.setAttribute('aria-live', 'off');
    element.querySelector('.state')?.after(this.#time);
    this.work();
  }

  /** It is at work. */
  work(): void {
    if (this.#since !== undefined) return;
    this.#since = performance.now();
    this.#isDue = true;
    this.#stayed = false;
    this.#ticks = window.setInterval(() => this.#tick(), tickMilliseconds);
  }

  /** It waits until the reader types. */
  wait(): void {
    this.#rest();
    this.#say();
  }

  /** ^C was typed for it. */
  interrupted(): void {
    this.#patience ??= window.setTimeout(() => {
      this.#patience = undefined;
      this.#stayed = true;
      this.#say();
    }, stopPatienceMilliseconds);
  }

  /** Whether the button says that it turns the machines off. */
  get offersEnd(): boolean {
    return this.#stayed && this.#since !== undefined;
  }

  /** The words and the time are somebody else's from now on. */
  end(): void {
    this.#rest();
    window.clearTimeout(this.#patience);
    this.#patience = undefined;
    this.#time.remove();
  }

  #rest(): void {
    window.clearInterval(this.#ticks);
    if (this.#since !== undefined) this.#milliseconds += performance.now() - this.#since;
    this.#since = undefined;
    this.#time.textContent = '';
  }

  #tick(): void {
    if (this.#isDue) this.#say();
    this.#time.textContent = formatElapsed(this.#milliseconds + performance.now() - (this.#since ?? 0));
  }

  #say(): void {
    this.#isDue = false;
    const isAtWork = this.#since !== undefined;
    const does = isAtWork ? 'running' : 'waits for you to type';
    if (!this.#stayed) say(this.element, does);
    else say(this.element, isAtWork ? '^C did not end it' : `^C did not end it: it ${does}`);
    label(this.element, this.offersEnd ? 'Turn machines off' : 'Stop');
  }
}
