/**
 * Blowfish as bcrypt uses it (Schneier 1993; Provos and Mazieres 1999): the state is one Int32Array, 18 subkeys and then four
 * boxes of 256 words, which start as the digits of pi. The rounds of the key schedule are unrolled over that one array, with both
 * halves in locals: they are nearly all the time that a passphrase takes.
 */
const subkeyCount = 18;
const stateSize = subkeyCount + 4 * 256;
let piWords: Int32Array | undefined;

/** A fresh state, before any key. */
export function initialBlowfishState(): Int32Array {
  piWords ??= wordsOfPi(stateSize);
  return piWords.slice();
}

/** The fraction of pi in words of 32 bits, by Machin's formula: pi = 16 arctan(1/5) - 4 arctan(1/239). */
function wordsOfPi(count: number): Int32Array {
  const guardBits = 64n;
  const bits = BigInt(32 * count) + guardBits;
  const pi = 16n * inverseArctangent(5n, bits) - 4n * inverseArctangent(239n, bits);
  const digits = ((pi - (3n << bits)) >> guardBits).toString(16).padStart(8 * count, '0');
  return Int32Array.from({ length: count }, (_, index) => parseInt(digits.slice(8 * index, 8 * index + 8), 16) | 0);
}

/** arctan(1/x) times 2^bits, by its series. */
function inverseArctangent(x: bigint, bits: bigint): bigint {
  let power = (1n << bits) / x;
  let sum = 0n;
  for (let divisor = 1n; power > 0n; divisor += 2n) {
    sum += divisor % 4n === 1n ? power / divisor : -(power / divisor);
    power /= x * x;
  }
  return sum;
}

/** Words of a key or a salt: a SHA-512 digest, so that an index needs no division. */
const wordCount = 16;
const noSalt = new Int32Array(wordCount);

/** One state and what is mixed into it: a key of 16 words and, in bcrypt's first step, a salt of 16 words. */
export interface KeyedState {
  readonly state: Int32Array;
  readonly key: Int32Array;
  readonly salt?: Int32Array;
}

/**
 * Mixes the key into the state (ExpandKey; without salt, ExpandKey of zeros). Indexes never leave the arrays, so `??` only satisfies
 * the compiler. The subkey is added before the boxes have answered, since nothing waits for it.
 */
export function keyBlowfish({ state: s, key, salt = noSalt }: KeyedState): void {
  addKey(s, key);
  let l = 0;
  let r = 0;
  let sum = 0;
  for (let index = 0; index < stateSize; index += 2) {
    l ^= (salt[index & 15] ?? 0) ^ (s[0] ?? 0);
    r ^= salt[(index + 1) & 15] ?? 0;
    sum = (s[18 + (l >>> 24)] ?? 0) + (s[274 + ((l >>> 16) & 255)] ?? 0);
    r = r ^ (s[1] ?? 0) ^ ((sum ^ (s[530 + ((l >>> 8) & 255)] ?? 0)) + (s[786 + (l & 255)] ?? 0));
    sum = (s[18 + (r >>> 24)] ?? 0) + (s[274 + ((r >>> 16) & 255)] ?? 0);
    l = l ^ (s[2] ?? 0) ^ ((sum ^ (s[530 + ((r >>> 8) & 255)] ?? 0)) + (s[786 + (r & 255)] ?? 0));
    sum = (s[18 + (l >>> 24)] ?? 0) + (s[274 + ((l >>> 16) & 255)] ?? 0);
    r = r ^ (s[3] ?? 0) ^ ((sum ^ (s[530 + ((l >>> 8) & 255)] ?? 0)) + (s[786 + (l & 255)] ?? 0));
    sum = (s[18 + (r >>> 24)] ?? 0) + (s[274 + ((r >>> 16) & 255)] ?? 0);
    l = l ^ (s[4] ?? 0) ^ ((sum ^ (s[530 + ((r >>> 8) & 255)] ?? 0)) + (s[786 + (r & 255)] ?? 0));
    sum = (s[18 + (l >>> 24)] ?? 0) + (s[274 + ((l >>> 16) & 255)] ?? 0);
    r = r ^ (s[5] ?? 0) ^ ((sum ^ (s[530 + ((l >>> 8) & 255)] ?? 0)) + (s[786 + (l & 255)] ?? 0));
    sum = (s[18 + (r >>> 24)] ?? 0) + (s[274 + ((r >>> 16) & 255)] ?? 0);
    l = l ^ (s[6] ?? 0) ^ ((sum ^ (s[530 + ((r >>> 8) & 255)] ?? 0)) + (s[786 + (r & 255)] ?? 0));
    sum = (s[18 + (l >>> 24)] ?? 0) + (s[274 + ((l >>> 16) & 255)] ?? 0);
    r = r ^ (s[7] ?? 0) ^ ((sum ^ (s[530 + ((l >>> 8) & 255)] ?? 0)) + (s[786 + (l & 255)] ?? 0));
    sum = (s[18 + (r >>> 24)] ?? 0) + (s[274 + ((r >>> 16) & 255)] ?? 0);
    l = l ^ (s[8] ?? 0) ^ ((sum ^ (s[530 + ((r >>> 8) & 255)] ?? 0)) + (s[786 + (r & 255)] ?? 0));
    sum = (s[18 + (l >>> 24)] ?? 0) + (s[274 + ((l >>> 16) & 255)] ?? 0);
    r = r ^ (s[9] ?? 0) ^ ((sum ^ (s[530 + ((l >>> 8) & 255)] ?? 0)) + (s[786 + (l & 255)] ?? 0));
    sum = (s[18 + (r >>> 24)] ?? 0) + (s[274 + ((r >>> 16) & 255)] ?? 0);
    l = l ^ (s[10] ?? 0) ^ ((sum ^ (s[530 + ((r >>> 8) & 255)] ?? 0)) + (s[786 + (r & 255)] ?? 0));
    sum = (s[18 + (l >>> 24)] ?? 0) + (s[274 + ((l >>> 16) & 255)] ?? 0);
    r = r ^ (s[11] ?? 0) ^ ((sum ^ (s[530 + ((l >>> 8) & 255)] ?? 0)) + (s[786 + (l & 255)] ?? 0));
    sum = (s[18 + (r >>> 24)] ?? 0) + (s[274 + ((r >>> 16) & 255)] ?? 0);
    l = l ^ (s[12] ?? 0) ^ ((sum ^ (s[530 + ((r >>> 8) & 255)] ?? 0)) + (s[786 + (r & 255)] ?? 0));
    sum = (s[18 + (l >>> 24)] ?? 0) + (s[274 + ((l >>> 16) & 255)] ?? 0);
    r = r ^ (s[13] ?? 0) ^ ((sum ^ (s[530 + ((l >>> 8) & 255)] ?? 0)) + (s[786 + (l & 255)] ?? 0));
    sum = (s[18 + (r >>> 24)] ?? 0) + (s[274 + ((r >>> 16) & 255)] ?? 0);
    l = l ^ (s[14] ?? 0) ^ ((sum ^ (s[530 + ((r >>> 8) & 255)] ?? 0)) + (s[786 + (r & 255)] ?? 0));
    sum = (s[18 + (l >>> 24)] ?? 0) + (s[274 + ((l >>> 16) & 255)] ?? 0);
    r = r ^ (s[15] ?? 0) ^ ((sum ^ (s[530 + ((l >>> 8) & 255)] ?? 0)) + (s[786 + (l & 255)] ?? 0));
    sum = (s[18 + (r >>> 24)] ?? 0) + (s[274 + ((r >>> 16) & 255)] ?? 0);
    l = l ^ (s[16] ?? 0) ^ ((sum ^ (s[530 + ((r >>> 8) & 255)] ?? 0)) + (s[786 + (r & 255)] ?? 0));
    const left = r ^ (s[17] ?? 0);
    r = l;
    l = left;
    s[index] = l;
    s[index + 1] = r;
  }
}

/**
 * The same for two states that do not depend on each other, round by round in turn: a processor that waits for the boxes of one works
 * on the other, which takes a third less time than one after the other.
 */
export function keyTwoBlowfish(first: KeyedState, second: KeyedState): void {
  const { state: s, key, salt = noSalt } = first;
  const { state: u, key: otherKey, salt: otherSalt = noSalt } = second;
  addKey(s, key);
  addKey(u, otherKey);
  let l = 0;
  let r = 0;
  let m = 0;
  let n = 0;
  let sum = 0;
  let other = 0;
  for (let index = 0; index < stateSize; index += 2) {
    l ^= (salt[index & 15] ?? 0) ^ (s[0] ?? 0);
    r ^= salt[(index + 1) & 15] ?? 0;
    m ^= (otherSalt[index & 15] ?? 0) ^ (u[0] ?? 0);
    n ^= otherSalt[(index + 1) & 15] ?? 0;
    for (let at = 0; at < 16; at += 8) {
      sum = (s[18 + (l >>> 24)] ?? 0) + (s[274 + ((l >>> 16) & 255)] ?? 0);
      r = r ^ (s[at + 1] ?? 0) ^ ((sum ^ (s[530 + ((l >>> 8) & 255)] ?? 0)) + (s[786 + (l & 255)] ?? 0));
      other = (u[18 + (m >>> 24)] ?? 0) + (u[274 + ((m >>> 16) & 255)] ?? 0);
      n = n ^ (u[at + 1] ?? 0) ^ ((other ^ (u[530 + ((m >>> 8) & 255)] ?? 0)) + (u[786 + (m & 255)] ?? 0));
      sum = (s[18 + (r >>> 24)] ?? 0) + (s[274 + ((r >>> 16) & 255)] ?? 0);
      l = l ^ (s[at + 2] ?? 0) ^ ((sum ^ (s[530 + ((r >>> 8) & 255)] ?? 0)) + (s[786 + (r & 255)] ?? 0));
      other = (u[18 + (n >>> 24)] ?? 0) + (u[274 + ((n >>> 16) & 255)] ?? 0);
      m = m ^ (u[at + 2] ?? 0) ^ ((other ^ (u[530 + ((n >>> 8) & 255)] ?? 0)) + (u[786 + (n & 255)] ?? 0));
      sum = (s[18 + (l >>> 24)] ?? 0) + (s[274 + ((l >>> 16) & 255)] ?? 0);
      r = r ^ (s[at + 3] ?? 0) ^ ((sum ^ (s[530 + ((l >>> 8) & 255)] ?? 0)) + (s[786 + (l & 255)] ?? 0));
      other = (u[18 + (m >>> 24)] ?? 0) + (u[274 + ((m >>> 16) & 255)] ?? 0);
      n = n ^ (u[at + 3] ?? 0) ^ ((other ^ (u[530 + ((m >>> 8) & 255)] ?? 0)) + (u[786 + (m & 255)] ?? 0));
      sum = (s[18 + (r >>> 24)] ?? 0) + (s[274 + ((r >>> 16) & 255)] ?? 0);
      l = l ^ (s[at + 4] ?? 0) ^ ((sum ^ (s[530 + ((r >>> 8) & 255)] ?? 0)) + (s[786 + (r & 255)] ?? 0));
      other = (u[18 + (n >>> 24)] ?? 0) + (u[274 + ((n >>> 16) & 255)] ?? 0);
      m = m ^ (u[at + 4] ?? 0) ^ ((other ^ (u[530 + ((n >>> 8) & 255)] ?? 0)) + (u[786 + (n & 255)] ?? 0));
      sum = (s[18 + (l >>> 24)] ?? 0) + (s[274 + ((l >>> 16) & 255)] ?? 0);
      r = r ^ (s[at + 5] ?? 0) ^ ((sum ^ (s[530 + ((l >>> 8) & 255)] ?? 0)) + (s[786 + (l & 255)] ?? 0));
      other = (u[18 + (m >>> 24)] ?? 0) + (u[274 + ((m >>> 16) & 255)] ?? 0);
      n = n ^ (u[at + 5] ?? 0) ^ ((other ^ (u[530 + ((m >>> 8) & 255)] ?? 0)) + (u[786 + (m & 255)] ?? 0));
      sum = (s[18 + (r >>> 24)] ?? 0) + (s[274 + ((r >>> 16) & 255)] ?? 0);
      l = l ^ (s[at + 6] ?? 0) ^ ((sum ^ (s[530 + ((r >>> 8) & 255)] ?? 0)) + (s[786 + (r & 255)] ?? 0));
      other = (u[18 + (n >>> 24)] ?? 0) + (u[274 + ((n >>> 16) & 255)] ?? 0);
      m = m ^ (u[at + 6] ?? 0) ^ ((other ^ (u[530 + ((n >>> 8) & 255)] ?? 0)) + (u[786 + (n & 255)] ?? 0));
      sum = (s[18 + (l >>> 24)] ?? 0) + (s[274 + ((l >>> 16) & 255)] ?? 0);
      r = r ^ (s[at + 7] ?? 0) ^ ((sum ^ (s[530 + ((l >>> 8) & 255)] ?? 0)) + (s[786 + (l & 255)] ?? 0));
      other = (u[18 + (m >>> 24)] ?? 0) + (u[274 + ((m >>> 16) & 255)] ?? 0);
      n = n ^ (u[at + 7] ?? 0) ^ ((other ^ (u[530 + ((m >>> 8) & 255)] ?? 0)) + (u[786 + (m & 255)] ?? 0));
      sum = (s[18 + (r >>> 24)] ?? 0) + (s[274 + ((r >>> 16) & 255)] ?? 0);
      l = l ^ (s[at + 8] ?? 0) ^ ((sum ^ (s[530 + ((r >>> 8) & 255)] ?? 0)) + (s[786 + (r & 255)] ?? 0));
      other = (u[18 + (n >>> 24)] ?? 0) + (u[274 + ((n >>> 16) & 255)] ?? 0);
      m = m ^ (u[at + 8] ?? 0) ^ ((other ^ (u[530 + ((n >>> 8) & 255)] ?? 0)) + (u[786 + (n & 255)] ?? 0));
    }
    sum = r ^ (s[17] ?? 0);
    r = l;
    l = sum;
    other = n ^ (u[17] ?? 0);
    n = m;
    m = other;
    s[index] = l;
    s[index + 1] = r;
    u[index] = m;
    u[index + 1] = n;
  }
}

function addKey(state: Int32Array, key: Int32Array): void {
  for (let index = 0; index < subkeyCount; index++) state[index] = (state[index] ?? 0) ^ (key[index & 15] ?? 0);
}

/** Enciphers each pair of words in place; a loop, since little is enciphered after the key schedule. */
export function encipherWords(state: Int32Array, words: Int32Array): void {
  for (let at = 0; at < words.length; at += 2) encipherPair(state, words, at);
}

function encipherPair(s: Int32Array, words: Int32Array, at: number): void {
  let l = (words[at] ?? 0) ^ (s[0] ?? 0);
  let r = words[at + 1] ?? 0;
  for (let round = 1; round <= 16; round++) {
    const boxes = (s[18 + (l >>> 24)] ?? 0) + (s[274 + ((l >>> 16) & 255)] ?? 0);
    const next = r ^ (s[round] ?? 0) ^ ((boxes ^ (s[530 + ((l >>> 8) & 255)] ?? 0)) + (s[786 + (l & 255)] ?? 0));
    r = l;
    l = next;
  }
  words[at] = r ^ (s[17] ?? 0);
  words[at + 1] = l;
}
