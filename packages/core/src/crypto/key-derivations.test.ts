/** The derivations of encrypted PEM and PPK files: known answers of RFC 6070, RFC 7914 and OpenSSL's `openssl kdf`, progress and cancelling. */
import { describe, expect, it } from 'vitest';
import { runAtOnce, runInSlices, type LongWork, type Progress } from '../long-work.ts';
import { hexDecode, hexEncode, utf8Encode } from '../wire/index.ts';
import { argon2 } from './argon2.ts';
import { pbkdf1, pkcs12Kdf } from './pbes1-kdf.ts';
import { pbkdf2 } from './pbkdf2.ts';
import { scrypt } from './scrypt.ts';

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

  it.each([
    ['password', 'salt', 1, '0c60c80f961f0e71f3a9b524af6012062fe037a6'],
    ['password', 'salt', 2, 'ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957'],
    ['password', 'salt', 4096, '4b007901b765489abead49d926f721d065a429c1'],
    [
      'passwordPASSWORDpassword',
      'saltSALTsaltSALTsaltSALTsaltSALTsalt',
      4096,
      '3d2eec4fe41c849b80c8d83662c0e44a8b291a964cf2f07038',
    ],
    ['pass\0word', 'sa\0lt', 4096, '56fa6aa75548099dcc37d7f03425e0c3'],
  ] as const)('RFC 6070, HMAC-SHA1 of %j and %j, %i iterations', (passphrase, salt, iterations, derived) => {
    const work = pbkdf2({
      hash: 'sha1',
      passphrase: utf8Encode(passphrase),
      salt: utf8Encode(salt),
      iterations,
      sizeBytes: derived.length / 2,
    });
    expect(hexEncode(runAtOnce(work))).toBe(derived);
  });

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

describe('scrypt', () => {
  it.each([
    {
      passphrase: 'password',
      salt: 'NaCl',
      cost: 1024,
      blockSize: 8,
      parallelization: 16,
      derived:
        'fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640',
    },
    {
      passphrase: 'pleaseletmein',
      salt: 'SodiumChloride',
      cost: 16_384,
      blockSize: 8,
      parallelization: 1,
      derived:
        '7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887',
    },
  ])('RFC 7914 section 12, $passphrase, $cost', ({ passphrase, salt, derived, ...cost }) => {
    const work = scrypt({ passphrase: utf8Encode(passphrase), salt: utf8Encode(salt), ...cost, sizeBytes: 64 });
    expect(hexEncode(runAtOnce(work))).toBe(derived);
  });
});

const pause = async (): Promise<void> => {};

describe.each<[string, () => LongWork<Uint8Array>]>([
  [
    'argon2',
    () =>
      argon2({
        variant: 'argon2id',
        passphrase: utf8Encode('word'),
        salt: utf8Encode('saltsalt'),
        memoryKibibytes: 1024,
        passes: 3,
        parallelism: 1,
        sizeBytes: 32,
      }),
  ],
  [
    'scrypt',
    () =>
      scrypt({
        passphrase: utf8Encode('word'),
        salt: utf8Encode('salt'),
        cost: 2048,
        blockSize: 8,
        parallelization: 1,
        sizeBytes: 32,
      }),
  ],
])('%s in slices', (_name, work) => {
  it('gives the same bytes as at once, and tells a share that rises to the whole', async () => {
    const shares: number[] = [];
    const onLibrarySlice = ({ done, total }: Progress) => void shares.push(done / total);
    expect(await runInSlices(work(), { pause, onLibrarySlice })).toEqual(runAtOnce(work()));
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    expect(new Set(shares).size).toBeGreaterThan(100);
  });

  it('ends half-way with what the listener throws', async () => {
    const cancelled = new Error('cancelled');
    let last = 0;
    const onLibrarySlice = ({ done, total }: Progress): void => {
      last = done / total;
      if (last >= 0.5) throw cancelled;
    };
    await expect(runInSlices(work(), { pause, onLibrarySlice })).rejects.toBe(cancelled);
    expect(last).toBe(0.5);
  });

  it('without a listener does it in one piece', async () => {
    expect(await runInSlices(work(), { pause })).toEqual(runAtOnce(work()));
  });
});
