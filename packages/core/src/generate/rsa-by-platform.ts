/** RSA keys from the platform's WebCrypto, which makes them ten times faster than any JavaScript, on a thread of its own. */
import { checkRsaNumbers, type RsaPrivateKey } from '../keys/key-types/rsa.ts';
import { assert } from '../assertion.ts';
import { base64Decode } from '../wire/base64.ts';
import { bigintFromBytes, bitLength } from '../wire/bytes.ts';
import type { PlatformSubtle } from './platform-crypto.ts';

const publicExponent65537 = Uint8Array.of(1, 0, 1);
/** Browsers refuse a modulus that is not whole bytes, and Chromium rounds one that is no multiple of 128 bits down. */
const modulusStepBits = 128;

/** A key of this size; undefined where the platform makes none of it, at once or after it was asked. */
export function rsaKeyByPlatform(subtle: PlatformSubtle, bits: number): Promise<RsaPrivateKey | undefined> | undefined {
  return bits % modulusStepBits === 0 ? generate(subtle, bits) : undefined;
}

async function generate(subtle: PlatformSubtle, bits: number): Promise<RsaPrivateKey | undefined> {
  const privateKey = await generateUnlessRefused(subtle, bits);
  if (privateKey === undefined) return undefined;
  const jwk = await subtle.exportKey('jwk', privateKey);
  const key: RsaPrivateKey = {
    type: 'ssh-rsa',
    n: number(jwk.n),
    e: number(jwk.e),
    d: number(jwk.d),
    iqmp: number(jwk.qi),
    p: number(jwk.p),
    q: number(jwk.q),
  };
  const wrong = checkRsaNumbers(key);
  assert(wrong === undefined && bitLength(key.n) === bits, `the platform made no RSA key of ${bits} bits: ${wrong}`);
  return key;
}

/** Platforms differ in the largest size (Chromium takes 8192 bits), and all they say of a larger one is that the operation failed. */
async function generateUnlessRefused(subtle: PlatformSubtle, bits: number): Promise<unknown> {
  const algorithm = {
    name: 'RSASSA-PKCS1-v1_5',
    modulusLength: bits,
    publicExponent: publicExponent65537,
    hash: 'SHA-256',
  };
  try {
    return (await subtle.generateKey(algorithm, true, ['sign', 'verify'])).privateKey;
  } catch {
    return undefined;
  }
}

function number(base64url = ''): bigint {
  const unpadded = base64url.replaceAll('-', '+').replaceAll('_', '/');
  const bytes = base64Decode(unpadded.padEnd(Math.ceil(unpadded.length / 4) * 4, '='));
  assert(bytes !== undefined && bytes.length > 0, 'the platform made a key without its numbers');
  return bigintFromBytes(bytes);
}
