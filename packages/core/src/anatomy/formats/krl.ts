/** Key revocation lists of `ssh-keygen -k` (PROTOCOL.krl). */
import { krlFile } from '../../files/krl-codec.ts';
import { equalBytes } from '../../wire/bytes.ts';
import { utf8Encode } from '../../wire/text.ts';
import type { Anatomy } from '../anatomy.ts';
import { faultOf } from '../faults.ts';
import { publicBlobCodec } from '../key-codecs.ts';
import { describeStretch, type Opener } from '../span-fields.ts';

const magic = utf8Encode('SSHKRL\n\0');
/** The only list of strings in it is that of the keys; no authority, for any, is an empty one. */
const openers = new Map<string, Opener>([
  ['string....[]', publicBlobCodec],
  ['revoked.authority', (blob) => (blob.length === 0 ? undefined : publicBlobCodec(blob))],
]);

/** Whether a file begins as one. */
export function isKrl(file: Uint8Array): boolean {
  return equalBytes(file.subarray(0, magic.length), magic);
}

export function describeKrl(file: Uint8Array): Anatomy {
  const list = describeStretch({ codec: krlFile, bytes: file, body: 0, offset: 0, path: krlFile.type, openers });
  return {
    kind: 'krl',
    title: 'Key revocation list',
    bodies: [{ title: 'the file', bytes: file, origin: { encoding: 'file' } }],
    fields: [list],
    fault: faultOf(() => krlFile.decode(file)),
    isPrivate: false,
  };
}
