/** From a codec's spans to the fields of an anatomy: lengths become fields of their own, and blobs in strings are opened by their codec. */
import { utf8DecodeLossy } from '../wire/text.ts';
import type { Codec } from '../wire/codec.ts';
import type { Span } from '../wire/spans.ts';
import type { AnatomyField } from './anatomy.ts';
import { showValue } from './values.ts';
import { lengthWords, wordsOf, type FieldWords } from './words/index.ts';

/** A codec, and the name of its group in the table of words where that is not the codec's own. */
export interface ExplainedCodec {
  readonly codec: Codec<unknown>;
  readonly group?: string;
}

/** For the contents of one string, by `group.field` of the codec around it; undefined leaves it as bytes. */
export type Opener = (contents: Uint8Array) => ExplainedCodec | undefined;

/** What a codec was given, and where that lies. */
export interface CodedStretch extends ExplainedCodec {
  readonly bytes: Uint8Array;
  /** Index of the body, and the offset in it of the first byte. */
  readonly body: number;
  readonly offset: number;
  /** Opens the paths, instead of the codec's own name. */
  readonly path: string;
  /** What the whole is called and for: the group's own words if not given. */
  readonly words?: FieldWords;
  readonly openers?: ReadonlyMap<string, Opener>;
  /** The fields, as `group.field`, whose bytes are encrypted. */
  readonly encrypted?: ReadonlySet<string>;
}

/** The outermost group of a codec's bytes with its fields, as far as they can be read. */
export function describeStretch(stretch: CodedStretch): AnatomyField {
  const spans = stretch.codec.spans(stretch.bytes);
  const [root = { path: '', type: stretch.codec.type, start: 0, end: 0, depth: 0 }] = spans;
  const children = childrenOf({ spans, index: 0, stretch });
  return groupField({
    span: root,
    stretch,
    children,
    words: stretch.words ?? wordsOf('', groupOf(stretch)),
    path: stretch.path,
  });
}

function groupOf({ codec, group }: ExplainedCodec): string {
  return group ?? codec.type;
}

interface Place {
  readonly spans: readonly Span[];
  /** Of the parent. */
  readonly index: number;
  readonly stretch: CodedStretch;
}

function childrenOf({ spans, index, stretch }: Place): readonly AnatomyField[] {
  const parent = spans[index];
  const fields: AnatomyField[] = [];
  if (parent === undefined) return fields;
  for (let at = index + 1; at < spans.length && (spans[at]?.depth ?? 0) > parent.depth; at++) {
    const span = spans[at];
    if (span !== undefined && span.depth === parent.depth + 1)
      fields.push(...fieldsOf(parent, { spans, index: at, stretch }));
  }
  return fields;
}

/** One span as one field, or as two when a length stands in front. */
function fieldsOf(parent: Span, place: Place): readonly AnatomyField[] {
  const { spans, index, stretch } = place;
  const span = spans[index];
  if (span === undefined || isAbsent(span)) return [];
  const name = fieldName(span.path, parent.path);
  const path = joined(stretch.path, span.path.slice((spans[0]?.path ?? '').length));
  const group = parent.depth === 0 ? groupOf(stretch) : parent.type;
  const key = `${group}.${name}`;
  const words = wordsOf(group, name);
  const nested = childrenOf(place);
  const prefix = lengthSize(span, spans[index + 1]);
  const inner = { ...span, start: span.start + prefix };
  const own = opened({ key, inner, stretch, path });
  const children = own.length > 0 ? own : nested;
  const encrypted = stretch.encrypted?.has(key) === true;
  const field = isGroup(span, children)
    ? groupField({ span: inner, stretch, children, words, path })
    : leaf({ span: inner, stretch, words, path, encrypted });
  return prefix === 0 ? [field] : [lengthField({ span, stretch, path }), field];
}

/** What may stand at the end and does not: the tag of a cipher that has none, padding that nobody needs. */
function isAbsent({ type, start, end }: Span): boolean {
  return type === 'rest' && start === end;
}

function joined(path: string, rest: string): string {
  return rest.startsWith('.') || rest.startsWith('[') ? path + rest : `${path}.${rest}`;
}

/** The last part of a path: `keys[2]` in `keys` is `[]`. */
function fieldName(path: string, parentPath: string): string {
  const own = path.slice(parentPath.length).replace(/^\./, '');
  return own.startsWith('[') ? '[]' : own;
}

const lengthSizeBytes = 4;
const lengthPrefixed = /^(?:string|string\[\d+\]|utf8|name|name-list|mpint)$/;

/** 4 where the span begins with a uint32 length: strings do, and structs inside a string, whose first field starts after it. */
function lengthSize(span: Span, next: Span | undefined): number {
  if (span.end - span.start < lengthSizeBytes) return 0;
  if (lengthPrefixed.test(span.type)) return lengthSizeBytes;
  const holdsNext = next !== undefined && next.depth === span.depth + 1;
  return holdsNext && next.start === span.start + lengthSizeBytes ? lengthSizeBytes : 0;
}

interface Blob {
  readonly key: string;
  readonly inner: Span;
  readonly stretch: CodedStretch;
  readonly path: string;
}

function opened({ key, inner, stretch, path }: Blob): readonly AnatomyField[] {
  const contents = stretch.bytes.subarray(inner.start, inner.end);
  const opener = stretch.openers?.get(key)?.(contents);
  if (opener === undefined) return [];
  const { body, openers = new Map(), encrypted = new Set() } = stretch;
  const offset = stretch.offset + inner.start;
  return describeStretch({ ...opener, bytes: contents, body, offset, path, openers, encrypted }).children;
}

function isGroup(span: Span, children: readonly AnatomyField[]): boolean {
  return children.length > 0 || span.type.endsWith('...');
}

interface Part {
  readonly span: Span;
  readonly stretch: CodedStretch;
  readonly path: string;
  readonly words: FieldWords;
}

function bodySpan(span: Span, { body, offset }: CodedStretch): AnatomyField['span'] {
  return { body, start: offset + span.start, end: offset + span.end };
}

function groupField({
  span,
  stretch,
  path,
  words,
  children,
}: Part & { children: readonly AnatomyField[] }): AnatomyField {
  const { name, explanation } = words;
  const secret = words.secret === true || children.some((child) => child.secret);
  const where = bodySpan(span, stretch);
  return {
    name,
    path,
    type: span.type,
    span: where,
    value: undefined,
    explanation,
    secret,
    encrypted: false,
    children,
  };
}

function leaf({ span, stretch, path, words, encrypted }: Part & { encrypted: boolean }): AnatomyField {
  const { name, explanation, secret = false, shown } = words;
  const value = showValue(stretch.bytes.subarray(span.start, span.end), span.type, shown);
  return {
    name,
    path,
    type: span.type,
    span: bodySpan(span, stretch),
    value,
    explanation,
    secret,
    encrypted,
    children: [],
  };
}

function lengthField({ span, stretch, path }: Omit<Part, 'words'>): AnatomyField {
  const four = { ...span, type: 'uint32', end: span.start + lengthSizeBytes };
  return leaf({ span: four, stretch, path: `${path}#length`, words: lengthWords, encrypted: false });
}

/** The name of a key type at the start of a blob, for choosing its codec; empty when there is none. */
export function leadingName(blob: Uint8Array, offset = 0): string {
  const [a = 0, b = 0, c = 0, d = 0] = blob.subarray(offset, offset + lengthSizeBytes);
  const size = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
  return utf8DecodeLossy(blob.subarray(offset + lengthSizeBytes, offset + lengthSizeBytes + Math.min(size, 64)));
}
