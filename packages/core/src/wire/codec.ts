/**
 * A format is a value: one codec decodes, encodes, and tells where each field lies in the bytes. Codecs are made of codecs;
 * what is malformed is a DecodeError, what cannot be encoded is our own bug.
 */
import { withinField } from './decode-error.ts';
import { Reader } from './reader.ts';
import { SpanRecorder, type Span } from './spans.ts';
import { Writer } from './writer.ts';

/** What a new kind of codec has to say. */
export interface CodecDefinition<T> {
  /** RFC 4251's word for it, like `uint32`; a struct's own name. */
  readonly type: string;
  /** Whether `type` is the name of a thing and so opens the path in errors and spans. */
  readonly named?: boolean;
  read(reader: Reader): T;
  write(writer: Writer, value: T): void;
}

/** One format, as a value. Byte arrays in decoded values are views of the input: copy what outlives it. */
export interface Codec<T> extends CodecDefinition<T> {
  /** The value of exactly these bytes. Throws DecodeError; bytes after the value are refused. */
  decode(bytes: Uint8Array): T;
  /** The value at the start of these bytes, and how many it took. Throws DecodeError. */
  decodePrefix(bytes: Uint8Array): { readonly value: T; readonly size: number };
  /** The bytes of a value, in an array of their own. */
  encode(value: T): Uint8Array<ArrayBuffer>;
  /** Where each field lies, parents before their fields; up to the first malformed field. Never throws for bytes. */
  spans(bytes: Uint8Array): readonly Span[];
}

/** The type of the values of a codec. */
export type ValueOf<C> = C extends Codec<infer T> ? T : never;

/** Makes a codec from how to read and how to write. */
export function codec<T>(definition: CodecDefinition<T>): Codec<T> {
  return {
    ...definition,
    decode: (bytes) => decodeAll(definition, bytes),
    decodePrefix: (bytes) => decodePrefix(definition, bytes),
    encode: (value) => encode(definition, value),
    spans: (bytes) => spans(definition, bytes),
  };
}

function pathName<T>(definition: CodecDefinition<T>): string {
  return definition.named === true ? definition.type : '';
}

function decodeAll<T>(definition: CodecDefinition<T>, bytes: Uint8Array): T {
  const reader = new Reader(bytes);
  try {
    const value = definition.read(reader);
    reader.expectEnd();
    return value;
  } catch (error) {
    throw withinField(error, pathName(definition));
  }
}

function decodePrefix<T>(definition: CodecDefinition<T>, bytes: Uint8Array): { value: T; size: number } {
  const reader = new Reader(bytes);
  try {
    const value = definition.read(reader);
    return { value, size: reader.offset };
  } catch (error) {
    throw withinField(error, pathName(definition));
  }
}

/** One writer is kept for the next encoding, since a fresh array costs more than most messages. */
let spareWriter: Writer | undefined;
const initialCapacity = 2048;
const maximumSpareCapacity = 64 * 1024;

function encode<T>(definition: CodecDefinition<T>, value: T): Uint8Array<ArrayBuffer> {
  const writer = spareWriter ?? new Writer(initialCapacity);
  spareWriter = undefined;
  definition.write(writer, value);
  const bytes = writer.finish();
  if (writer.capacity <= maximumSpareCapacity) spareWriter = writer;
  return bytes;
}

function spans<T>(definition: CodecDefinition<T>, bytes: Uint8Array): readonly Span[] {
  const recorder = new SpanRecorder();
  const reader = new Reader(bytes, recorder);
  recorder.enter(pathName(definition), definition.type, 0);
  try {
    definition.read(reader);
  } catch (error) {
    if (withinField(error, 'x') === error) throw error;
  }
  recorder.leaveAll(reader.offset);
  return recorder.spans;
}
