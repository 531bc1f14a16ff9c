/**
 * The fields of a public key without its key type in front, as certificates hold them (PROTOCOL.certkeys): read and written by the key
 * type's own codec, which is given the name that it expects.
 */
import type { AnyPublicKeyType, PublicKey } from '../keys/public-key-types/index.ts';
import { concatBytes } from '../wire/bytes.ts';
import { codec, type Codec } from '../wire/codec.ts';
import { DecodeError } from '../wire/decode-error.ts';
import { name } from '../wire/primitives.ts';
import { Reader } from '../wire/reader.ts';
import { SpanRecorder } from '../wire/spans.ts';

export function publicKeyFields(row: AnyPublicKeyType): Codec<PublicKey> {
  const head = name.encode(row.name);
  return codec({
    type: row.name,
    read: (reader) => readFields(reader, head, row),
    write: (writer, key) => writer.raw(row.publicKey.encode(key).subarray(head.length)),
  });
}

/** Reads a copy that begins with the name; offsets and spans are those of the certificate. */
function readFields(reader: Reader, head: Uint8Array, row: AnyPublicKeyType): PublicKey {
  const { offset, recorder } = reader;
  const shift = offset - head.length;
  const named = concatBytes(head, reader.bytes.subarray(offset, reader.end));
  const inner = new Reader(named, recorder && new ShiftedRecorder(recorder, shift, head.length));
  try {
    const key = row.publicKey.read(inner);
    reader.offset = shift + inner.offset;
    return key;
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    throw new DecodeError(error.reason, { path: error.path, offset: shift + error.offset });
  }
}

/** Passes on what it hears, moved, but for the name, which does not stand in the certificate. */
class ShiftedRecorder extends SpanRecorder {
  readonly #outer: SpanRecorder;
  readonly #shift: number;
  readonly #headSize: number;
  #inHead = false;

  constructor(outer: SpanRecorder, shift: number, headSize: number) {
    super();
    this.#outer = outer;
    this.#shift = shift;
    this.#headSize = headSize;
  }

  override enter(field: string, type: string, start: number): void {
    this.#inHead = start < this.#headSize;
    if (!this.#inHead) this.#outer.enter(field, type, this.#shift + start);
  }

  override leave(end: number): void {
    if (!this.#inHead) this.#outer.leave(this.#shift + end);
    this.#inHead = false;
  }
}
