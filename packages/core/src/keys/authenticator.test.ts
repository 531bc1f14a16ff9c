import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../test/seeded-random.ts';
import { signAsBrowser, webauthnAlgorithm, webauthnCases, webauthnKey } from '../../test/webauthn-cases.ts';
import { utf8Encode } from '../wire/text.ts';
import { simulatedAuthenticator } from './authenticator.ts';
import { publicKeyOf } from './public-key.ts';
import { authenticatorStatementOf, signatureAlgorithmsOf, verifySignature } from './signature.ts';

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
  it.each(webauthnCases)('with $name: $verifies', (each) => {
    const signature = signAsBrowser(message, each);
    const algorithms = [webauthnAlgorithm];
    expect(verifySignature({ key: webauthnKey, message, signature, algorithms })).toBe(each.verifies);
  });
});
