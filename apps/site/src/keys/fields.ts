/** Fields of an anatomy for views: flat rows for the list, owners for the bytes, and stretches of the file's own text. */
import type { Anatomy, AnatomyField } from '@seashell/core/anatomy';

/** How the bytes of a field are underlined: 1, 2 or 4 px, or double where they are sealed. */
export type Mark = 'length' | 'name' | 'value' | 'sealed';

export interface FieldRow {
  readonly field: AnatomyField;
  readonly depth: number;
  readonly mark: Mark;
}

/** Files above this are shown without marks in their text. */
const mostMarkedBytes = 64 * 1024;
const textTypes: ReadonlySet<string> = new Set(['name', 'name-list', 'text', 'utf8', 'ascii', 'constant']);

export function isLength(field: AnatomyField): boolean {
  return field.path.endsWith('#length');
}

function markOf(field: AnatomyField): Mark {
  if (field.encrypted) return 'sealed';
  if (isLength(field)) return 'length';
  return textTypes.has(field.type) ? 'name' : 'value';
}

/** Every field, parents before their children. */
export function fieldRows(fields: readonly AnatomyField[], depth = 0): readonly FieldRow[] {
  return fields.flatMap((field) => [{ field, depth, mark: markOf(field) }, ...fieldRows(field.children, depth + 1)]);
}

export function findField(anatomy: Anatomy, path: string | undefined): AnatomyField | undefined {
  if (path === undefined) return undefined;
  return fieldRows(anatomy.fields).find(({ field }) => field.path === path)?.field;
}

/** The innermost field of each byte of a body; undefined where there is none. */
export function ownersOf(anatomy: Anatomy, body: number): readonly (FieldRow | undefined)[] {
  const owners = Array.from<FieldRow | undefined>({ length: anatomy.bodies[body]?.bytes.length ?? 0 });
  for (const row of fieldRows(anatomy.fields)) {
    const { span } = row.field;
    if (span.body === body) owners.fill(row, span.start, span.end);
  }
  return owners;
}

/** Whether `field` is the selected one or lies inside it. */
export function isWithin(field: AnatomyField, selected: AnatomyField | undefined): boolean {
  return selected !== undefined && (field === selected || selected.children.some((child) => isWithin(field, child)));
}

/** Lists of this many rows, or more, are folded. */
const fewestFolded = 9;
const mostNamed = 6;

/** Lists that would fill the page: the extensions of a certificate, the serials of a revocation list. The outermost ones only. */
export function foldsOf(rows: readonly FieldRow[]): readonly FieldRow[] {
  const long = rows.filter(
    ({ field }) => field.type.endsWith('...') && fieldRows(field.children).length >= fewestFolded,
  );
  return long.filter(({ field }) => !long.some((other) => other.field !== field && isWithin(field, other.field)));
}

/** What is folded away, by the first thing that each entry says. */
export function summaryOfFold(field: AnatomyField): string {
  const entries = field.children.filter((child) => !isLength(child));
  const words = entries.map((entry) => {
    const leaves = fieldRows([entry]).filter((row) => !isLength(row.field) && row.field.value !== undefined);
    return leaves[0]?.field.value ?? entry.name;
  });
  const more = words.length > mostNamed ? ` and ${words.length - mostNamed} more` : '';
  return `${words.slice(0, mostNamed).join(', ')}${more}`;
}

/** The body whose bytes a reader wants to see first: the first that came out of the file, else the file. */
export function firstBody(anatomy: Anatomy): number {
  const decoded = anatomy.bodies.findIndex(({ origin }) => origin.encoding === 'base64');
  return Math.max(0, decoded);
}

/** A stretch of the file's text, and the field it belongs to. */
export interface TextStretch {
  readonly text: string;
  readonly row: FieldRow | undefined;
}

const bitsPerCharacter = 6;

/** For each byte of the file, its field: of base64, the field in which the character's first bit lies. */
function fileOwners(anatomy: Anatomy): (FieldRow | undefined)[] {
  const owners = [...ownersOf(anatomy, 0)];
  anatomy.bodies.forEach(({ origin }, body) => {
    if (origin.encoding !== 'base64') return;
    const inside = ownersOf(anatomy, body);
    let character = 0;
    for (const line of origin.lines) {
      if (line.body !== 0) return;
      for (let at = line.start; at < line.end; at += 1) {
        owners[at] = inside[Math.floor((bitsPerCharacter * character) / 8)];
        character += 1;
      }
    }
  });
  return owners;
}

const decoder = new TextDecoder();
/** As a text area has it: it knows one kind of line end. */
const areaText = (bytes: Uint8Array): string => decoder.decode(bytes).replaceAll(/\r\n?/g, '\n');

export interface FileText {
  readonly bytes: Uint8Array;
  readonly anatomy: Anatomy | undefined;
  /** Where the anatomy's first body starts in the bytes. */
  readonly startBytes: number;
}

/** The text of the file in stretches of one field each; together they are the text that a text area shows. */
export function textStretches({ bytes, anatomy, startBytes }: FileText): readonly TextStretch[] {
  if (anatomy === undefined || bytes.length > mostMarkedBytes) return [{ text: areaText(bytes), row: undefined }];
  const owners = fileOwners(anatomy);
  const ownerAt = (at: number): FieldRow | undefined => owners[at - startBytes];
  const stretches: TextStretch[] = [];
  let start = 0;
  for (let at = 1; at <= bytes.length; at += 1) {
    const goesOn = at < bytes.length && (ownerAt(at) === ownerAt(start) || isInsideCharacter(bytes, at));
    if (goesOn) continue;
    stretches.push({ text: areaText(bytes.subarray(start, at)), row: ownerAt(start) });
    start = at;
  }
  return stretches;
}

/** Never between the bytes of one character of UTF-8, nor between a carriage return and its line feed. */
function isInsideCharacter(bytes: Uint8Array, at: number): boolean {
  const byte = bytes[at] ?? 0;
  return (byte & 0xc0) === 0x80 || (byte === 0x0a && bytes[at - 1] === 0x0d);
}
