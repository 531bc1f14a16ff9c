/** The lines in the terminal's margin: by which way each row came. A row is whose first sign it has; where one types at home, there is none. */
import type { OutputPiece, Party } from './carriers.ts';
import type { PageTerminal, Rail } from './terminal.ts';

/** Rows of one piece of output that get their line drawn; a flood needs none. */
const maximumRows = 60;

interface Row {
  readonly party: Party;
  rail: Rail | undefined;
}

export class Rails {
  readonly #terminal: PageTerminal;
  /** The caret's row; undefined while nothing stands in it. */
  #row: Row | undefined;

  constructor(terminal: PageTerminal) {
    this.#terminal = terminal;
  }

  /** Resolves when the piece is on the screen, with its lines. */
  async write({ bytes, from }: OutputPiece): Promise<void> {
    const rows = await this.#terminal.write(bytes);
    if (rows < 0 && this.#row?.rail !== undefined) this.#row = undefined;
    for (let above = Math.min(Math.max(rows, 0), maximumRows); above >= 0; above -= 1) {
      const isNew = above < rows;
      if (isNew && !this.#terminal.isWrapped(above)) this.#row = undefined;
      if (isNew || this.#row === undefined) this.#mark(from, above);
    }
  }

  /** The caret's row is a prompt of the reader's own machine. */
  promptAtHome(): void {
    this.#row?.rail?.remove();
    this.#row = { party: 'client', rail: undefined };
  }

  /** A row that goes on from the one above is as that one. */
  #mark(from: Party, above: number): void {
    if (above === 0 && this.#terminal.isRowEmpty) return;
    if (this.#row === undefined) this.#row = { party: from, rail: this.#terminal.drawRail(from, above) };
    else if (this.#row.rail !== undefined) this.#row.rail = this.#terminal.drawRail(this.#row.party, above);
  }
}
