/** From the spans of DER codecs to fields: tag and length of an element become a field of their own before its contents. */
import { objectIdentifier } from '../keys/formats/der.ts';
import { concatBytes } from '../wire/bytes.ts';
import type { AnatomyField } from './anatomy.ts';
import { describeStretch, type CodedStretch } from './span-fields.ts';
import { showValue } from './values.ts';
import { wordsOf } from './words/index.ts';

const tags: ReadonlyMap<string, number> = new Map([
  ['INTEGER', 0x02],
  ['BIT STRING', 0x03],
  ['OCTET STRING', 0x04],
  ['NULL', 0x05],
  ['OBJECT IDENTIFIER', 0x06],
]);
const sequenceTag = 0x30;
const bitStringTag = 0x03;

/** As `describeStretch`, for a codec of DER. `nested` opens the contents of an element, by its path. */
export function describeDer(
  stretch: CodedStretch,
  nested: ReadonlyMap<string, CodedStretch['codec']> = new Map(),
): AnatomyField {
  const root = describeStretch(stretch);
  return withHeader(root, stretch, nested)[1] ?? root;
}

/** The element's header, if it has one, and the element without it. */
function withHeader(
  field: AnatomyField,
  stretch: CodedStretch,
  nested: ReadonlyMap<string, CodedStretch['codec']>,
): readonly AnatomyField[] {
  const { span, path, type } = field;
  const bytes = stretch.bytes.subarray(span.start - stretch.offset, span.end - stretch.offset);
  const isGroup = field.children.length > 0;
  const isElement = bytes.length > 1 && bytes[0] === (isGroup ? sequenceTag : tags.get(type));
  const size = isElement ? headerSize(bytes) : 0;
  const inner = { ...span, start: span.start + size };
  const children = field.children
    .filter((child) => child.span.end > child.span.start)
    .flatMap((child) => withHeader(child, stretch, nested));
  if (size === 0) return [{ ...field, children }];
  const header = headerField(field, size, bytes);
  if (isGroup)
    return [header, { ...field, span: inner, children: [header, ...children] }].slice(path === stretch.path ? 0 : 1);
  const contents = bytes.subarray(size);
  const codec = nested.get(path);
  const opened =
    codec === undefined
      ? []
      : [describeDer({ ...stretch, codec, bytes: contents, offset: inner.start, path: `${path}.contents` }, nested)];
  return [header, { ...field, span: inner, value: showContents(contents, type), children: opened }];
}

/** Tag, length, and of a BIT STRING the count of unused bits. */
function headerSize(bytes: Uint8Array): number {
  const length = bytes[1] ?? 0;
  return 2 + (length < 0x80 ? 0 : length - 0x80) + (bytes[0] === bitStringTag ? 1 : 0);
}

function headerField(field: AnatomyField, size: number, bytes: Uint8Array): AnatomyField {
  const { start, body } = field.span;
  return {
    ...wordsOf('der', 'header'),
    path: `${field.path}#header`,
    type: 'tag and length',
    span: { body, start, end: start + size },
    value: showValue(bytes.subarray(0, size), 'hex'),
    secret: false,
    encrypted: false,
    children: [],
  };
}

function showContents(contents: Uint8Array, type: string): string {
  if (type !== 'OBJECT IDENTIFIER') return showValue(contents, type);
  return objectIdentifier.decode(concatBytes(Uint8Array.of(tags.get(type) ?? 0, contents.length), contents));
}
