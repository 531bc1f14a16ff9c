/** Signatures of `ssh-keygen -Y sign` (PROTOCOL.sshsig). */
import { decodePem, pemLabelOf } from '../../keys/formats/pem.ts';
import { sshsigBlob } from '../../signatures/sshsig.ts';
import type { Anatomy } from '../anatomy.ts';
import { faultOf } from '../faults.ts';
import { blobOpeners } from '../key-codecs.ts';
import { describeStretch } from '../span-fields.ts';
import { armourLayout, decodableBytes, spansOfLines } from '../text-fields.ts';
import { armourFields } from './armour.ts';

/** Whether a file begins as one. */
export function isSshsig(file: Uint8Array): boolean {
  return pemLabelOf(file) === 'SSH SIGNATURE';
}

export function describeSshsig(file: Uint8Array): Anatomy {
  let bytes = decodableBytes(armourLayout(file).base64);
  const fault = faultOf(() => {
    bytes = new Uint8Array(decodePem(file).body);
    return sshsigBlob.decode(bytes);
  });
  const codec = sshsigBlob;
  const signature = describeStretch({ codec, bytes, body: 1, offset: 0, path: codec.type, openers: blobOpeners });
  return {
    kind: 'sshsig',
    title: 'SSH signature of a file',
    bodies: [
      { title: 'the file', bytes: file, origin: { encoding: 'file' } },
      {
        title: 'the signature, decoded',
        bytes,
        origin: { encoding: 'base64', lines: spansOfLines(armourLayout(file).base64) },
      },
    ],
    fields: armourFields(file, { fields: bytes.length === 0 ? [] : [signature], isEncrypted: false }),
    fault,
    isPrivate: false,
  };
}
