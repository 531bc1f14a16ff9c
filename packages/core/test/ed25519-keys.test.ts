/** The small entry for Ed25519 does what the large one does. */
import { describe, expect, it } from 'vitest';
import * as small from '../src/ed25519-keys/index.ts';
import * as large from '../src/keys/index.ts';
import { utf8Encode } from '../src/wire/index.ts';
import { seededRandom } from './seeded-random.ts';

const ciphers = small.aesKeyFileCiphers;
const key = small.generateEd25519Key(seededRandom('small'));

describe('ed25519-keys', () => {
  it('makes the same key, line and fingerprint as the entry of all keys', () => {
    const same = large.runAtOnce(large.generateKey({ type: 'ssh-ed25519', random: seededRandom('small') }));
    expect(key).toEqual(same);
    expect(small.printEd25519Line(key, 'me at home')).toBe(large.printPublicLine(same, 'me at home'));
    expect(small.printEd25519Line(key)).toBe(large.printPublicLine(same));
    expect(small.fingerprint(small.ed25519Blob(key))).toBe(large.fingerprint(large.encodePublicKey(same)));
  });

  it('writes files that both open, with a passphrase too', () => {
    for (const passphrase of [utf8Encode(''), utf8Encode('correct horse')]) {
      const options = { comment: 'c', passphrase, ciphers, rounds: 1, random: seededRandom('file') };
      const file = utf8Encode(small.runAtOnce(small.writeEd25519Key(key, options)));
      expect(small.runAtOnce(small.openEd25519Key(file, { passphrase, ciphers }))).toMatchObject({
        outcome: 'key',
        key,
      });
      expect(large.runAtOnce(large.openPrivateKey(file, { passphrase }))).toMatchObject({ outcome: 'key', key });
    }
  });

  it('without ciphers names the cipher of an encrypted file, and writes no file in the clear for a passphrase', () => {
    const passphrase = utf8Encode('correct horse');
    const options = { passphrase, rounds: 1, random: seededRandom('file') };
    const file = utf8Encode(small.runAtOnce(small.writeEd25519Key(key, { ...options, ciphers })));
    const opened = small.runAtOnce(small.openEd25519Key(file, { passphrase }));
    expect(opened).toEqual({ outcome: 'unsupported', what: 'cipher', name: 'aes256-ctr' });
    expect(() => small.runAtOnce(small.writeEd25519Key(key, options))).toThrow('no cipher that was given');
  });
});
