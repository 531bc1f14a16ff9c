/** Fields that are text in the file itself: lines, headers, words. Their spans lie in body 0. */
import { base64Decode } from '../wire/base64.ts';
import { asciiDecode } from '../wire/text.ts';
import { splitTextLines, type TextLine } from '../keys/formats/text-lines.ts';
import type { AnatomyField, ByteSpan } from './anatomy.ts';
import { showValue } from './values.ts';
import { wordsOf } from './words/index.ts';

/** What a piece of text is. */
export interface TextPiece {
  /** The row of words: `group.field`. */
  readonly group: string;
  readonly field: string;
  /** `group.field` if not given. */
  readonly path?: string;
  readonly start: number;
  readonly end: number;
  readonly children?: readonly AnatomyField[];
  readonly encrypted?: boolean;
}

/** A piece of the file's text as a field. */
export function textField(file: Uint8Array, piece: TextPiece): AnatomyField {
  const { group, field, start, end, children = [], encrypted = false } = piece;
  const { name, explanation, secret = false } = wordsOf(group, field);
  return {
    name,
    path: piece.path ?? `${group}.${field}`,
    type: 'text',
    span: { body: 0, start, end },
    value: showValue(file.subarray(start, end), 'utf8'),
    explanation,
    secret: secret || children.some((child) => child.secret),
    encrypted,
    children,
  };
}

/** Where armoured text has what. */
export interface ArmourLayout {
  readonly begin: TextLine | undefined;
  readonly headers: readonly TextLine[];
  readonly base64: readonly TextLine[];
  readonly end: TextLine | undefined;
}

const dashes = /^-----? ?(?:BEGIN|END) /;

/** The lines of armoured text by what they are. Whether they are right is for the format's own reader to say. */
export function armourLayout(file: Uint8Array): ArmourLayout {
  const lines = splitTextLines(file);
  const [begin, ...rest] = lines;
  const last = rest.findIndex((line) => dashes.test(line.text));
  const inside = last < 0 ? rest : rest.slice(0, last);
  const firstBase64 = inside.findIndex((line, index) => isBase64Line(inside, index) && line.text !== '');
  const bodyStart = firstBase64 < 0 ? inside.length : firstBase64;
  return {
    begin: begin !== undefined && dashes.test(begin.text) ? begin : undefined,
    headers: inside.slice(0, bodyStart).filter((line) => line.text !== ''),
    base64: inside.slice(bodyStart).filter((line) => line.text !== ''),
    end: last < 0 ? undefined : rest[last],
  };
}

/** Not a header, and not the continuation of one. */
function isBase64Line(lines: readonly TextLine[], index: number): boolean {
  return !lines[index]?.text.includes(':') && !lines[index - 1]?.text.endsWith('\\');
}

const blanks = /[ \t]+/g;

/** What lines of base64 hold, as far as they can be decoded: of a file that was cut off, what is there. */
export function decodableBytes(lines: readonly TextLine[]): Uint8Array<ArrayBuffer> {
  const text = lines.map((line) => line.text.replaceAll(blanks, '')).join('');
  const characters = /^[A-Za-z0-9+/]*/.exec(text)?.[0] ?? '';
  const padded = characters.padEnd(Math.ceil(characters.length / 4) * 4, '=');
  const whole = characters.slice(0, characters.length - (characters.length % 4));
  return new Uint8Array(base64Decode(padded) ?? base64Decode(whole) ?? []);
}

/** The stretches of the file that these lines are. */
export function spansOfLines(lines: readonly TextLine[]): readonly ByteSpan[] {
  return lines.map(({ start, end }) => ({ body: 0, start, end }));
}

/** The field of several lines of base64 with what they decode to. */
export function base64Field(
  file: Uint8Array,
  lines: readonly TextLine[],
  piece: Omit<TextPiece, 'start' | 'end'>,
): AnatomyField {
  const start = lines[0]?.start ?? 0;
  const field = textField(file, { ...piece, start, end: lines.at(-1)?.end ?? start });
  return { ...field, type: 'base64', value: asciiDecode(file.subarray(start, field.span.end)) ?? field.value };
}
