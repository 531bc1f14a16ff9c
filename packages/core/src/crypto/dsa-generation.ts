/**
 * DSA key generation from the caller's random bytes, with 1,024 bits of p and 160 of q, as ssh-keygen had it until 9.9: a sieve is not
 * worth it for so few candidates. FIPS 186-4 appendix A.2.3 (generator) and B.1.1 (private number). The same bytes give the same key.
 */
import { pow } from '@noble/curves/abstract/modular.js';
import { assert } from '../assertion.ts';
import type { LongWork } from '../long-work.ts';
import { bigintFromBytes } from '../wire/bytes.ts';
import type { DsaPrivateKey, RandomSource } from './provider.ts';
import { candidatesPerBit, isProbablePrime } from './rsa-generation.ts';

const modulusBits = 1024;
const subgroupBits = 160;
const smallPrimes = [3n, 5n, 7n, 11n, 13n, 17n, 19n, 23n, 29n, 31n, 37n, 41n, 43n, 47n, 53n, 59n, 61n, 67n, 71n, 73n];

/**
 * Yields after each candidate; how many there will be is luck, but never more than `candidatesPerBit` allows. Random bytes that repeat, or
 * of which no key comes, are an assertion.
 */
export function* generateDsaKey({ random }: { readonly random: RandomSource }): LongWork<DsaPrivateKey> {
  const search = { random, tested: 0 };
  const q = yield* findPrime(search, { bits: subgroupBits, draw: () => oddNumber(subgroupBits, random) });
  const p = yield* findPrime(search, { bits: modulusBits, draw: () => multiplePlusOne(q, random) });
  const g = generatorOf(p, q);
  const x = (bigintFromBytes(random(subgroupBits / 8 + 8)) % (q - 1n)) + 1n;
  return { p, q, g, y: pow(g, x, p), x };
}

interface PrimeSearch {
  readonly random: RandomSource;
  tested: number;
}

interface Candidates {
  readonly bits: number;
  readonly draw: () => bigint;
}

function* findPrime(search: PrimeSearch, { bits, draw }: Candidates): LongWork<bigint> {
  let last = 0n;
  for (let count = 0; count < candidatesPerBit * bits; count++) {
    const candidate = draw();
    assert(candidate !== last, 'the random bytes repeat');
    last = candidate;
    if (candidate >> BigInt(bits - 1) !== 1n || smallPrimes.some((prime) => candidate % prime === 0n)) continue;
    search.tested++;
    yield { done: search.tested, total: 0 };
    if (isProbablePrime(candidate, search.random)) return candidate;
  }
  assert(false, `no prime in ${candidatesPerBit * bits} numbers: the bytes are not random`);
}

function oddNumber(bits: number, random: RandomSource): bigint {
  return bigintFromBytes(random(bits / 8)) | (1n << BigInt(bits - 1)) | 1n;
}

/** A number that is 1 modulo 2q; hardly ever it is a bit shorter than the modulus. */
function multiplePlusOne(q: bigint, random: RandomSource): bigint {
  const start = oddNumber(modulusBits, random);
  return start - (start % (2n * q)) + 1n;
}

function generatorOf(p: bigint, q: bigint): bigint {
  for (let base = 2n; ; base++) {
    const g = pow(base, (p - 1n) / q, p);
    if (g !== 1n) return g;
  }
}
