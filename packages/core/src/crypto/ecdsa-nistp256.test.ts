import { describe, expect, it } from 'vitest';
import { utf8Encode } from '../wire/text.ts';
import { ecdsaNistp256 } from './ecdsa-nistp256.ts';

describe('ecdsaNistp256', () => {
  it('RFC 6979 appendix A.2.5, SHA-256: "sample" gives the published r and s', () => {
    const scalar = 0xc9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721n;
    const message = utf8Encode('sample');
    const signature = ecdsaNistp256.sign(message, scalar);
    expect(signature).toEqual({
      r: 0xefd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716n,
      s: 0xf7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8n,
    });
    expect(ecdsaNistp256.verify({ message, signature, publicKey: ecdsaNistp256.publicKey(scalar) })).toBe(true);
  });
});
