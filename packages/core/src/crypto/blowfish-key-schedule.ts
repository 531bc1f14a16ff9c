/**
 * The key schedule of Blowfish as bcrypt uses it (Schneier 1993; Provos and Mazieres 1999), for two salts at a time: a processor that
 * waits for the boxes of one state works on the other. It is nearly all the time that a passphrase takes.
 */
const subkeyCount = 18;
const stateSize = subkeyCount + 4 * 256;
const expansions = 64;

/** Words of a key or a salt: a SHA-512 digest, so that an index needs no division. */
const wordCount = 16;
const noSalt = new Int32Array(wordCount);

/**
 * Both states, one after the other. An array of the module, not of a call: the engine then knows its length and leaves out the checks
 * of indexes, a third of the time. Zeros between calls.
 */
const s = new Int32Array(2 * stateSize);
const second = stateSize;

let piWords: Int32Array | undefined;

/** A state before any key: 18 subkeys, then four boxes of 256 words. */
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

/** One for each state. */
export type Pair<T> = readonly [T, T];

/** bcrypt's ciphertext of `plaintext` under the passphrase and each salt; both are digests of 16 words. */
export function bcryptCiphertexts(
  passphrase: Int32Array,
  salts: Pair<Int32Array>,
  plaintext: Int32Array,
): Pair<Int32Array> {
  s.set(initialBlowfishState());
  s.set(initialBlowfishState(), second);
  const both: Pair<Int32Array> = [passphrase, passphrase];
  expand(both, salts);
  for (let count = 0; count < expansions; count++) {
    expand(salts);
    expand(both);
  }
  const ciphertexts: Pair<Int32Array> = [encipher(plaintext, 0), encipher(plaintext, second)];
  s.fill(0);
  return ciphertexts;
}

/**
 * Mixes a key into each state (ExpandKey; without salts, ExpandKey of zeros). Indexes never leave the array, so `??` only satisfies the
 * compiler.
 */
function expand(keys: Pair<Int32Array>, [salt, otherSalt]: Pair<Int32Array> = [noSalt, noSalt]): void {
  addKey(keys[0], 0);
  addKey(keys[1], second);
  let [l, r, m, n] = [0, 0, 0, 0];
  for (let index = 0; index < stateSize; index += 2) {
    l ^= (salt[index & 15] ?? 0) ^ (s[0] ?? 0);
    r ^= salt[(index + 1) & 15] ?? 0;
    m ^= (otherSalt[index & 15] ?? 0) ^ (s[second] ?? 0);
    n ^= otherSalt[(index + 1) & 15] ?? 0;
    // The rounds are a table: unrolled, they take a third less than in a loop.
    // oxfmt-ignore
    {
      r ^= (s[1] ?? 0) ^ ((((s[18 + (l >>> 24)] ?? 0) + (s[274 + ((l >>> 16) & 255)] ?? 0)) ^ (s[530 + ((l >>> 8) & 255)] ?? 0)) + (s[786 + (l & 255)] ?? 0));
      n ^= (s[1043] ?? 0) ^ ((((s[1060 + (m >>> 24)] ?? 0) + (s[1316 + ((m >>> 16) & 255)] ?? 0)) ^ (s[1572 + ((m >>> 8) & 255)] ?? 0)) + (s[1828 + (m & 255)] ?? 0));
      l ^= (s[2] ?? 0) ^ ((((s[18 + (r >>> 24)] ?? 0) + (s[274 + ((r >>> 16) & 255)] ?? 0)) ^ (s[530 + ((r >>> 8) & 255)] ?? 0)) + (s[786 + (r & 255)] ?? 0));
      m ^= (s[1044] ?? 0) ^ ((((s[1060 + (n >>> 24)] ?? 0) + (s[1316 + ((n >>> 16) & 255)] ?? 0)) ^ (s[1572 + ((n >>> 8) & 255)] ?? 0)) + (s[1828 + (n & 255)] ?? 0));
      r ^= (s[3] ?? 0) ^ ((((s[18 + (l >>> 24)] ?? 0) + (s[274 + ((l >>> 16) & 255)] ?? 0)) ^ (s[530 + ((l >>> 8) & 255)] ?? 0)) + (s[786 + (l & 255)] ?? 0));
      n ^= (s[1045] ?? 0) ^ ((((s[1060 + (m >>> 24)] ?? 0) + (s[1316 + ((m >>> 16) & 255)] ?? 0)) ^ (s[1572 + ((m >>> 8) & 255)] ?? 0)) + (s[1828 + (m & 255)] ?? 0));
      l ^= (s[4] ?? 0) ^ ((((s[18 + (r >>> 24)] ?? 0) + (s[274 + ((r >>> 16) & 255)] ?? 0)) ^ (s[530 + ((r >>> 8) & 255)] ?? 0)) + (s[786 + (r & 255)] ?? 0));
      m ^= (s[1046] ?? 0) ^ ((((s[1060 + (n >>> 24)] ?? 0) + (s[1316 + ((n >>> 16) & 255)] ?? 0)) ^ (s[1572 + ((n >>> 8) & 255)] ?? 0)) + (s[1828 + (n & 255)] ?? 0));
      r ^= (s[5] ?? 0) ^ ((((s[18 + (l >>> 24)] ?? 0) + (s[274 + ((l >>> 16) & 255)] ?? 0)) ^ (s[530 + ((l >>> 8) & 255)] ?? 0)) + (s[786 + (l & 255)] ?? 0));
      n ^= (s[1047] ?? 0) ^ ((((s[1060 + (m >>> 24)] ?? 0) + (s[1316 + ((m >>> 16) & 255)] ?? 0)) ^ (s[1572 + ((m >>> 8) & 255)] ?? 0)) + (s[1828 + (m & 255)] ?? 0));
      l ^= (s[6] ?? 0) ^ ((((s[18 + (r >>> 24)] ?? 0) + (s[274 + ((r >>> 16) & 255)] ?? 0)) ^ (s[530 + ((r >>> 8) & 255)] ?? 0)) + (s[786 + (r & 255)] ?? 0));
      m ^= (s[1048] ?? 0) ^ ((((s[1060 + (n >>> 24)] ?? 0) + (s[1316 + ((n >>> 16) & 255)] ?? 0)) ^ (s[1572 + ((n >>> 8) & 255)] ?? 0)) + (s[1828 + (n & 255)] ?? 0));
      r ^= (s[7] ?? 0) ^ ((((s[18 + (l >>> 24)] ?? 0) + (s[274 + ((l >>> 16) & 255)] ?? 0)) ^ (s[530 + ((l >>> 8) & 255)] ?? 0)) + (s[786 + (l & 255)] ?? 0));
      n ^= (s[1049] ?? 0) ^ ((((s[1060 + (m >>> 24)] ?? 0) + (s[1316 + ((m >>> 16) & 255)] ?? 0)) ^ (s[1572 + ((m >>> 8) & 255)] ?? 0)) + (s[1828 + (m & 255)] ?? 0));
      l ^= (s[8] ?? 0) ^ ((((s[18 + (r >>> 24)] ?? 0) + (s[274 + ((r >>> 16) & 255)] ?? 0)) ^ (s[530 + ((r >>> 8) & 255)] ?? 0)) + (s[786 + (r & 255)] ?? 0));
      m ^= (s[1050] ?? 0) ^ ((((s[1060 + (n >>> 24)] ?? 0) + (s[1316 + ((n >>> 16) & 255)] ?? 0)) ^ (s[1572 + ((n >>> 8) & 255)] ?? 0)) + (s[1828 + (n & 255)] ?? 0));
      r ^= (s[9] ?? 0) ^ ((((s[18 + (l >>> 24)] ?? 0) + (s[274 + ((l >>> 16) & 255)] ?? 0)) ^ (s[530 + ((l >>> 8) & 255)] ?? 0)) + (s[786 + (l & 255)] ?? 0));
      n ^= (s[1051] ?? 0) ^ ((((s[1060 + (m >>> 24)] ?? 0) + (s[1316 + ((m >>> 16) & 255)] ?? 0)) ^ (s[1572 + ((m >>> 8) & 255)] ?? 0)) + (s[1828 + (m & 255)] ?? 0));
      l ^= (s[10] ?? 0) ^ ((((s[18 + (r >>> 24)] ?? 0) + (s[274 + ((r >>> 16) & 255)] ?? 0)) ^ (s[530 + ((r >>> 8) & 255)] ?? 0)) + (s[786 + (r & 255)] ?? 0));
      m ^= (s[1052] ?? 0) ^ ((((s[1060 + (n >>> 24)] ?? 0) + (s[1316 + ((n >>> 16) & 255)] ?? 0)) ^ (s[1572 + ((n >>> 8) & 255)] ?? 0)) + (s[1828 + (n & 255)] ?? 0));
      r ^= (s[11] ?? 0) ^ ((((s[18 + (l >>> 24)] ?? 0) + (s[274 + ((l >>> 16) & 255)] ?? 0)) ^ (s[530 + ((l >>> 8) & 255)] ?? 0)) + (s[786 + (l & 255)] ?? 0));
      n ^= (s[1053] ?? 0) ^ ((((s[1060 + (m >>> 24)] ?? 0) + (s[1316 + ((m >>> 16) & 255)] ?? 0)) ^ (s[1572 + ((m >>> 8) & 255)] ?? 0)) + (s[1828 + (m & 255)] ?? 0));
      l ^= (s[12] ?? 0) ^ ((((s[18 + (r >>> 24)] ?? 0) + (s[274 + ((r >>> 16) & 255)] ?? 0)) ^ (s[530 + ((r >>> 8) & 255)] ?? 0)) + (s[786 + (r & 255)] ?? 0));
      m ^= (s[1054] ?? 0) ^ ((((s[1060 + (n >>> 24)] ?? 0) + (s[1316 + ((n >>> 16) & 255)] ?? 0)) ^ (s[1572 + ((n >>> 8) & 255)] ?? 0)) + (s[1828 + (n & 255)] ?? 0));
      r ^= (s[13] ?? 0) ^ ((((s[18 + (l >>> 24)] ?? 0) + (s[274 + ((l >>> 16) & 255)] ?? 0)) ^ (s[530 + ((l >>> 8) & 255)] ?? 0)) + (s[786 + (l & 255)] ?? 0));
      n ^= (s[1055] ?? 0) ^ ((((s[1060 + (m >>> 24)] ?? 0) + (s[1316 + ((m >>> 16) & 255)] ?? 0)) ^ (s[1572 + ((m >>> 8) & 255)] ?? 0)) + (s[1828 + (m & 255)] ?? 0));
      l ^= (s[14] ?? 0) ^ ((((s[18 + (r >>> 24)] ?? 0) + (s[274 + ((r >>> 16) & 255)] ?? 0)) ^ (s[530 + ((r >>> 8) & 255)] ?? 0)) + (s[786 + (r & 255)] ?? 0));
      m ^= (s[1056] ?? 0) ^ ((((s[1060 + (n >>> 24)] ?? 0) + (s[1316 + ((n >>> 16) & 255)] ?? 0)) ^ (s[1572 + ((n >>> 8) & 255)] ?? 0)) + (s[1828 + (n & 255)] ?? 0));
      r ^= (s[15] ?? 0) ^ ((((s[18 + (l >>> 24)] ?? 0) + (s[274 + ((l >>> 16) & 255)] ?? 0)) ^ (s[530 + ((l >>> 8) & 255)] ?? 0)) + (s[786 + (l & 255)] ?? 0));
      n ^= (s[1057] ?? 0) ^ ((((s[1060 + (m >>> 24)] ?? 0) + (s[1316 + ((m >>> 16) & 255)] ?? 0)) ^ (s[1572 + ((m >>> 8) & 255)] ?? 0)) + (s[1828 + (m & 255)] ?? 0));
      l ^= (s[16] ?? 0) ^ ((((s[18 + (r >>> 24)] ?? 0) + (s[274 + ((r >>> 16) & 255)] ?? 0)) ^ (s[530 + ((r >>> 8) & 255)] ?? 0)) + (s[786 + (r & 255)] ?? 0));
      m ^= (s[1058] ?? 0) ^ ((((s[1060 + (n >>> 24)] ?? 0) + (s[1316 + ((n >>> 16) & 255)] ?? 0)) ^ (s[1572 + ((n >>> 8) & 255)] ?? 0)) + (s[1828 + (n & 255)] ?? 0));
    }
    s[index] = r ^ (s[17] ?? 0);
    s[index + 1] = l;
    s[second + index] = n ^ (s[second + 17] ?? 0);
    s[second + index + 1] = m;
    l = s[index] ?? 0;
    r = s[index + 1] ?? 0;
    m = s[second + index] ?? 0;
    n = s[second + index + 1] ?? 0;
  }
}

function addKey(key: Int32Array, start: number): void {
  for (let index = 0; index < subkeyCount; index++) {
    s[start + index] = (s[start + index] ?? 0) ^ (key[index % wordCount] ?? 0);
  }
}

/** Enciphers each pair of words 64 times over; a loop, since little is enciphered after the key schedule. */
function encipher(plaintext: Int32Array, start: number): Int32Array {
  const state = s.subarray(start, start + stateSize);
  const words = plaintext.slice();
  for (let count = 0; count < expansions; count++) {
    for (let at = 0; at < words.length; at += 2) encipherPair(state, words, at);
  }
  return words;
}

function encipherPair(state: Int32Array, words: Int32Array, at: number): void {
  let l = (words[at] ?? 0) ^ (state[0] ?? 0);
  let r = words[at + 1] ?? 0;
  for (let round = 1; round <= 16; round++) {
    const boxes = (state[18 + (l >>> 24)] ?? 0) + (state[274 + ((l >>> 16) & 255)] ?? 0);
    const next =
      r ^ (state[round] ?? 0) ^ ((boxes ^ (state[530 + ((l >>> 8) & 255)] ?? 0)) + (state[786 + (l & 255)] ?? 0));
    r = l;
    l = next;
  }
  words[at] = r ^ (state[17] ?? 0);
  words[at + 1] = l;
}
