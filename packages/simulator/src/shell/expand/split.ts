/** Word splitting by IFS (bash(1), Word Splitting): fragments of one word become the fragments of several. */
import type { Fragment } from './pattern.ts';

interface Splitter {
  readonly whitespace: string;
  readonly separators: string;
  readonly fields: Fragment[][];
  /** A field has begun, though it may still be empty. */
  open: boolean;
  /** White space was met since the last field, and a separator may belong to it. */
  afterField: boolean;
}

function append(splitter: Splitter, fragment: Fragment): void {
  if (!splitter.open) splitter.fields.push([]);
  splitter.open = true;
  splitter.afterField = false;
  splitter.fields.at(-1)?.push(fragment);
}

function separate(splitter: Splitter, character: string): void {
  if (splitter.whitespace.includes(character)) {
    splitter.afterField ||= splitter.open;
    splitter.open = false;
    return;
  }
  if (!splitter.open && !splitter.afterField) splitter.fields.push([]);
  splitter.open = false;
  splitter.afterField = false;
}

function splitFragment(splitter: Splitter, fragment: Fragment): void {
  let text = '';
  for (const character of fragment.text) {
    if (!splitter.whitespace.includes(character) && !splitter.separators.includes(character)) {
      text += character;
      continue;
    }
    if (text !== '') append(splitter, { text, quoted: false });
    text = '';
    separate(splitter, character);
  }
  if (text !== '') append(splitter, { text, quoted: false });
}

/** Splits what unquoted expansions gave; quoted text, even when empty, keeps a word. */
export function splitFields(fragments: readonly Fragment[], ifs = ' \t\n'): readonly (readonly Fragment[])[] {
  const whitespace = Array.from(ifs)
    .filter((character) => ' \t\n'.includes(character))
    .join('');
  const separators = Array.from(ifs)
    .filter((character) => !whitespace.includes(character))
    .join('');
  const splitter: Splitter = { whitespace, separators, fields: [], open: false, afterField: false };
  for (const fragment of fragments) {
    if (fragment.boundary) splitter.open = false;
    else if (fragment.split) splitFragment(splitter, fragment);
    else if (fragment.text !== '' || fragment.quoted) append(splitter, fragment);
  }
  return splitter.fields;
}
