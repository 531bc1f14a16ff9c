/** What the page says about each kind of file: a heading, and a sentence for who has not seen one. A data table. */
import type { ReadingKind } from './surface.ts';

export interface KindWords {
  readonly heading: string;
  readonly note: string;
}

export const kindWords: Readonly<Record<ReadingKind, KindWords>> = {
  'public-line': {
    heading: 'The line in the file',
    note: 'Three words: the type in clear, the key in base64 (which says its type again), and a comment that nothing checks.',
  },
  'authorized-keys-line': {
    heading: 'The line in the file',
    note: 'A public key behind its options: they say what this key may do on the server, and from where.',
  },
  'certificate-line': {
    heading: 'The certificate',
    note: 'A public key that an authority has signed, with who it speaks for and until when.',
  },
  'known-hosts-line': {
    heading: 'The line in the file',
    note: 'A machine and its key: who it was when ssh met it, or who it shall be. A name that stands there as |1|… is hashed.',
  },
  'public-blob': {
    heading: 'The key in base64',
    note: 'The middle word of a public key line alone. It says its type itself, so nothing else is needed to read it.',
  },
  'openssh-private-key': {
    heading: 'The private key file',
    note: 'Between the two lines stands base64: first what anyone may read, the public key among it, then the private section.',
  },
  'pem-private-key': {
    heading: 'The private key file',
    note: 'Between the two lines stands base64 of DER, the format of certificates and of OpenSSL.',
  },
  ppk: {
    heading: 'The PuTTY key file',
    note: 'Lines with names: the public half in base64, the private half in base64, and a MAC that shows whether someone changed the file.',
  },
  rfc4716: {
    heading: 'The public key file',
    note: 'The same key in the form that the standard gave it, RFC 4716. OpenSSH reads it with ssh-keygen -i.',
  },
  'pem-public-key': {
    heading: 'The public key file',
    note: 'Between the two lines stands base64 of DER. OpenSSL writes public keys so.',
  },
  sshsig: {
    heading: 'The signature',
    note: 'A signature of ssh-keygen -Y sign: the public key that made it, what it is for, and the signature itself.',
  },
  krl: {
    heading: 'The revocation list',
    note: 'Keys and certificates that a server shall no longer accept, in a binary form.',
  },
  fingerprint: {
    heading: 'The fingerprint',
    note: 'A hash of a public key. It is enough for the picture and to compare, and the key cannot be found from it.',
  },
  'fingerprint-line': {
    heading: 'The fingerprint',
    note: 'As ssh-keygen -l and ssh print it: a hash of a public key, and in words what key it is of. Only the hash can be checked.',
  },
  unknown: {
    heading: 'What you gave',
    note: 'This is no key file or line that this page knows.',
  },
};
