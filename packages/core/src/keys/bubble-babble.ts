/**
 * Bubble babble: bytes as words that can be said aloud, with a checksum woven in ("The Bubble Babble Binary Data Encoding", Antti
 * Huima, 2000). `ssh-keygen -B` prints the SHA-1 digest of the public key blob so.
 */
import { sha1 } from '../crypto/sha1.ts';

const vowels = 'aeiouy';
const consonants = 'bcdfghklmnprstvzx';

/** The words of any bytes, as in `xexax` for none. */
export function bubbleBabble(bytes: Uint8Array): string {
  const words: string[] = [];
  let checksum = 1;
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    const [first = 0, second = 0] = bytes.subarray(at, at + 2);
    words.push(syllable(first, checksum) + consonants.charAt(second >> 4), consonants.charAt(second & 15));
    checksum = (checksum * 5 + first * 7 + second) % 36;
  }
  const isOdd = bytes.length % 2 === 1;
  const [vowel, word] = [checksum % 6, Math.floor(checksum / 6)];
  const last = isOdd
    ? syllable(bytes.at(-1) ?? 0, checksum)
    : vowels.charAt(vowel) + consonants.charAt(16) + vowels.charAt(word);
  return `x${joined(words)}${last}x`;
}

/** Vowel, consonant, vowel: eight bits and the checksum. */
function syllable(byte: number, checksum: number): string {
  const before = vowels.charAt(((byte >> 6) + checksum) % 6);
  const after = vowels.charAt(((byte & 3) + Math.floor(checksum / 6)) % 6);
  return before + consonants.charAt((byte >> 2) & 15) + after;
}

/** Four letters, a dash, and the letter that begins the next word. */
function joined(parts: readonly string[]): string {
  return parts.map((part, index) => (index % 2 === 0 ? `${part}-` : part)).join('');
}

/** The bubble babble of a public key blob, as `ssh-keygen -B` prints it. */
export function bubbleBabbleFingerprint(blob: Uint8Array): string {
  return bubbleBabble(sha1.digest(blob));
}
