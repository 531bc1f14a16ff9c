import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../test/seeded-random.ts';
import { generateKey } from '../keys/generate-key.ts';
import { encodePublicKey, publicKeyOf } from '../keys/public-key.ts';
import { signMessage } from '../keys/signature.ts';
import { runAtOnce } from '../long-work.ts';
import { signWithKey } from '../signing.ts';
import { concatBytes } from '../wire/bytes.ts';
import { DecodeError } from '../wire/decode-error.ts';
import { string, uint32 } from '../wire/primitives.ts';
import { utf8Encode } from '../wire/text.ts';
import { certificateSpans, decodeCertificate, encodeCertificate, encodeSigned, isCertificateBlob } from './blob.ts';
import { certificateTypeName, certificateTypes } from './certificate-type.ts';
import type { Certificate } from './certificate.ts';
import { issueCertificate } from './issue.ts';
import { flagOption, textOption } from './options.ts';

const random = seededRandom('certificate blobs');
const authority = runAtOnce(generateKey({ type: 'ssh-ed25519', random }));
const key = publicKeyOf(runAtOnce(generateKey({ type: 'ssh-ed25519', random })));
const certificate = signWithKey(
  issueCertificate({
    key,
    usage: 'user',
    keyId: 'id',
    serial: 7n,
    principals: ['alice', 'bob'],
    criticalOptions: [textOption('force-command', 'ls')],
    extensions: [flagOption('permit-pty')],
    authority: publicKeyOf(authority),
    nonce: random(32),
  }),
  { key: authority, random },
);
const blob = encodeCertificate(certificate);

/** The blob with another signed part, and the signature that belongs to it. */
function signed(message: Uint8Array): Uint8Array {
  return concatBytes(message, string.encode(signMessage({ key: authority, message, random })));
}

/** The certificate with a field of the signed part changed in the bytes, and signed anew. */
function withField(path: string, bytes: Uint8Array): Uint8Array {
  const span = certificateSpans(blob).find((each) => each.path === `certificate.${path}`);
  if (span === undefined) throw new Error(`no field ${path}`);
  const end = blob.length - string.encode(certificate.signature).length;
  return signed(concatBytes(blob.subarray(0, span.start), bytes, blob.subarray(span.end, end)));
}

function failure(bytes: Uint8Array): string {
  try {
    decodeCertificate(bytes);
  } catch (error) {
    if (error instanceof DecodeError) return error.message;
    throw error;
  }
  return 'decoded';
}

const many = (count: number, item: Uint8Array) =>
  string.encode(concatBytes(...Array.from({ length: count }, () => item)));
const option = (name: string) => concatBytes(string.encode(utf8Encode(name)), string.encode(new Uint8Array()));

describe('decodeCertificate', () => {
  it('gives back what was issued', () => {
    const again: Certificate = decodeCertificate(blob);
    expect(again).toEqual(certificate);
    expect(encodeCertificate(again)).toEqual(blob);
    expect(again.validity).toEqual({ after: 0n, before: 2n ** 64n - 1n });
  });

  it('refuses the blob with any bit turned over', () => {
    for (let at = 0; at < blob.length; at++) {
      const damaged = blob.slice();
      damaged[at] = (damaged[at] ?? 0) ^ (1 << (at % 8));
      expect(failure(damaged), `byte ${at}`).not.toBe('decoded');
    }
  });

  it('refuses the blob cut at any byte, or with a byte more', () => {
    for (let size = 0; size < blob.length; size++) expect(failure(blob.subarray(0, size))).not.toBe('decoded');
    expect(failure(concatBytes(blob, Uint8Array.of(0)))).toMatch(/found 1 more bytes/);
  });

  it('refuses a signature of another key, with the words and the place', () => {
    const other = runAtOnce(generateKey({ type: 'ssh-ed25519', random }));
    const message = encodeSigned(certificate);
    const forged = concatBytes(message, string.encode(signMessage({ key: other, message, random })));
    expect(failure(forged)).toBe(`certificate.signature: incorrect signature (byte ${message.length + 4})`);
  });

  it('refuses an authority that is itself a certificate: there are no chains', () => {
    expect(failure(withField('authority', string.encode(blob)))).toMatch(/authority: invalid certificate signing key/);
  });

  it('refuses a usage that is neither user nor host', () => {
    for (const usage of [0, 3, 0xffff_ffff]) {
      expect(failure(withField('usage', uint32.encode(usage)))).toMatch(/usage: unknown\/unsupported certificate type/);
    }
  });

  it('takes 256 principals and 64 options, and refuses one more', () => {
    const principal = string.encode(utf8Encode('p'));
    expect(decodeCertificate(withField('principals', many(256, principal))).principals).toHaveLength(256);
    expect(failure(withField('principals', many(257, principal)))).toMatch(/principals: expected at most 256 items/);
    expect(decodeCertificate(withField('extensions', many(64, option('x')))).extensions).toHaveLength(64);
    for (const field of ['criticalOptions', 'extensions']) {
      expect(failure(withField(field, many(65, option('x'))))).toMatch(/: expected at most 64 items/);
    }
  });

  it('refuses text that is not UTF-8 or holds NUL', () => {
    expect(failure(withField('keyId', string.encode(Uint8Array.of(0xff))))).toMatch(/keyId: expected UTF-8/);
    expect(failure(withField('keyId', string.encode(Uint8Array.of(0))))).toMatch(/keyId: expected text without NUL/);
  });

  it('refuses a plain key, an unknown type, and names like __proto__', () => {
    expect(failure(encodePublicKey(key))).toMatch(/unknown certificate type ssh-ed25519/);
    expect(failure(string.encode(utf8Encode('__proto__')))).toMatch(/unknown certificate type __proto__/);
    expect([blob, encodePublicKey(key), new Uint8Array()].map(isCertificateBlob)).toEqual([true, false, false]);
  });

  it('throws only DecodeError, with an offset inside the bytes, for any bytes', () => {
    const anyBytes = fc.uint8Array({ maxLength: 300 });
    fc.assert(
      fc.property(fc.constantFrom(...certificateTypes), anyBytes, ({ name }, tail) => {
        const bytes = concatBytes(string.encode(utf8Encode(name)), tail);
        expect(failure(bytes)).not.toBe('decoded');
      }),
    );
  });

  it('tells where each field lies, those of the certified key too', () => {
    const spans = certificateSpans(blob).filter(({ depth }) => depth === 1);
    expect(spans.map(({ path }) => path.slice('certificate.'.length)).join(' ')).toBe(
      'type nonce key serial usage keyId principals validAfter validBefore ' +
        'criticalOptions extensions reserved authority signature',
    );
    spans.reduce((end, span) => {
      expect(span.start).toBe(end);
      return span.end;
    }, 0);
    expect(certificateSpans(blob).find(({ path }) => path === 'certificate.key.publicKey')).toMatchObject({
      start: spans[2]?.start,
      end: spans[2]?.end,
    });
    expect(spans.at(-1)?.end).toBe(blob.length);
  });
});

describe('certificateTypes', () => {
  it('has one for each key type, named as PROTOCOL.certkeys says', () => {
    expect(certificateTypeName('ssh-rsa')).toBe('ssh-rsa-cert-v01@openssh.com');
    expect(certificateTypeName('sk-ssh-ed25519@openssh.com')).toBe('sk-ssh-ed25519-cert-v01@openssh.com');
    expect(new Set(certificateTypes.map(({ name }) => name)).size).toBe(certificateTypes.length);
  });
});
