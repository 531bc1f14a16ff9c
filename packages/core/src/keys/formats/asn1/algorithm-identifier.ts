/** AlgorithmIdentifier (RFC 5280 section 4.1.1.2): an object identifier, and parameters whose form it decides. */
import type { Codec, ValueOf } from '../../../wire/codec.ts';
import { rest } from '../../../wire/primitives.ts';
import { decodeWithin } from '../decode-within.ts';
import { nullElement, objectIdentifier, sequence } from '../der.ts';

/** `parameters` are one element or none, still encoded. */
export const algorithmIdentifier = sequence('AlgorithmIdentifier', { algorithm: objectIdentifier, parameters: rest });

export type AlgorithmIdentifier = ValueOf<typeof algorithmIdentifier>;

/** The parameters NULL. */
export const nullParameters: Uint8Array = nullElement.encode(null);

export const noParameters: Uint8Array = new Uint8Array();

/** A stretch of a decoded body: `part` is a view of `whole`. */
export interface Part {
  readonly whole: Uint8Array;
  readonly part: Uint8Array;
  /** What errors in it say before their own path. */
  readonly path: string;
}

/** Decodes a stretch; errors tell the offset in the whole. */
export function decodePart<T>({ whole, part, path }: Part, format: Pick<Codec<T>, 'decode'>): T {
  return decodeWithin(
    path,
    () => part.byteOffset - whole.byteOffset,
    () => format.decode(part),
  );
}
