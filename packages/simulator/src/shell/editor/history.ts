/** Moving through the history while a line is edited: what was typed is kept, and so are edits of older lines. */

export interface HistoryPosition {
  readonly entries: readonly string[];
  /** `entries.length` is the new line. */
  readonly index: number;
  /** Lines as they were left, by index. */
  readonly edited: ReadonlyMap<number, string>;
}

export function atNewLine(entries: readonly string[]): HistoryPosition {
  return { entries, index: entries.length, edited: new Map() };
}

/** The text at a place, and the history there; `undefined` where there is none. */
export function goTo(
  position: HistoryPosition,
  index: number,
  current: string,
): { readonly position: HistoryPosition; readonly text: string } | undefined {
  if (index < 0 || index > position.entries.length || index === position.index) return undefined;
  const edited = new Map(position.edited).set(position.index, current);
  const text = edited.get(index) ?? position.entries[index] ?? '';
  return { position: { ...position, index, edited }, text };
}

export interface SearchHit {
  readonly index: number;
  readonly text: string;
  /** Where the sought text stands. */
  readonly at: number;
}

/** The newest entry, from `last` back, that holds `query`. */
export function searchBack(entries: readonly string[], query: string, last: number): SearchHit | undefined {
  for (let index = last; index >= 0; index--) {
    const text = entries[index] ?? '';
    const at = text.lastIndexOf(query);
    if (at !== -1) return { index, text, at };
  }
  return undefined;
}
