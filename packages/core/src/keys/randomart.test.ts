import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../test/seeded-random.ts';
import type { FingerprintHashName } from './fingerprint.ts';
import { generateKey } from './generate-key.ts';
import { runAtOnce } from '../long-work.ts';
import { drawBoard, randomart, randomartStart, randomartWalk } from './randomart.ts';

const random = seededRandom('randomart');
const key = runAtOnce(generateKey({ type: 'ssh-ed25519', random }));
const heading = (shortName: string, openssh: '10' | '6.6' = '10') =>
  randomart(key, { shortName, openssh }).split('\n')[0];

const footer = (hash: FingerprintHashName) => randomart(key, { hash }).split('\n').at(-1);

describe('randomart', () => {
  it('has the headings of 10.5: with the bits, without where they do not fit, and cut', () => {
    expect(heading('ED25519')).toBe('+--[ED25519 256]--+');
    expect(heading('RSA')).toBe('+----[RSA 256]----+');
    expect(heading('ECDSA-CERT')).toBe('+[ECDSA-CERT 256]-+');
    expect(heading('ED25519-CERT')).toBe('+-[ED25519-CERT]--+');
    expect(heading('ED25519-SK')).toBe('+[ED25519-SK 256]-+');
    expect(heading('ECDSA-SK-CERT')).toBe('+-[ECDSA-SK-CERT]-+');
    expect(heading('ED25519-SK-CERT')).toBe('+[ED25519-SK-CERT-+');
    expect(heading('MLDSA44-ED25519')).toBe('+[MLDSA44-ED25519-+');
    expect(heading('MLDSA44-ED25519-CERT')).toBe('+[MLDSA44-ED25519-+');
  });

  it('has the headings of 6.6', () => {
    expect(heading('DSA', '6.6')).toBe('+--[ DSA  256]----+');
    expect(heading('ECDSA', '6.6')).toBe('+--[ECDSA  256]---+');
    expect(heading('RSA-CERT', '6.6')).toBe('+--[RSA-CERT  25--+');
  });

  it('names the hash below', () => {
    expect(footer('md5')).toBe('+------[MD5]------+');
    expect(footer('sha1')).toBe('+-----[SHA1]------+');
    expect(footer('sha384')).toBe('+----[SHA384]-----+');
  });
});

describe('randomartWalk', () => {
  it('takes four steps a byte, the lowest bits first, and the walls hold', () => {
    const steps = randomartWalk(Uint8Array.of(0b11_10_01_00, 0xff, 0xff));
    expect(steps.slice(0, 4).map(({ bits }) => bits)).toEqual(['00', '01', '10', '11']);
    expect(steps.slice(0, 4).map(({ to }) => [to.x, to.y])).toEqual([
      [7, 3],
      [8, 2],
      [7, 3],
      [8, 4],
    ]);
    expect(steps[2]?.visits).toBe(2);
    expect(steps.at(-1)).toMatchObject({ byte: 2, to: { x: 16, y: 8 } });
  });

  it('of nothing ends where it starts', () => {
    expect(randomartWalk(new Uint8Array())).toEqual([]);
    expect(drawBoard(new Uint8Array())[randomartStart.y]).toBe('|        E        |');
  });
});
