/** Errors of the core as sentences for the reader: what is wrong, and at which byte. */
import { DecodeError } from '@seashell/core';
import type { KeyDerivation, OpenedPrivateKey } from '@seashell/core/keys';

/** Reasons of the decoders for bytes that end too early. */
const endsEarly = /bytes left|^expected \d+ bytes, found|\bEND\b|ends? (?:before|early)|expected \d+ (?:more )?lines/;

/** A path of the file itself, as the core's formats have them; others lie in what its base64 holds. */
const isInFile = (path: string): boolean => /^(?:pem|ppk|file|rfc4716)\b/.test(path);

export function describeDecodeError(error: DecodeError): string {
  const { reason, path, offset } = error;
  const where = isInFile(path) ? `byte ${offset} of the file` : `byte ${offset} of what the base64 holds`;
  const field = path === '' ? '' : ` (${path})`;
  return endsEarly.test(reason)
    ? `The file is cut off at ${where}: ${reason}${field}.`
    : `The file is damaged at ${where}: ${reason}${field}.`;
}

/** The sentence for an outcome that is no key; the core names what it lacks. */
export function describeOutcome(opened: Exclude<OpenedPrivateKey, { readonly outcome: 'key' }>): string {
  switch (opened.outcome) {
    case 'passphrase-needed':
      return 'This key needs its passphrase.';
    case 'wrong-passphrase':
      return 'That is not the passphrase of this key.';
    case 'unsupported':
      return `This page does not know the ${opened.what} ${opened.name}.`;
  }
}

/** DecodeErrors as a sentence; anything else is our mistake and goes on. */
export function reasonOf(error: unknown): string {
  if (error instanceof DecodeError) return describeDecodeError(error);
  throw error;
}

const plural = (count: number, what: string): string =>
  `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;

/** How the cipher's key is made of the passphrase. */
export function describeDerivation(kdf: KeyDerivation): string {
  switch (kdf.name) {
    case 'none':
      return 'none';
    case 'bcrypt':
      return `bcrypt, ${plural(kdf.rounds, 'round')}`;
    case 'md5':
      return 'MD5, once: it does not slow guessing down';
    case 'sha1':
      return 'SHA-1, once: it does not slow guessing down';
    case 'pkcs5':
    case 'pkcs12':
    case 'pbkdf2':
      return `${kdf.name.toUpperCase()} with ${kdf.hash}, ${plural(kdf.iterations, 'iteration')}`;
    case 'scrypt':
      return `scrypt, cost ${kdf.cost}, block size ${kdf.blockSize}, parallelization ${kdf.parallelization}`;
    case 'argon2d':
    case 'argon2i':
    case 'argon2id':
      return `${kdf.name}, ${kdf.passes} ${kdf.passes === 1 ? 'pass' : 'passes'} over ${plural(Math.round(kdf.memoryKibibytes / 1024), 'mebibyte')}`;
    case 'unknown':
      return `${kdf.identifier}, which this page does not know`;
  }
}
