/** The words of openssh-key-v1, the file of ssh-keygen since 6.5 (PROTOCOL.key). */
import type { FieldWords } from './field-words.ts';

export const opensshFields: Readonly<Record<string, FieldWords>> = {
  'openssh-key-v1.magic': {
    name: 'magic',
    explanation: 'The name of the format and a zero byte, by which a program knows what it reads.',
    shown: 'text',
  },
  'openssh-key-v1.cipher': {
    name: 'cipher',
    explanation: 'How the private part is encrypted; none means that whoever has the file has the key.',
  },
  'openssh-key-v1.kdf': {
    name: 'key derivation',
    explanation: 'How the passphrase becomes the key of the cipher: bcrypt, slow on purpose, or none.',
  },
  'openssh-key-v1.kdfOptions': {
    name: 'options of the derivation',
    explanation: 'Salt and rounds for bcrypt; empty without a passphrase.',
  },
  'kdfOptions.salt': {
    name: 'salt',
    explanation: 'Random bytes, new for each file, so that nobody can try passphrases on many files at once.',
  },
  'kdfOptions.rounds': {
    name: 'rounds',
    explanation: 'How often bcrypt is repeated: each more makes every guess of the passphrase slower (ssh-keygen -a).',
  },
  'openssh-key-v1.keyCount': { name: 'number of keys', explanation: 'Always 1: OpenSSH keeps one key in a file.' },
  'openssh-key-v1.publicKey': {
    name: 'public key',
    explanation: 'The public half in the clear, so that ssh can offer the key before it asks for the passphrase.',
  },
  'openssh-key-v1.privateSection': {
    name: 'private part',
    explanation: 'Everything secret, in whole blocks of the cipher.',
    secret: true,
  },
  'openssh-key-v1.tag': {
    name: 'authentication tag',
    explanation: 'Proves that nobody changed the encrypted part; only ciphers that authenticate have one.',
  },
  'privateSection.first': {
    name: 'check number',
    explanation:
      'A random number that stands here twice: if both are equal after decrypting, the passphrase was right.',
  },
  'privateSection.second': { name: 'check number again', explanation: 'Must equal the one before it.' },
  'privateSection.key': {
    name: 'private key',
    explanation: 'The public half once more and the secret that belongs to it.',
    secret: true,
  },
  'privateSection.rest': { name: 'private key', explanation: 'A key of a type that is not known here.', secret: true },
  'privateSection.comment': {
    name: 'comment',
    explanation: 'A name for people, mostly user@host; encrypted with the key, and checked by nobody.',
    shown: 'text',
  },
  'privateSection.padding': {
    name: 'padding',
    explanation: 'The bytes 1, 2, 3 and so on until a block of the cipher is full.',
  },
};
