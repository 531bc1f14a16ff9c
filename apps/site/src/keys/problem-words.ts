/** Errors of the core as sentences for the reader: what is wrong, and at which byte. */
import { DecodeError } from '@seashell/core';
import type { Anatomy } from '@seashell/core/anatomy';
import type { KeyDerivation, OpenedPrivateKey } from '@seashell/core/keys';

/** Reasons of the decoders for bytes that end too early. */
const endsEarly =
  /bytes left|^expected \d+ bytes, found|expected the END line|found the end|ends? (?:before|early)|expected \d+ (?:more )?lines/;
const goesOn = /^expected nothing after/;
const macFails = /^the MAC does not fit(, though the passphrase does)?/;

/** A path of the file itself, as the core's formats have them; others lie in what its base64 holds. */
const isInFile = (path: string): boolean => /^(?:pem|ppk|file|rfc4716)\b/.test(path);

/** `startBytes` is where the bytes that were read begin in the file. */
export function describeDecodeError(error: DecodeError, startBytes = 0): string {
  const { reason, path, offset } = error;
  const at = startBytes + offset;
  const mac = macFails.exec(reason);
  if (mac !== null) {
    const right = mac[1] === undefined ? 'Its' : 'The passphrase is right, but its';
    return `The file was changed after it was written. ${right} MAC does not fit what stands in it.`;
  }
  if (goesOn.test(reason)) return `The key ends, and more stands in the file, from byte ${at} on: one key is one file.`;
  // The core tells the line, not its place.
  const [, header] = /^ppk\.([A-Z][A-Za-z0-9-]+)$/.exec(offset === 0 ? path : '') ?? [];
  if (header !== undefined) return `The file is damaged in its line ${header}: ${reason}.`;
  const where = isInFile(path) ? `byte ${at} of the file` : `byte ${offset} of what the base64 holds`;
  const field = path === '' ? '' : ` (${path})`;
  return endsEarly.test(reason)
    ? `The file is cut off at ${where}: ${reason}${field}.`
    : `The file is damaged at ${where}: ${reason}${field}.`;
}

/** Where an anatomy stopped, as a sentence about `what`. */
export function describeFault({ bodies, fault }: Anatomy, what: string): string | undefined {
  if (fault === undefined) return undefined;
  const { at, reason } = fault;
  return `The ${what} is damaged at byte ${at.offset} of ${bodies[at.body]?.title ?? 'the file'}: ${reason}.`;
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
export function reasonOf(error: unknown, startBytes = 0): string {
  if (error instanceof DecodeError) return describeDecodeError(error, startBytes);
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
