/** The terminal's text for assistive technology: a log of finished lines, and of the line at which the reader is asked to type. */

const keptLines = 400;

export class Twin {
  readonly #log: HTMLElement;
  /** How many lines of the screen's text are in the log. */
  #told = 0;
  /** The element of an unfinished line: a prompt or a question. */
  #open: HTMLElement | undefined;

  constructor(parent: HTMLElement, label: string) {
    this.#log = document.createElement('div');
    this.#log.className = 'vh twin';
    this.#log.setAttribute('role', 'log');
    this.#log.setAttribute('aria-label', label);
    parent.append(this.#log);
  }

  /** Takes over what is new in `lines`; the last one only when the reader is `asked` to type. */
  update(lines: readonly string[], asked: boolean): void {
    const last = lines.length - 1;
    for (; this.#told < last; this.#told += 1) this.#tell(lines[this.#told] ?? '', true);
    if (asked) this.#tell(lines[last] ?? '', false);
    while (this.#log.childElementCount > keptLines) this.#log.firstElementChild?.remove();
  }

  get text(): string {
    return [...this.#log.children].map((line) => line.textContent).join('\n');
  }

  #tell(text: string, finished: boolean): void {
    const line = this.#open ?? this.#log.appendChild(document.createElement('div'));
    if (line.textContent !== text) line.textContent = text;
    this.#open = finished ? undefined : line;
  }
}
