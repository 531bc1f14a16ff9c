/**
 * Blowfish as bcrypt uses it (Schneier 1993; Provos and Mazieres 1999): the state is one Int32Array, 18 subkeys and then four
 * boxes of 256 words, which start as the digits of pi. Rounds are unrolled: they are nearly all the time of a passphrase.
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

/** Mixes a key into the state, and with it a salt, both as words used in turn (ExpandKey; without salt, ExpandKey of zeros). */
export function keyBlowfish(state: Int32Array, key: Int32Array, salt?: Int32Array): void {
  for (let index = 0; index < subkeyCount; index++) {
    state[index] = (state[index] ?? 0) ^ (key[index % key.length] ?? 0);
  }
  const pair = new Int32Array(2);
  for (let index = 0; index < stateSize; index += 2) {
    if (salt !== undefined) {
      pair[0] = (pair[0] ?? 0) ^ (salt[index % salt.length] ?? 0);
      pair[1] = (pair[1] ?? 0) ^ (salt[(index + 1) % salt.length] ?? 0);
    }
    encipherPair(state, pair, 0);
    state[index] = pair[0] ?? 0;
    state[index + 1] = pair[1] ?? 0;
  }
}

/** Enciphers each pair of words in place. */
export function encipherWords(state: Int32Array, words: Int32Array): void {
  for (let at = 0; at < words.length; at += 2) encipherPair(state, words, at);
}

/** One block. The indexes never leave the state, so `??` only satisfies the compiler. */
function encipherPair(state: Int32Array, words: Int32Array, at: number): void {
  const s = state;
  let l = (words[at] ?? 0) ^ (s[0] ?? 0);
  let r = words[at + 1] ?? 0;
  let sum = 0;
  sum = (s[18 + (l >>> 24)] ?? 0) + (s[274 + ((l >>> 16) & 255)] ?? 0);
  r ^= ((sum ^ (s[530 + ((l >>> 8) & 255)] ?? 0)) + (s[786 + (l & 255)] ?? 0)) ^ (s[1] ?? 0);
  sum = (s[18 + (r >>> 24)] ?? 0) + (s[274 + ((r >>> 16) & 255)] ?? 0);
  l ^= ((sum ^ (s[530 + ((r >>> 8) & 255)] ?? 0)) + (s[786 + (r & 255)] ?? 0)) ^ (s[2] ?? 0);
  sum = (s[18 + (l >>> 24)] ?? 0) + (s[274 + ((l >>> 16) & 255)] ?? 0);
  r ^= ((sum ^ (s[530 + ((l >>> 8) & 255)] ?? 0)) + (s[786 + (l & 255)] ?? 0)) ^ (s[3] ?? 0);
  sum = (s[18 + (r >>> 24)] ?? 0) + (s[274 + ((r >>> 16) & 255)] ?? 0);
  l ^= ((sum ^ (s[530 + ((r >>> 8) & 255)] ?? 0)) + (s[786 + (r & 255)] ?? 0)) ^ (s[4] ?? 0);
  sum = (s[18 + (l >>> 24)] ?? 0) + (s[274 + ((l >>> 16) & 255)] ?? 0);
  r ^= ((sum ^ (s[530 + ((l >>> 8) & 255)] ?? 0)) + (s[786 + (l & 255)] ?? 0)) ^ (s[5] ?? 0);
  sum = (s[18 + (r >>> 24)] ?? 0) + (s[274 + ((r >>> 16) & 255)] ?? 0);
  l ^= ((sum ^ (s[530 + ((r >>> 8) & 255)] ?? 0)) + (s[786 + (r & 255)] ?? 0)) ^ (s[6] ?? 0);
  sum = (s[18 + (l >>> 24)] ?? 0) + (s[274 + ((l >>> 16) & 255)] ?? 0);
  r ^= ((sum ^ (s[530 + ((l >>> 8) & 255)] ?? 0)) + (s[786 + (l & 255)] ?? 0)) ^ (s[7] ?? 0);
  sum = (s[18 + (r >>> 24)] ?? 0) + (s[274 + ((r >>> 16) & 255)] ?? 0);
  l ^= ((sum ^ (s[530 + ((r >>> 8) & 255)] ?? 0)) + (s[786 + (r & 255)] ?? 0)) ^ (s[8] ?? 0);
  sum = (s[18 + (l >>> 24)] ?? 0) + (s[274 + ((l >>> 16) & 255)] ?? 0);
  r ^= ((sum ^ (s[530 + ((l >>> 8) & 255)] ?? 0)) + (s[786 + (l & 255)] ?? 0)) ^ (s[9] ?? 0);
  sum = (s[18 + (r >>> 24)] ?? 0) + (s[274 + ((r >>> 16) & 255)] ?? 0);
  l ^= ((sum ^ (s[530 + ((r >>> 8) & 255)] ?? 0)) + (s[786 + (r & 255)] ?? 0)) ^ (s[10] ?? 0);
  sum = (s[18 + (l >>> 24)] ?? 0) + (s[274 + ((l >>> 16) & 255)] ?? 0);
  r ^= ((sum ^ (s[530 + ((l >>> 8) & 255)] ?? 0)) + (s[786 + (l & 255)] ?? 0)) ^ (s[11] ?? 0);
  sum = (s[18 + (r >>> 24)] ?? 0) + (s[274 + ((r >>> 16) & 255)] ?? 0);
  l ^= ((sum ^ (s[530 + ((r >>> 8) & 255)] ?? 0)) + (s[786 + (r & 255)] ?? 0)) ^ (s[12] ?? 0);
  sum = (s[18 + (l >>> 24)] ?? 0) + (s[274 + ((l >>> 16) & 255)] ?? 0);
  r ^= ((sum ^ (s[530 + ((l >>> 8) & 255)] ?? 0)) + (s[786 + (l & 255)] ?? 0)) ^ (s[13] ?? 0);
  sum = (s[18 + (r >>> 24)] ?? 0) + (s[274 + ((r >>> 16) & 255)] ?? 0);
  l ^= ((sum ^ (s[530 + ((r >>> 8) & 255)] ?? 0)) + (s[786 + (r & 255)] ?? 0)) ^ (s[14] ?? 0);
  sum = (s[18 + (l >>> 24)] ?? 0) + (s[274 + ((l >>> 16) & 255)] ?? 0);
  r ^= ((sum ^ (s[530 + ((l >>> 8) & 255)] ?? 0)) + (s[786 + (l & 255)] ?? 0)) ^ (s[15] ?? 0);
  sum = (s[18 + (r >>> 24)] ?? 0) + (s[274 + ((r >>> 16) & 255)] ?? 0);
  l ^= ((sum ^ (s[530 + ((r >>> 8) & 255)] ?? 0)) + (s[786 + (r & 255)] ?? 0)) ^ (s[16] ?? 0);
  words[at] = r ^ (s[17] ?? 0);
  words[at + 1] = l;
}
