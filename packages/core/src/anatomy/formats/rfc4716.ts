/** Public key files of RFC 4716. */
import { decodePublicKey } from '../../keys/public-key.ts';
import { decodeRfc4716 } from '../../keys/formats/rfc4716.ts';
import type { Anatomy } from '../anatomy.ts';
import { faultOf } from '../faults.ts';
import { blobOpeners, publicBlobCodec } from '../key-codecs.ts';
import { describeStretch } from '../span-fields.ts';
import { armourLayout, decodableBytes, spansOfLines } from '../text-fields.ts';
import { wordsOf } from '../words/index.ts';
import { armourFields } from './armour.ts';

export function describeRfc4716(file: Uint8Array): Anatomy {
  let blob = decodableBytes(armourLayout(file).base64);
  const fault = faultOf(() => {
    blob = new Uint8Array(decodeRfc4716(file).blob);
    return decodePublicKey(blob);
  });
  const lines = spansOfLines(armourLayout(file).base64);
  const explained = publicBlobCodec(blob);
  const stretch = { ...explained, bytes: blob, body: 1, offset: 0, path: explained.codec.type, openers: blobOpeners };
  const key = describeStretch({ ...stretch, words: wordsOf('blob', 'publicKey') });
  return {
    kind: 'rfc4716',
    title: 'Public key in the format of RFC 4716',
    bodies: [
      { title: 'the file', bytes: file, origin: { encoding: 'file' } },
      { title: 'the key, decoded', bytes: blob, origin: { encoding: 'base64', lines } },
    ],
    fields: armourFields(file, { fields: blob.length === 0 ? [] : [key], isEncrypted: false }),
    fault,
    isPrivate: false,
  };
}
