/** Codecs made of codecs: structs in wire order, lists, a codec inside a string, and messages told apart by a tag. */
import { assert } from '../assertion.ts';
import { codec, type Codec } from './codec.ts';
import { withinField } from './decode-error.ts';
import type { Reader } from './reader.ts';
import { Writer } from './writer.ts';

/** Fields by name; their order is the order of the bytes. */
export type Fields = Readonly<Record<string, Codec<unknown>>>;

/** The value of a struct with these fields. */
export type StructValue<F> = { readonly [K in keyof F]: F[K] extends Codec<infer T> ? T : never };

/**
 * Fields one after another. `name` opens the path in errors and spans when the struct is outermost: `kexinit.cookie`.
 *
 * @example
 * const disconnect = struct('disconnect', { number: messageNumber(1), reason: uint32, description: utf8, language: utf8 });
 * disconnect.encode({ number: 1, reason: 11, description: 'bye', language: '' });
 */
export function struct<const F extends Fields>(name: string, fields: F): Codec<StructValue<F>>;
export function struct(name: string, fields: Fields): Codec<Record<string, unknown>> {
  const entries = Object.entries(fields);
  return codec({
    type: name,
    named: true,
    read: (reader) => readFields(reader, entries),
    write(writer, value) {
      for (const [key, field] of entries) field.write(writer, value[key]);
    },
  });
}

type Entry = readonly [string, Codec<unknown>];

function readFields(reader: Reader, entries: readonly Entry[]): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  let current = '';
  try {
    for (const [key, field] of entries) {
      current = key;
      reader.recorder?.enter(key, field.type, reader.offset);
      value[key] = field.read(reader);
      reader.recorder?.leave(reader.offset);
    }
  } catch (error) {
    throw withinField(error, current);
  }
  return value;
}

/** A codec whose bytes stand inside a string; bytes left in that string are refused. */
export function inString<T>(inner: Codec<T>): Codec<T> {
  return codec({
    type: inner.type,
    read(reader) {
      const outerEnd = reader.enterString();
      const value = inner.read(reader);
      reader.leaveString(outerEnd);
      return value;
    },
    write(writer, value) {
      const mark = writer.beginString();
      inner.write(writer, value);
      writer.endString(mark);
    },
  });
}

/** How many items a list may have; more is refused before they are read. */
export interface ListLimit {
  readonly maximum: number;
}

/** Items one after another up to the end of the input, or of the string around. */
export function list<T>(item: Codec<T>, limit: ListLimit): Codec<readonly T[]> {
  return codec<readonly T[]>({
    type: `${item.type}...`,
    read(reader) {
      const items: T[] = [];
      while (reader.remaining > 0) {
        if (items.length === limit.maximum) throw reader.error(`expected at most ${limit.maximum} items`);
        items.push(readItem(reader, item, items.length));
      }
      return items;
    },
    write(writer, items) {
      for (const each of items) item.write(writer, each);
    },
  });
}

/** A uint32 count, then so many items. A count above the limit is refused before anything is read. */
export function countedList<T>(item: Codec<T>, limit: ListLimit): Codec<readonly T[]> {
  return codec<readonly T[]>({
    type: `uint32 count, ${item.type}...`,
    read(reader) {
      const start = reader.offset;
      const count = reader.uint32();
      if (count > limit.maximum) throw reader.error(`expected at most ${limit.maximum} items, found ${count}`, start);
      const items: T[] = [];
      for (let index = 0; index < count; index++) items.push(readItem(reader, item, index));
      return items;
    },
    write(writer, items) {
      assert(items.length <= limit.maximum, `${items.length} items are more than ${limit.maximum}`);
      writer.uint32(items.length);
      for (const each of items) item.write(writer, each);
    },
  });
}

function readItem<T>(reader: Reader, item: Codec<T>, index: number): T {
  try {
    reader.recorder?.enter(`[${index}]`, item.type, reader.offset);
    const value = item.read(reader);
    reader.recorder?.leave(reader.offset);
    return value;
  } catch (error) {
    throw withinField(error, `[${index}]`);
  }
}

/** A value or, where the input ends before it, undefined: for fields that only newer peers send. */
export function optional<T>(inner: Codec<T>): Codec<T | undefined> {
  return codec({
    type: inner.type,
    read: (reader) => (reader.remaining === 0 ? undefined : inner.read(reader)),
    write(writer, value) {
      if (value !== undefined) inner.write(writer, value);
    },
  });
}

/** Both ways between what stands on the wire and what the program wants. */
export interface Mapping<W, T> {
  /** Throw `reader.error(...)` for what is well formed but not allowed. */
  from(wire: W, reader: Reader): T;
  to(value: T): W;
}

/** A codec of something else than what stands on the wire. */
export function mapped<W, T>(inner: Codec<W>, mapping: Mapping<W, T>): Codec<T> {
  return codec({
    type: inner.type,
    named: inner.named === true,
    read: (reader) => mapping.from(inner.read(reader), reader),
    write: (writer, value) => inner.write(writer, mapping.to(value)),
  });
}

/** A codec that refuses some values: `check` gives the reason, or undefined. The error's offset is the value's first byte. */
export function checked<T>(inner: Codec<T>, check: (value: T) => string | undefined): Codec<T> {
  return codec({
    type: inner.type,
    named: inner.named === true,
    read(reader) {
      const start = reader.offset;
      const value = inner.read(reader);
      const reason = check(value);
      if (reason !== undefined) throw reader.error(reason, start);
      return value;
    },
    write: (writer, value) => inner.write(writer, value),
  });
}

/** The bytes that several fields make when written one after another. */
export function encodeWith(write: (writer: Writer) => void): Uint8Array<ArrayBuffer> {
  const writer = new Writer();
  write(writer);
  return writer.finish();
}
