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

  it('tells how far it is after each round', () => {
    const work = bcryptPbkdf({ passphrase: utf8Encode('p'), salt: utf8Encode('s'), rounds: 2, sizeBytes: 48 });
    const seen: number[] = [];
    for (let step = work.next(); step.done !== true; step = work.next()) {
      seen.push(step.value.done);
      expect(step.value.total).toBe(4);
    }
    expect(seen).toEqual([1, 2, 3, 4]);
  });
});
