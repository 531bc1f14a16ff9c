/** The lines of armoured text as fields: BEGIN, headers, base64 with what it decodes to, END. */
import type { AnatomyField } from '../anatomy.ts';
import { armourLayout, base64Field, textField } from '../text-fields.ts';

export interface ArmouredContents {
  /** What the base64 decodes to. */
  readonly fields: readonly AnatomyField[];
  /** Whether all of the decoded bytes are encrypted. */
  readonly isEncrypted: boolean;
}

/** All lines of a file in armour. */
export function armourFields(file: Uint8Array, { fields, isEncrypted }: ArmouredContents): readonly AnatomyField[] {
  const { begin, headers, base64, end } = armourLayout(file);
  const found: AnatomyField[] = [];
  if (begin !== undefined) found.push(textField(file, { group: 'armour', field: 'begin', ...place(begin) }));
  for (const [index, header] of headers.entries()) {
    const name = /^[^:]*/.exec(header.text)?.[0] ?? '';
    const path = `armour.headers[${index}]`;
    found.push(textField(file, { group: 'armour header', field: name.toLowerCase(), path, ...place(header) }));
  }
  if (base64.length > 0) {
    const piece = { group: 'armour', field: 'base64', children: fields, encrypted: isEncrypted };
    found.push(base64Field(file, base64, piece));
  }
  if (end !== undefined) found.push(textField(file, { group: 'armour', field: 'end', ...place(end) }));
  return found;
}

function place({ start, end }: { readonly start: number; readonly end: number }): { start: number; end: number } {
  return { start, end };
}
