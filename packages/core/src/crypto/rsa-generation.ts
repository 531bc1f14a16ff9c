/**
 * RSA key generation from the caller's random bytes: a sieve and Miller-Rabin over noble's modular power, since no library
 * makes keys from a seed in bearable time. The same bytes give the same key. FIPS 186-5 appendix A.1.3 for the conditions.
 */
import { invert, mod, pow } from '@noble/curves/abstract/modular.js';
import { assert } from '../assertion.ts';
import type { LongWork } from '../long-work.ts';
import { bigintFromBytes, bitLength } from '../wire/bytes.ts';
import type { RandomSource, RsaPrivateKey } from './provider.ts';

export interface RsaGenerationParameters {
  /** Bits of the modulus: 1,024 or more. */
  readonly bits: number;
  readonly random: RandomSource;
}

const publicExponent = 65537n;
const sievePrimeLimit = 20_000;
/**
 * An odd number of b bits is prime with a chance of 2 in b * ln 2. So 40 * b of them, all composite, have one below 2^-160 (e^-115) if the
 * bytes are random: the search ends there, where a bad source would keep it going for ever.
 */
export const candidatesPerBit = 40;
/** Odd candidates from one random start; about one in 360 is prime at 1,024 bits. */
const windowSize = 4096;
/** Random bases after base 2: an error below 2^-100 for random candidates of 512 bits and more (FIPS 186-5 table B.1 asks fewer). */
const randomBaseCount = 8;

/**
 * Yields after each candidate that passed the sieve; how many there will be is luck, but never more than `candidatesPerBit` allows. Random
 * bytes that repeat, or of which no key comes, are an assertion.
 */
export function* generateRsaKey({ bits, random }: RsaGenerationParameters): LongWork<RsaPrivateKey> {
  assert(bits >= 1024, 'an RSA modulus has 1024 bits or more');
  const search: PrimeSearch = { random, tested: 0, lastStart: 0n };
  const first = yield* findPrime(search, Math.ceil(bits / 2));
  const second = yield* findPrime(search, Math.floor(bits / 2));
  const key = rsaKeyOfPrimes(first, second);
  const isFit = key !== undefined && isFarApart(first, second, bits) && bitLength(key.d) > bits / 2;
  assert(isFit, 'the random bytes repeat: the primes do not differ enough');
  return key;
}

function isFarApart(p: bigint, q: bigint, bits: number): boolean {
  return bitLength(p > q ? p - q : q - p) > bits / 2 - 100;
}

/** The private key of two primes, p the larger; undefined when they do not fit the public exponent. Nothing is tested. */
export function rsaKeyOfPrimes(first: bigint, second: bigint): RsaPrivateKey | undefined {
  if (first === second) return undefined;
  const [p, q] = first > second ? [first, second] : [second, first];
  const order = ((p - 1n) * (q - 1n)) / greatestCommonDivisor(p - 1n, q - 1n);
  if (greatestCommonDivisor(order, publicExponent) !== 1n) return undefined;
  return { n: p * q, e: publicExponent, d: invert(publicExponent, order), iqmp: invert(mod(q, p), p), p, q };
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [left, right] = [a, b];
  while (right !== 0n) [left, right] = [right, left % right];
  return left;
}

interface PrimeSearch {
  readonly random: RandomSource;
  tested: number;
  lastStart: bigint;
}

/** A prime with its two highest bits set, so that the product of two has all its bits, and p - 1 free of the exponent. */
function* findPrime(search: PrimeSearch, bits: number): LongWork<bigint> {
  const windowCount = Math.ceil((candidatesPerBit * bits) / windowSize);
  for (let window = 0; window < windowCount; window++) {
    const start = randomStart(bits, search.random);
    assert(start !== search.lastStart, 'the random bytes repeat');
    search.lastStart = start;
    const composite = sieve(start);
    for (let index = 0; index < windowSize; index++) {
      const candidate = start + 2n * BigInt(index);
      if (composite[index] === 1 || candidate % publicExponent === 1n) continue;
      if (bitLength(candidate) > bits) break;
      search.tested++;
      yield { done: search.tested, total: 0 };
      if (isProbablePrime(candidate, search.random)) return candidate;
    }
  }
  assert(false, `no prime in ${windowCount} windows: the bytes are not random`);
}

function randomStart(bits: number, random: RandomSource): bigint {
  const size = Math.ceil(bits / 8);
  const value = BigInt.asUintN(bits, bigintFromBytes(random(size)));
  return value | (3n << BigInt(bits - 2)) | 1n;
}

/** Marks which of start, start + 2, ... have a small prime factor. */
function sieve(start: bigint): Uint8Array {
  const composite = new Uint8Array(windowSize);
  for (const prime of oddPrimes()) {
    const remainder = Number(start % BigInt(prime));
    const distance = (prime - remainder) % prime;
    const first = distance % 2 === 0 ? distance / 2 : (distance + prime) / 2;
    for (let index = first; index < windowSize; index += prime) composite[index] = 1;
  }
  return composite;
}

let cachedOddPrimes: readonly number[] | undefined;

function oddPrimes(): readonly number[] {
  cachedOddPrimes ??= oddPrimesBelow(sievePrimeLimit);
  return cachedOddPrimes;
}

function oddPrimesBelow(limit: number): readonly number[] {
  const composite = new Uint8Array(limit);
  const primes: number[] = [];
  for (let value = 3; value < limit; value += 2) {
    if (composite[value] === 1) continue;
    primes.push(value);
    for (let multiple = value * value; multiple < limit; multiple += 2 * value) composite[multiple] = 1;
  }
  return primes;
}

/** Miller-Rabin with base 2, then with random bases. For odd numbers above 3. */
export function isProbablePrime(candidate: bigint, random: RandomSource): boolean {
  if (!passesMillerRabin(candidate, 2n)) return false;
  const size = Math.ceil(bitLength(candidate) / 8) + 8;
  for (let count = 0; count < randomBaseCount; count++) {
    const base = 2n + mod(bigintFromBytes(random(size)), candidate - 3n);
    if (!passesMillerRabin(candidate, base)) return false;
  }
  return true;
}

function passesMillerRabin(candidate: bigint, base: bigint): boolean {
  const last = candidate - 1n;
  let odd = last;
  let twos = 0;
  for (; odd % 2n === 0n; twos++) odd /= 2n;
  let power = pow(base, odd, candidate);
  if (power === 1n || power === last) return true;
  for (let count = 1; count < twos; count++) {
    power = (power * power) % candidate;
    if (power === last) return true;
  }
  return false;
}
