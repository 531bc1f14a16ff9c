/** The words of PuTTY's files (PuTTY User Manual, appendix C). */
import type { FieldWords } from './field-words.ts';

export const ppkFields: Readonly<Record<string, FieldWords>> = {
  'ppk.version': {
    name: 'version and key type',
    explanation: "PuTTY's own format; 3 came with PuTTY 0.75, and brought argon2.",
  },
  'ppk.encryption': { name: 'encryption', explanation: 'aes256-cbc, or none: then whoever has the file has the key.' },
  'ppk.comment': { name: 'comment', explanation: 'A name for people; in the clear, but protected by the MAC.' },
  'ppk.public-lines': { name: 'lines of the public key', explanation: 'How many lines of base64 follow.' },
  'ppk.publicBlob': { name: 'public key in base64', explanation: 'The same bytes as in an OpenSSH .pub line.' },
  'ppk.key-derivation': {
    name: 'key derivation',
    explanation: 'The kind of argon2 that makes a key of the passphrase.',
  },
  'ppk.argon2-memory': {
    name: 'memory',
    explanation: 'How many KiB argon2 fills: what makes guessing dear on graphics cards.',
  },
  'ppk.argon2-passes': {
    name: 'passes',
    explanation: 'How often argon2 goes over its memory; PuTTY takes as many as fit in a tenth of a second.',
  },
  'ppk.argon2-parallelism': { name: 'lanes', explanation: 'Into how many parts the work can be split.' },
  'ppk.argon2-salt': {
    name: 'salt',
    explanation: 'Random bytes, new for each file, so that nobody can try passphrases on many files at once.',
  },
  'ppk.private-lines': { name: 'lines of the private part', explanation: 'How many lines of base64 follow.' },
  'ppk.privateBlob': {
    name: 'private part in base64',
    explanation: 'The numbers that only you have, encrypted if there is a passphrase.',
    secret: true,
  },
  'ppk.privateKey': {
    name: 'private numbers',
    explanation: 'What belongs to the public key above and is kept secret.',
    secret: true,
  },
  'ppk.sealed': {
    name: 'encrypted private part',
    explanation: 'Whole blocks of AES; the passphrase makes the private numbers of them.',
    secret: true,
  },
  'ppk.private-mac': {
    name: 'MAC',
    explanation: 'Proves that nothing above was changed, the comment and the public key included.',
  },
  'privateBlob.key': { name: 'private key', explanation: 'The numbers that only you have.', secret: true },
  'privateBlob.padding': {
    name: 'padding',
    explanation: 'Fills the last block of the cipher, with bytes of a hash of what stands before.',
  },
  'ssh-ed25519.seed': { name: 'seed', explanation: 'The 32 random bytes that are the whole secret.', secret: true },
  'armour header.comment': { name: 'comment', explanation: 'A name for people; nothing checks it.' },
  'armour header.subject': {
    name: 'subject',
    explanation: 'The user that the key belongs to, as whoever wrote the file says.',
  },
  'armour header.proc-type': {
    name: 'Proc-Type',
    explanation: 'Says that the base64 is encrypted, in the words of mail of 1993.',
  },
  'armour header.dek-info': {
    name: 'DEK-Info',
    explanation: 'The cipher and its starting value in hexadecimal; half of that is the salt too.',
  },
};
