/** The CBC ciphers of PEM files, one row each: OpenSSL's name, as DEK-Info has it, and the object identifier that PBES2 has for it. */
import { cbc } from '@noble/ciphers/aes.js';
import { desCbcDecrypt, desCbcEncrypt } from '../../crypto/des-cbc.ts';
import type { CipherSecret } from './openssh-ciphers.ts';

/** The ciphers that a format knows. */
export interface BlockCiphers {
  /** Those that new files are encrypted with; the usual one first. */
  readonly names: readonly string[];
  find(name: string): BlockCipher | undefined;
}

export interface BlockCipher {
  /** Like `AES-128-CBC`. */
  readonly name: string;
  /** In dotted decimal. */
  readonly identifier: string;
  readonly keySizeBytes: number;
  /** Of the initialization vector too. */
  readonly blockSizeBytes: number;
  /** Whether we encrypt new files with it: not with DES. */
  readonly isForWriting: boolean;
  /** Of whole blocks, without padding. */
  encrypt(secret: CipherSecret, plaintext: Uint8Array): Uint8Array;
  decrypt(secret: CipherSecret, ciphertext: Uint8Array): Uint8Array;
}

function aes(bits: 128 | 192 | 256, identifier: string): BlockCipher {
  return {
    name: `AES-${bits}-CBC`,
    identifier,
    keySizeBytes: bits / 8,
    blockSizeBytes: 16,
    isForWriting: true,
    encrypt: ({ key, iv }, plaintext) => cbc(key, iv, { disablePadding: true }).encrypt(plaintext),
    decrypt: ({ key, iv }, ciphertext) => cbc(key, iv, { disablePadding: true }).decrypt(ciphertext),
  };
}

export const tripleDesCbc: BlockCipher = {
  name: 'DES-EDE3-CBC',
  identifier: '1.2.840.113549.3.7',
  keySizeBytes: 24,
  blockSizeBytes: 8,
  isForWriting: true,
  encrypt: desCbcEncrypt,
  decrypt: desCbcDecrypt,
};

export const desCbc: BlockCipher = {
  name: 'DES-CBC',
  identifier: '1.3.14.3.2.7',
  keySizeBytes: 8,
  blockSizeBytes: 8,
  isForWriting: false,
  encrypt: desCbcEncrypt,
  decrypt: desCbcDecrypt,
};

/** The usual one first: what `ssh-keygen -m PEM` and `-m PKCS8` write. */
export const blockCiphers: readonly BlockCipher[] = [
  aes(128, '2.16.840.1.101.3.4.1.2'),
  aes(192, '2.16.840.1.101.3.4.1.22'),
  aes(256, '2.16.840.1.101.3.4.1.42'),
  tripleDesCbc,
  desCbc,
];

/** The names that writing takes, the usual one first. */
export const blockCipherNames: readonly string[] = blockCiphers
  .filter((row) => row.isForWriting)
  .map((row) => row.name);

export function findBlockCipher(name: string): BlockCipher | undefined {
  return blockCiphers.find((row) => row.name === name);
}

/** All of PEM files. */
export const pemCiphers: BlockCiphers = { names: blockCipherNames, find: findBlockCipher };
