import { randomart, randomartWalk, fingerprintDigest, encodePublicKey } from '@seashell/core/fingerprint';
import { generateKey, publicKeyOf, runAtOnce } from '@seashell/core/keys';
import { expect, it } from 'vitest';
import { artAfter } from './walk.ts';

const key = publicKeyOf(
  runAtOnce(generateKey({ type: 'ssh-ed25519', random: (size) => new Uint8Array(size).fill(5) })),
);
const steps = randomartWalk(fingerprintDigest(encodePublicKey(key)));
const art = randomart(key);

it('artAfter is the drawing of ssh-keygen at the end, and grows to it step by step', () => {
  expect(artAfter(art, steps, steps.length)).toBe(art);
  const [head, ...rest] = artAfter(art, steps, 0).split('\n');
  expect(head).toBe(art.split('\n')[0]);
  expect(rest.slice(0, 9).join('').replaceAll(/[| ]/g, '')).toBe('S');
  const almost = artAfter(art, steps, steps.length - 1);
  expect(almost.split('\n').map((line) => line.length)).toEqual(art.split('\n').map((line) => line.length));
  // Where the bishop stands, and where it will stand.
  const changed = Array.from({ length: art.length }, (_, at) => at).filter((at) => almost.at(at) !== art.at(at));
  expect(changed.length).toBeLessThanOrEqual(2);
});
