/** The derivations of encrypted PEM files: known answers made by OpenSSL's `openssl kdf`, progress and cancelling. */
import { describe, expect, it } from 'vitest';
import { runAtOnce, runInSlices, type Progress } from '../long-work.ts';
import { hexDecode, hexEncode, utf8Encode } from '../wire/index.ts';
import { pbkdf1, pkcs12Kdf } from './pbes1-kdf.ts';
import { pbkdf2 } from './pbkdf2.ts';

function bytes(hex: string): Uint8Array {
  const decoded = hexDecode(hex);
  if (decoded === undefined) throw new Error(`not hexadecimal: ${hex}`);
  return decoded;
}

describe('pkcs12Kdf', () => {
  it('gives the known key of 24 bytes for the password "smeg"', () => {
    const work = pkcs12Kdf({
      passphrase: bytes('0073006d006500670000'),
      salt: bytes('0a58cf64530d823f'),
      iterations: 1,
      purpose: 1,
      sizeBytes: 24,
    });
    expect(hexEncode(runAtOnce(work))).toBe('8aaae6297b6cb04642ab5b077851284eb7128f1a2a7fbca3');
  });
});

describe('pbkdf1', () => {
  it.each([
    ['md5', '0a58cf64530d823f', '98a7258f3b2433a2679dfe18bfb8fc9e'],
    ['sha1', '78578e5a5d63cb06', 'dc19847e05c64d2faf10ebfb4a3d2a20'],
  ] as const)('gives the first 16 bytes that OpenSSL gives, with %s', (hash, salt, known) => {
    const parameters = { hash, passphrase: utf8Encode('password'), salt: bytes(salt), iterations: 1000 };
    expect(hexEncode(runAtOnce(pbkdf1(parameters))).slice(0, 32)).toBe(known);
  });
});

describe('pbkdf2', () => {
  const parameters = {
    hash: 'sha256',
    passphrase: utf8Encode('password'),
    salt: utf8Encode('salt'),
    sizeBytes: 40,
  } as const;

  it('tells its progress through both blocks, and never less than before', () => {
    const seen: number[] = [];
    const work = pbkdf2({ ...parameters, iterations: 5000 });
    for (let step = work.next(); step.done !== true; step = work.next()) {
      expect(step.value.total).toBe(10_000);
      seen.push(step.value.done);
    }
    expect(seen).toEqual([2048, 4096, 7048, 9096]);
  });

  it('is cancelled between steps, with what the pause throws', async () => {
    const cancelled = new Error('cancelled');
    const seen: number[] = [];
    const pause = async ({ done }: Progress): Promise<void> => {
      seen.push(done);
      if (seen.length === 3) throw cancelled;
    };
    const work = pbkdf2({ ...parameters, iterations: 10_000_000 });
    await expect(runInSlices(work, { pause })).rejects.toBe(cancelled);
    expect(seen).toEqual([2048, 4096, 6144]);
  });
});
