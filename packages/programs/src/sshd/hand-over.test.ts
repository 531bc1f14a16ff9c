import { generateKey, encodePublicKey, publicKeyOf, runAtOnce } from '@seashell/core/keys';
import { DecodeError } from '@seashell/core/wire';
import { expect, test } from 'vitest';
import { decodeHandOver, encodeHandOver, type HandedOver } from './hand-over.ts';

const key = runAtOnce(generateKey({ type: 'ssh-ed25519', random: (length) => new Uint8Array(length).fill(7) }));
const handed: HandedOver = {
  config: {
    path: '/etc/ssh/sshd_config',
    text: 'Include x\n',
    options: ['Port=2222'],
    includes: [
      {
        pattern: '/etc/ssh/x',
        files: [
          { path: '/etc/ssh/x', text: 'Port 22\n' },
          { path: '/etc/ssh/y', failure: 'Permission denied' },
        ],
      },
    ],
  },
  hostKeys: [{ key, blob: encodePublicKey(publicKeyOf(key)) }],
};

test('decodeHandOver gives what encodeHandOver took', () => {
  expect(decodeHandOver(encodeHandOver(handed))).toEqual(handed);
});

test('decodeHandOver refuses what is cut', () => {
  expect(() => decodeHandOver(encodeHandOver(handed).slice(0, -1))).toThrow(DecodeError);
});
