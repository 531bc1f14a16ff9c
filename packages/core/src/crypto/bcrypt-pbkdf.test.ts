import { describe, expect, it } from 'vitest';
import { hexEncode, utf8Encode } from '../wire/index.ts';
import { bcryptPbkdf } from './bcrypt-pbkdf.ts';
import { initialBlowfishState } from './blowfish-key-schedule.ts';

function run(passphrase: string, salt: string, shape: { rounds: number; sizeBytes: number }): string {
  const work = bcryptPbkdf({ passphrase: utf8Encode(passphrase), salt: utf8Encode(salt), ...shape });
  for (;;) {
    const step = work.next();
    if (step.done === true) return hexEncode(step.value);
  }
}

describe('initialBlowfishState', () => {
  it('is the fraction of pi: first and last words of the boxes as published', () => {
    const words = [...initialBlowfishState()].map((word) => (word >>> 0).toString(16).padStart(8, '0'));
    expect(words.slice(0, 2)).toEqual(['243f6a88', '85a308d3']);
    expect(words[18]).toBe('d1310ba6');
    expect(words.at(-1)).toBe('3ac372e6');
  });
});

describe('bcryptPbkdf', () => {
  it('gives the known key of OpenBSD regress: 4 rounds, 32 bytes', () => {
    expect(run('password', 'salt', { rounds: 4, sizeBytes: 32 })).toBe(
      '5bbf0cc293587f1c3635555c27796598d47e579071bf427e9d8fbe842aba34d9',
    );
  });

  /** By the npm package bcrypt-pbkdf 1.0.2: two blocks, and three. */
  it.each([
    [
      { rounds: 3, sizeBytes: 48 },
      'cc1db52f08dc020975ff3593a9dd6287f5d391edd43aa725eeb6a0d58f11e1c65ea1e012b69180504494b159a7c8b2c5',
    ],
    [
      { rounds: 2, sizeBytes: 80 },
      '75783dcf09aff036554418eb8b58eddd337168124416834a96e5069d5ddec35ba65af7a5c6c33fc90fda520cb0af3354dadc7c9403453068f67634f858bbcec95f6d8ecd18be2dfb22405d970e5c5dfc',
    ],
  ])('gives what another implementation gives: %j', (shape, key) => {
    expect(run('password', 'salt', shape)).toBe(key);
  });

  it('tells how far it is after each round of its blocks, two at a time', () => {
    const work = bcryptPbkdf({ passphrase: utf8Encode('p'), salt: utf8Encode('s'), rounds: 2, sizeBytes: 80 });
    const seen: number[] = [];
    for (let step = work.next(); step.done !== true; step = work.next()) {
      seen.push(step.value.done);
      expect(step.value.total).toBe(6);
    }
    expect(seen).toEqual([2, 4, 5, 6]);
  });
});
