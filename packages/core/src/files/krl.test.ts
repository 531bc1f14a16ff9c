import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../test/seeded-random.ts';
import { issueCertificate } from '../certificates/issue.ts';
import { generateKey } from '../keys/generate-key.ts';
import { encodePublicKey, publicKeyOf } from '../keys/public-key.ts';
import { printPublicLine } from '../keys/public-line.ts';
import { runAtOnce } from '../long-work.ts';
import { signWithKey } from '../signing.ts';
import { concatBytes } from '../wire/bytes.ts';
import { DecodeError } from '../wire/decode-error.ts';
import { byte, string } from '../wire/primitives.ts';
import { utf8Encode } from '../wire/text.ts';
import { holdsSerial, joinRanges } from './krl-serials.ts';
import { parseKrlSpecification } from './krl-specification.ts';
import { decodeKrl, emptyKrl, encodeKrl, findRevocation, krlSpans, revoke, type Revocation } from './krl.ts';

const random = seededRandom('revocation');
const authority = runAtOnce(generateKey({ type: 'ssh-ed25519', random }));
const ca = publicKeyOf(authority);
const key = publicKeyOf(runAtOnce(generateKey({ type: 'ssh-ed25519', random })));
const certify = (serial: bigint, keyId = 'id') =>
  signWithKey(issueCertificate({ key, usage: 'user', keyId, serial, authority: ca, nonce: random(32) }), {
    key: authority,
    random,
  });
const empty = emptyKrl({ version: 1n, generated: 2n });
const serials = (first: bigint, last = first): Revocation => ({
  type: 'serials',
  authority: ca,
  range: { first, last },
});
const five = { first: 5n, last: 5n };
const full = revoke(empty, [
  serials(3n),
  serials(10n, 20n),
  { type: 'key-id', authority: ca, keyId: 'who' },
  { type: 'key', blob: encodePublicKey(key) },
  { type: 'sha1', digest: new Uint8Array(20) },
  { type: 'sha256', digest: new Uint8Array(32) },
]);
const bytes = encodeKrl(full);

function failure(damaged: Uint8Array): string {
  try {
    decodeKrl(damaged);
    return 'decoded';
  } catch (error) {
    if (error instanceof DecodeError) return error.reason;
    throw error;
  }
}

const withSection = (type: number, ...contents: Uint8Array[]) =>
  concatBytes(encodeKrl(empty), byte.encode(type), ...contents);
const extension = (critical: number) =>
  string.encode(concatBytes(string.encode(utf8Encode('x@y')), byte.encode(critical), string.encode(new Uint8Array())));

const uint64 = (value: number) => [...new Uint8Array(7), value];
const section = (type: number, ...values: readonly number[][]) => {
  const inner = string.encode(Uint8Array.from(values.flat()));
  const header = concatBytes(string.encode(encodePublicKey(ca)), string.encode(new Uint8Array()));
  return failure(withSection(1, string.encode(concatBytes(header, byte.encode(type), inner))));
};

const find = (revocations: readonly Revocation[], serial = 5n) =>
  findRevocation(revoke(empty, revocations), { key, certificate: certify(serial, 'who') });

const said = (text: string) => {
  const read = parseKrlSpecification(text, ca);
  return read.ok ? read.revocations.length : `${read.line} ${read.message}`;
};

describe('decodeKrl', () => {
  it('gives back what was written', () => {
    expect(decodeKrl(bytes)).toEqual(full);
    expect(krlSpans(bytes).at(0)).toMatchObject({ path: 'krl', end: bytes.length });
  });

  it('refuses a list cut at any byte, but between its sections, and throws only DecodeError for any damage', () => {
    const ends = new Set(krlSpans(bytes).flatMap(({ end, depth }) => (depth <= 2 ? [end] : [])));
    for (let size = 0; size < bytes.length; size++) {
      if (!ends.has(size)) expect(failure(bytes.subarray(0, size)), `${size}`).not.toBe('decoded');
    }
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, value) => {
        expect(typeof failure(bytes.with(at, value))).toBe('string');
      }),
    );
  });

  it('reads over signatures and extensions, and refuses critical ones and unknown sections', () => {
    expect(failure(withSection(4, string.encode(utf8Encode('key')), string.encode(utf8Encode('sig'))))).toBe('decoded');
    expect(failure(withSection(255, extension(0)))).toBe('decoded');
    expect(failure(withSection(255, extension(1)))).toBe('requested feature not supported');
    expect(failure(withSection(9, string.encode(new Uint8Array())))).toBe('unsupported section 9');
    expect(failure(bytes.with(0, 0))).toBe('KRL file has invalid magic number');
  });

  it('refuses serial 0, ranges that run backwards, and bitmaps beyond 2^64', () => {
    const last = [255, 255, 255, 255, 255, 255, 255, 255];
    expect(section(0x20, uint64(1))).toBe('decoded');
    expect(section(0x20, uint64(0))).toBe('expected a serial above 0');
    expect(section(0x21, uint64(0), uint64(3))).toBe('expected a serial above 0');
    expect(section(0x21, uint64(5), uint64(3))).toBe('expected a range, found 5 to 3');
    expect(section(0x22, uint64(0), [0, 0, 0, 1, 3])).toBe('expected serials from 1 to 2^64-1');
    expect(section(0x22, last, [0, 0, 0, 1, 1])).toBe('decoded');
    expect(section(0x22, last, [0, 0, 0, 1, 2])).toBe('expected serials from 1 to 2^64-1');
  });

  it('holds a serial exactly where a range was revoked, whatever the order and the overlaps', () => {
    const ranges = fc.array(fc.tuple(fc.bigInt(1n, 300n), fc.bigInt(0n, 40n)), { maxLength: 20 });
    fc.assert(
      fc.property(ranges, (pairs) => {
        const krl = decodeKrl(
          encodeKrl(
            revoke(
              empty,
              pairs.map(([first, size]) => serials(first, first + size)),
            ),
          ),
        );
        const held = krl.certificates[0]?.serials ?? [];
        expect(held).toEqual(joinRanges(pairs.map(([first, size]) => ({ first, last: first + size }))));
        for (let serial = 1n; serial < 345n; serial++) {
          const isRevoked = pairs.some(([first, size]) => first <= serial && serial <= first + size);
          expect(holdsSerial(held, serial)).toBe(isRevoked);
        }
      }),
    );
  });
});

describe('findRevocation', () => {
  it('says by what a certificate is revoked', () => {
    expect(find([])).toBeUndefined();
    expect(find([serials(5n)])).toBe('serial');
    expect(find([{ type: 'serials', authority: undefined, range: five }])).toBe('serial');
    expect(find([{ type: 'serials', authority: key, range: five }])).toBeUndefined();
    expect(find([{ type: 'key-id', authority: ca, keyId: 'who' }])).toBe('key-id');
    expect(find([{ type: 'key', blob: encodePublicKey(key) }])).toBe('key');
    expect(find([{ type: 'key', blob: encodePublicKey(ca) }])).toBe('authority-key');
  });

  it('counts no serial 0', () => {
    expect(find([serials(1n, 2n ** 64n - 1n)], 0n)).toBeUndefined();
  });
});

describe('parseKrlSpecification', () => {
  it('reads comments, blanks, serials in three bases, key IDs, hashes and keys', () => {
    const line = printPublicLine(key, 'c');
    const lines = ['# c', '', ' serial: 0x10-020 # x', 'ID: a b', `key: ${line}`, `sha256:${line}`, line];
    expect(said(lines.join('\n'))).toBe(5);
  });

  it.each([
    ['serial: 5-3', '1 invalid serial range 5:3'],
    ['serial: x', '1 invalid serial "x"'],
    ['serial: 1-', '1 invalid serial ""'],
    ['serial: 18446744073709551616', '1 serial out of range'],
    ['\nfoo', '2 invalid key: invalid format'],
    ['hash: MD5:aa', '1 unsupported hash algorithm'],
    ['hash: SHA256:aa', '1 decode hash failed: invalid format'],
  ])('says of %j what ssh-keygen says', (text, words) => expect(said(text)).toBe(words));

  it('wants an authority for serials and key IDs', () => {
    const read = parseKrlSpecification('serial: 1', undefined);
    expect(read).toMatchObject({
      message: 'revoking certificates by serial number requires specification of a CA key',
      place: 'none',
    });
    expect(parseKrlSpecification('id: x', 'any')).toMatchObject({ ok: true });
  });
});
