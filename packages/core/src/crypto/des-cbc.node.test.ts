/** node-forge's DES against OpenSSL's, which Node carries. */
import { createCipheriv } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { desCbcDecrypt, desCbcEncrypt } from './des-cbc.ts';

const bytes = (minimum: number, maximum = minimum) => fc.uint8Array({ minLength: minimum, maxLength: maximum });

describe('desCbcEncrypt', () => {
  it('three keys: as OpenSSL; desCbcDecrypt undoes it', () => {
    fc.assert(
      fc.property(bytes(24), bytes(8), bytes(0, 30), (key, iv, blocks) => {
        const plaintext = new Uint8Array(8 * blocks.length).map((_, index) => blocks[index >> 3] ?? 0);
        const cipher = createCipheriv('des-ede3-cbc', key, iv).setAutoPadding(false);
        const ours = desCbcEncrypt({ key, iv }, plaintext);
        expect(ours).toEqual(new Uint8Array(Buffer.concat([cipher.update(plaintext), cipher.final()])));
        expect(desCbcDecrypt({ key, iv }, ours)).toEqual(plaintext);
      }),
    );
  });

  it('one key is three equal ones', () => {
    fc.assert(
      fc.property(bytes(8), bytes(8), bytes(16), (key, iv, plaintext) => {
        const thrice = new Uint8Array([...key, ...key, ...key]);
        expect(desCbcEncrypt({ key, iv }, plaintext)).toEqual(desCbcEncrypt({ key: thrice, iv }, plaintext));
      }),
    );
  });

  it('refuses what is not whole blocks, and keys of other sizes', () => {
    const iv = new Uint8Array(8);
    expect(() => desCbcEncrypt({ key: new Uint8Array(24), iv }, new Uint8Array(9))).toThrow('assertion failed');
    expect(() => desCbcDecrypt({ key: new Uint8Array(16), iv }, new Uint8Array(8))).toThrow('assertion failed');
  });
});
