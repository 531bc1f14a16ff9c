import { describe, expect, it } from 'vitest';
import { sha512Crypt, verifySha512Crypt } from './sha512-crypt.ts';

/** Made by `openssl passwd -6 -salt SALT PASSWORD` and, with rounds, by crypt(3) of libxcrypt. */
const vectors = [
  ['seashell', '$6$saltsalt$242FKzWoXva/symET2YYoFQQDbkptGSWmzXga6Wk/5ENb1uFJ5hqf7Jaw1vtkvraYBzRMwoljptETlNsu7pKt1'],
  [
    'x'.repeat(100),
    '$6$abcdefghijklmnop$r/HtRGuCzMNedONV3I8Xz8Qm4Qy85pQ/RigX0agmbAzWsa3BCc1B564NfCD/Giyliby36KbTMkrVLsmFYtbTu1',
  ],
  ['pässwörd', '$6$Zz9$xQHiGS9.1YOwnCciNkDubnAU58BKY1l0Q/up1eobaEu68fZtjSbHQB7bcbaFOY8hde3.1Jl0NSR9..Z.bar8X/'],
  ['bar', '$6$rounds=1234$foo$rWlpcUNNn/hunorCaU8HVQxoy.EyGlfIZFDjy/wpfMGlI.WfDQ9KVhp2C5nUCYWVgcQ/TLaFXGj0j/6DoM67g/'],
  [
    'Hello world!',
    '$6$rounds=10000$saltstringsaltst$OW1/O6BYHV6BcXZu8QVeXbDWra3Oeqh0sbHbbMCVNSnCM/UrjmM0Dp8vOuZeHBy/YTBmSK6H9qs/y3RnOaw5v.',
  ],
] as const;

describe('sha512Crypt', () => {
  it.each(vectors)('gives the vector of %j', (password, hash) => {
    expect(sha512Crypt(password, hash)).toBe(hash);
  });

  it('cuts a long salt as crypt(3) does', () => {
    expect(sha512Crypt('bar', '$6$rounds=1400$anotherlongsaltstring')).toBe(
      '$6$rounds=1400$anotherlongsalts$Mq7MppYqaKrTu39YQoTWy1cpiRu1WRtBPvQMv4z.CH9A94hNRfA86WS5g4/jUeRhlmFOFpR9OfYt2eqRPfYoI0',
    );
  });

  it.each(['$1$salt$x', '*', '!', '', '$6$rounds=999$salt', '$6$rounds=999999999$salt'])(
    'computes nothing for %j',
    (setting) => {
      expect(sha512Crypt('x', setting)).toBeUndefined();
    },
  );
});

describe('verifySha512Crypt', () => {
  it('accepts the right password and no other', () => {
    const [password, hash] = vectors[0];
    expect(verifySha512Crypt(password, hash)).toBe(true);
    expect(verifySha512Crypt(`${password}x`, hash)).toBe(false);
    expect(verifySha512Crypt(password, hash.slice(0, -1))).toBe(false);
    expect(verifySha512Crypt(password, `!${hash}`)).toBe(false);
  });
});
