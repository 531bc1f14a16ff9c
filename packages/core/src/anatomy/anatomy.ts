/**
 * The anatomy of a key file or line: a tree of its fields, each with its bytes, its value as text and one sentence for a learner. A
 * value for views: made from the codecs' own spans, never by a second parser.
 */

/** What was found; `title` in the anatomy says it in words. */
export type AnatomyKind =
  | 'openssh-private-key'
  | 'pem-private-key'
  | 'ppk'
  | 'public-line'
  | 'authorized-keys-line'
  | 'certificate-line'
  | 'known-hosts-line'
  | 'public-blob'
  | 'rfc4716'
  | 'pem-public-key'
  | 'sshsig'
  | 'krl'
  | 'unknown';

/** A stretch of one body: `start` to before `end`, in bytes. */
export interface ByteSpan {
  /** Index in `bodies`. */
  readonly body: number;
  readonly start: number;
  readonly end: number;
}

/** How a body came out of the one that holds it. */
export type BodyOrigin =
  | { readonly encoding: 'file' }
  /** Base64 in the file, line ends between: `lines` are the stretches of file that hold it, without line ends. */
  | { readonly encoding: 'base64'; readonly lines: readonly ByteSpan[] }
  /** The cleartext of an encrypted stretch: byte for byte as long, unless the cipher adds padding or a tag. */
  | { readonly encoding: 'decrypted'; readonly from: ByteSpan };

/** Bytes that fields lie in. Body 0 is the file itself. */
export interface AnatomyBody {
  /** For a heading, like `the file` or `public key, decoded`. */
  readonly title: string;
  readonly bytes: Uint8Array;
  readonly origin: BodyOrigin;
}

/** One field, or a group of fields. */
export interface AnatomyField {
  /** In words, like `key type` or `length`. */
  readonly name: string;
  /** Unique in the anatomy, like `openssh-key-v1.kdfOptions.salt`; a length's ends in `#length`. */
  readonly path: string;
  /** The codec's word: `uint32`, `name`, `mpint`, `INTEGER`, `text`; a group's own name. */
  readonly type: string;
  /** Without the length in front, which is a field of its own before it. */
  readonly span: ByteSpan;
  /** For people: text as it is, numbers in decimal, other bytes in hexadecimal pairs. Of long numbers and bytes, all of it. Undefined for a group. */
  readonly value: string | undefined;
  /** One sentence for a learner. */
  readonly explanation: string;
  /** Whether it must never be shown to others: it is, or holds, a part of the private key. */
  readonly secret: boolean;
  /** Whether these bytes are encrypted, so that the value is unreadable without the passphrase. */
  readonly encrypted: boolean;
  readonly children: readonly AnatomyField[];
}

/** Where reading stopped, when the file is malformed: the fields before it are still there. */
export interface AnatomyFault {
  /** A lower-case sentence. */
  readonly reason: string;
  /** Path of the field, as in a DecodeError; may be empty. */
  readonly path: string;
  /** Where, as well as it is known. */
  readonly at: { readonly body: number; readonly offset: number };
}

/** What a file or line holds, byte for byte: a tree of fields over one body or more, and where it is malformed if it is. */
export interface Anatomy {
  readonly kind: AnatomyKind;
  /** In words, like `OpenSSH private key, encrypted`. */
  readonly title: string;
  readonly bodies: readonly AnatomyBody[];
  /** In the order of the file; parents hold their fields. */
  readonly fields: readonly AnatomyField[];
  readonly fault: AnatomyFault | undefined;
  /** Whether it holds a private key, so that a page has to warn. */
  readonly isPrivate: boolean;
  /** Of a private key file: whether it is encrypted. Absent where the file was cut off before it tells. */
  readonly isEncrypted?: boolean | undefined;
}
