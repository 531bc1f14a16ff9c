/**
 * The one table of what fields are called and what they are for, by `group.field`: the group is the codec's own name, so a key's
 * fields are explained once wherever the key stands. A test demands a row for every field.
 */
import { certificateFields } from './certificates.ts';
import { derFields } from './der.ts';
import type { FieldWords } from './field-words.ts';
import { keyFields } from './keys.ts';
import { opensshFields } from './openssh.ts';
import { ppkFields } from './ppk.ts';
import { signatureAndRevocationFields } from './signatures-and-revocations.ts';
import { textFields } from './text.ts';

export { lengthWords, type FieldWords } from './field-words.ts';

/** Whole parts, and the items of lists. */
const groups: Readonly<Record<string, FieldWords>> = {
  'utf8....[]': { name: 'key ID', explanation: 'The name that the authority gave the certificate.', shown: 'text' },
  'string....[]': { name: 'key', explanation: 'A public key as it stands in key files, in bytes.' },
  'string[20]....[]': { name: 'digest', explanation: "SHA-1 of a key's blob, which OpenSSH still reads." },
  'string[32]....[]': { name: 'digest', explanation: "SHA-256 of a key's blob: what a fingerprint shows in base64." },
  'blob.publicKey': {
    name: 'public key',
    explanation:
      'The bytes that fingerprints are made of: strings and numbers, each with its length in front (RFC 4253).',
  },
  'blob.certificate': {
    name: 'certificate',
    explanation: 'A public key, what an authority says about it, and the signature of that authority.',
  },
  'openssh-key-v1': {
    name: 'openssh-key-v1',
    explanation: 'The format of ssh-keygen since OpenSSH 6.5 (PROTOCOL.key).',
  },
  privateSection: {
    name: 'private part, decrypted',
    explanation: 'What stands behind the encryption: check numbers, the key, its comment, padding.',
    secret: true,
  },
};

const words: ReadonlyMap<string, FieldWords> = new Map(
  Object.entries({
    ...groups,
    ...signatureAndRevocationFields,
    ...keyFields,
    ...certificateFields,
    ...opensshFields,
    ...ppkFields,
    ...derFields,
    ...textFields,
  }),
);

/** What a field is called and for; a group's own words have no group in front. */
export function wordsOf(group: string, field: string): FieldWords {
  const key = group === '' ? field : `${group}.${field}`;
  return words.get(key) ?? { name: field, explanation: `A part of ${group === '' ? 'the file' : group}.` };
}

/** Whether the table has a row of its own. */
export function hasWords(group: string, field: string): boolean {
  return words.has(group === '' ? field : `${group}.${field}`);
}
