import { generateKey, runAtOnce, writePlainKey, writePrivateKey, type PrivateKeyFormat } from '@seashell/core/keys';
import { utf8Encode } from '@seashell/core/wire';
import { expect, test, vi } from 'vitest';
import { keyFileReaderOf } from './key-file-format.ts';

vi.mock('@seashell/core/key-formats', () => {
  throw new Error('no network');
});

const random = (sizeBytes: number): Uint8Array => new Uint8Array(sizeBytes).fill(7);
const key = runAtOnce(generateKey({ type: 'ssh-ed25519', random }));
const written = (format: PrivateKeyFormat, passphrase?: string): Uint8Array => {
  const secret = passphrase === undefined ? {} : { passphrase: utf8Encode(passphrase) };
  return utf8Encode(runAtOnce(writePrivateKey(key, { format, random, ...secret })));
};

test('keyFileReaderOf: OpenSSH’s own format is at hand, plain and under AES', async () => {
  for (const file of [written('openssh'), written('openssh', 'secret')]) {
    expect(await keyFileReaderOf(file)).toMatchObject({ format: { name: 'openssh' } });
  }
});

test('keyFileReaderOf: so are plain traditional files', async () => {
  const ecdsa = runAtOnce(generateKey({ type: 'ecdsa-sha2-nistp256', random }));
  const file = utf8Encode(runAtOnce(writePlainKey(ecdsa, { format: 'traditional', random })));
  expect(await keyFileReaderOf(file)).toMatchObject({ format: { name: 'sec1' } });
});

test('keyFileReaderOf: tells that the rest did not come', async () => {
  expect(await keyFileReaderOf(written('pkcs8'))).toBe('not loaded');
});

test('keyFileReaderOf: asks for nothing where there is no key file of OpenSSH', async () => {
  for (const file of [written('ppk3'), utf8Encode('garbage'), new Uint8Array()]) {
    expect(await keyFileReaderOf(file)).toBeUndefined();
  }
});
