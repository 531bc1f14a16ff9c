import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../test/seeded-random.ts';
import { integer } from './der.ts';
import { DecodeError } from '../../wire/decode-error.ts';
import { equalBytes } from '../../wire/bytes.ts';
import { utf8Encode } from '../../wire/text.ts';
import { inspectPrivateKey, openPrivateKey, runAtOnce, type OpenOptions } from '../index.ts';
import { findBlockCipher } from './block-ciphers.ts';
import { encodePbes2 } from './pbes.ts';
import { encodePem, decodePem } from './pem.ts';
import { encryptedPrivateKeyInfoFormat } from './pkcs8.ts';

const label = 'ENCRYPTED PRIVATE KEY';
const passphrase = utf8Encode('word');

/** A file that asks for so many iterations; what it holds is no key. */
function asking(iterations: number): Uint8Array {
  const cipher = findBlockCipher('AES-256-CBC');
  if (cipher === undefined) throw new Error('no AES');
  const random = seededRandom('pkcs8');
  const scheme = { cipher, iterations, salt: random(8), iv: random(16) };
  const encryptionAlgorithm = encodePbes2(scheme);
  const body = encryptedPrivateKeyInfoFormat.encode({ encryptionAlgorithm, encryptedData: random(64) });
  return utf8Encode(encodePem({ label, headers: new Map(), body }, 64));
}

/** What opening does until it first gives way. */
function firstStep(iterations: number, options: OpenOptions = {}): unknown {
  try {
    return openPrivateKey(asking(iterations), { passphrase, ...options }).next();
  } catch (error) {
    return error;
  }
}

function offsetOf(part: Uint8Array, file: Uint8Array): number {
  const { body } = decodePem(file);
  return body.findIndex((_, at) => equalBytes(body.subarray(at, at + part.length), part));
}

describe('openPrivateKey of PKCS#8', () => {
  it('begins the ten million iterations of the usual limit, and refuses one more before any work, with its offset', () => {
    expect(firstStep(10_000_000)).toMatchObject({ done: false, value: { total: 10_000_000 } });
    const tooMany = 10_000_001;
    const offset = offsetOf(integer.encode(BigInt(tooMany)), asking(tooMany));
    const error = firstStep(tooMany);
    expect(error).toBeInstanceOf(DecodeError);
    expect(error).toMatchObject({ offset, path: expect.stringMatching(/\.iterationCount$/) });
    expect(firstStep(0)).toBeInstanceOf(DecodeError);
  });

  it('takes another limit, above and below', () => {
    expect(firstStep(20_000_000, { limits: { pbkdf2Iterations: 20_000_000 } })).toMatchObject({ done: false });
    expect(firstStep(5000, { limits: { pbkdf2Iterations: 4999 } })).toBeInstanceOf(DecodeError);
    expect(() =>
      runAtOnce(openPrivateKey(asking(4999), { passphrase, limits: { pbkdf2Iterations: 4999 } })),
    ).not.toThrow();
  });

  it('is inspected whatever it asks for', () => {
    const kdf = { name: 'pbkdf2', hash: 'sha256', iterations: 2_000_000_000 };
    expect(inspectPrivateKey(asking(2_000_000_000))).toMatchObject({ encrypted: true, kdf });
  });
});
