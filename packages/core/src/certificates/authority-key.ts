/** The public key of an authority where it stands in a certificate or a revocation list: of any key type, never a certificate. */
import { assert } from '../assertion.ts';
import { findPublicKeyType, type PublicKey } from '../keys/public-key-types/index.ts';
import { codec, type Codec } from '../wire/codec.ts';
import { name } from '../wire/primitives.ts';
import { Reader } from '../wire/reader.ts';

/** A public key blob without a length; `unknownType` says what is wrong with a key type that is none. */
export function authorityKey(unknownType: string): Codec<PublicKey> {
  return codec<PublicKey>({
    type: 'public key',
    read(reader) {
      const row = findPublicKeyType(nameAhead(reader));
      if (row === undefined) throw reader.error(unknownType);
      return row.publicKey.read(reader);
    },
    write(writer, key) {
      const row = findPublicKeyType(key.type);
      assert(row !== undefined, `the key type ${key.type} has no row`);
      row.publicKey.write(writer, key);
    },
  });
}

function nameAhead(reader: Reader): string {
  const ahead = new Reader(reader.bytes);
  ahead.offset = reader.offset;
  ahead.end = reader.end;
  return name.read(ahead);
}
