import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../test/seeded-random.ts';
import { ecdsaNistp256 } from '../crypto/ecdsa-nistp256.ts';
import { sha256 } from '../crypto/sha256.ts';
import { base64EncodeUnpadded } from '../wire/base64.ts';
import { concatBytes } from '../wire/bytes.ts';
import { utf8Encode } from '../wire/text.ts';
import { webauthnData } from './authenticator-data.ts';
import { simulatedAuthenticator } from './authenticator.ts';
import { publicKeyOf } from './public-key.ts';
import { encodeSignaturePair } from './signature-pair.ts';
import { authenticatorStatementOf, signatureAlgorithmsOf, signatureBlob, verifySignature } from './signature.ts';

const types = ['sk-ssh-ed25519@openssh.com', 'sk-ecdsa-sha2-nistp256@openssh.com'] as const;
const message = utf8Encode('message');
const deviceOf = (seed: string) => simulatedAuthenticator(seededRandom(seed)(32));

describe.each(types)('simulatedAuthenticator, %s', (type) => {
  const device = deviceOf('device');
  const key = device.enroll({ type, random: seededRandom('enroll') });
  const check = { key: publicKeyOf(key), message, algorithms: signatureAlgorithmsOf(key) };
  const sign = (counter: number) => device.sign({ key, message, counter }) ?? new Uint8Array();

  it('makes the same key of the same secret and random bytes', () => {
    expect(deviceOf('device').enroll({ type, random: seededRandom('enroll') })).toEqual(key);
    expect(deviceOf('other').enroll({ type, random: seededRandom('enroll') })).not.toEqual(key);
    expect(key).toMatchObject({ type, application: 'ssh:', flags: 1 });
  });

  it('signs what verifies, with its flags and counter', () => {
    const signature = sign(7);
    expect(verifySignature({ ...check, signature })).toBe(true);
    expect(verifySignature({ ...check, signature, message: utf8Encode('x') })).toBe(false);
    const statement = { userPresent: true, userVerified: false, counter: 7 };
    expect(authenticatorStatementOf(key, signature)).toEqual(statement);
  });

  it('a changed flag, counter or application makes the signature wrong', () => {
    const signature = sign(7);
    for (const at of [1, 5]) {
      const wrong = signature.slice();
      wrong[wrong.length - at] = (wrong.at(-at) ?? 0) ^ 4;
      expect(verifySignature({ ...check, signature: wrong })).toBe(false);
    }
    expect(verifySignature({ ...check, key: publicKeyOf({ ...key, application: 'ssh:x' }), signature })).toBe(false);
  });

  it('refuses the handle of another device, a changed one, and another application', () => {
    const handle = key.keyHandle.slice();
    handle[3] = (handle[3] ?? 0) ^ 1;
    expect(deviceOf('other').sign({ key, message, counter: 1 })).toBeUndefined();
    expect(device.sign({ key: { ...key, keyHandle: handle }, message, counter: 1 })).toBeUndefined();
    expect(device.sign({ key: { ...key, application: 'ssh:other' }, message, counter: 1 })).toBeUndefined();
  });
});

describe('webauthn-sk-ecdsa-sha2-nistp256@openssh.com', () => {
  const algorithm = 'webauthn-sk-ecdsa-sha2-nistp256@openssh.com';
  const application = 'example.com';
  const scalar = 77n;
  const key = { type: types[1], point: ecdsaNistp256.publicKey(scalar), application } as const;
  const origin = 'https://example.com';
  const challenge = base64EncodeUnpadded(message).replaceAll('+', '-').replaceAll('/', '_');
  const usual = {
    flags: 5,
    counter: 9,
    origin,
    clientData: `{"type":"webauthn.get","challenge":"${challenge}","origin":"${origin}","crossOrigin":false}`,
    extensions: new Uint8Array(),
  };
  const verifies = (change: Partial<typeof usual>) => {
    const data = { ...usual, ...change };
    const clientData = utf8Encode(data.clientData);
    const extra = webauthnData.encode({ ...data, clientData });
    const head = extra.subarray(0, 5);
    const appHash = sha256.digest(utf8Encode(application));
    const signed = concatBytes(appHash, head, data.extensions, sha256.digest(clientData));
    const signature = encodeSignaturePair(ecdsaNistp256.sign(signed, scalar));
    const blob = signatureBlob.encode({ algorithm, signature, extra });
    return verifySignature({ key, message, signature: blob, algorithms: [algorithm] });
  };

  it('verifies what a browser signs', () => {
    expect(verifies({})).toBe(true);
    expect(verifies({ flags: 0x81, extensions: Uint8Array.of(0xa0) })).toBe(true);
  });

  it.each([
    ['another challenge', { clientData: usual.clientData.replace(challenge, 'AAAA') }],
    ['another type', { clientData: usual.clientData.replace('webauthn.get', 'webauthn.create') }],
    ['another origin in the data', { clientData: usual.clientData.replace(origin, 'https://evil.example') }],
    ['an origin that ends the string', { origin: `${origin}","x":"` }],
    ['attested data', { flags: 0x41 }],
    ['extensions without their flag', { extensions: Uint8Array.of(0xa0) }],
    ['the flag of extensions without any', { flags: 0x81 }],
  ])('refuses %s', (_what, change) => {
    expect(verifies(change)).toBe(false);
  });
});
