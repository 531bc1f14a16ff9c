/**
 * Ciphers of encrypted openssh-key-v1 files, one row each: aes256-ctr is OpenSSH 10's, aes256-cbc was 6.6's. Those with code of their
 * own beside AES stand in `openssh-other-ciphers.ts`, so that a small bundle can do without them.
 */
import { cbc, ctr, gcm } from '@noble/ciphers/aes.js';
import { bcryptPbkdf, type BcryptPbkdfParameters } from '../../crypto/bcrypt-pbkdf.ts';
import type { LongWork } from '../../long-work.ts';

export interface KeyFileCipher {
  readonly name: string;
  readonly keySizeBytes: number;
  readonly ivSizeBytes: number;
  readonly blockSizeBytes: number;
  /** Bytes of the tag behind the encrypted part; 0 without authentication. */
  readonly tagSizeBytes: number;
  /** With the tag at the end, if there is one. */
  encrypt(secret: CipherSecret, plaintext: Uint8Array): Uint8Array;
  /** Undefined when a tag is wrong. */
  decrypt(secret: CipherSecret, ciphertext: Uint8Array): Uint8Array | undefined;
}

export interface CipherSecret {
  readonly key: Uint8Array;
  readonly iv: Uint8Array;
}

/** What `openssh.ts` shall know of encryption: ciphers, and bcrypt, which makes their keys. Without it, it reads and writes plain files. */
export interface KeyFileCiphers {
  /** The usual one first. */
  readonly names: readonly string[];
  find(name: string): KeyFileCipher | undefined;
  derive(parameters: BcryptPbkdfParameters): LongWork<Uint8Array>;
}

export function keyFileCiphers(rows: readonly KeyFileCipher[]): KeyFileCiphers {
  const byName: ReadonlyMap<string, KeyFileCipher> = new Map(rows.map((row) => [row.name, row]));
  return { names: [...byName.keys()], find: (name) => byName.get(name), derive: bcryptPbkdf };
}

const blockSizeBytes = 16;

function counterMode(name: string, keySizeBytes: number): KeyFileCipher {
  return {
    name,
    keySizeBytes,
    ivSizeBytes: 16,
    blockSizeBytes,
    tagSizeBytes: 0,
    encrypt: ({ key, iv }, plaintext) => ctr(key, iv).encrypt(plaintext),
    decrypt: ({ key, iv }, ciphertext) => ctr(key, iv).decrypt(ciphertext),
  };
}

function chainedMode(name: string, keySizeBytes: number): KeyFileCipher {
  return {
    name,
    keySizeBytes,
    ivSizeBytes: 16,
    blockSizeBytes,
    tagSizeBytes: 0,
    encrypt: ({ key, iv }, plaintext) => cbc(key, iv, { disablePadding: true }).encrypt(plaintext),
    decrypt: ({ key, iv }, ciphertext) => cbc(key, iv, { disablePadding: true }).decrypt(ciphertext),
  };
}

function authenticatedMode(name: string, keySizeBytes: number): KeyFileCipher {
  return {
    name,
    keySizeBytes,
    ivSizeBytes: 12,
    blockSizeBytes,
    tagSizeBytes: 16,
    encrypt: ({ key, iv }, plaintext) => gcm(key, iv).encrypt(plaintext),
    decrypt({ key, iv }, ciphertext) {
      try {
        return gcm(key, iv).decrypt(ciphertext);
      } catch {
        return undefined;
      }
    },
  };
}

/** AES in its three modes: all that OpenSSH has written without being asked for another. */
export const aesKeyFileCipherRows: readonly KeyFileCipher[] = [
  counterMode('aes256-ctr', 32),
  counterMode('aes192-ctr', 24),
  counterMode('aes128-ctr', 16),
  chainedMode('aes256-cbc', 32),
  chainedMode('aes192-cbc', 24),
  chainedMode('aes128-cbc', 16),
  authenticatedMode('aes256-gcm@openssh.com', 32),
  authenticatedMode('aes128-gcm@openssh.com', 16),
];

/** The ciphers of openssh-key-v1 that are AES in CTR, CBC or GCM, with bcrypt: for `@seashell/core/ed25519-keys`. */
export const aesKeyFileCiphers: KeyFileCiphers = keyFileCiphers(aesKeyFileCipherRows);

/** The ciphers that OpenSSH encrypts key files with, the usual one first. */
export const sealingCipherNames: readonly string[] = [
  ...aesKeyFileCiphers.names,
  'chacha20-poly1305@openssh.com',
  '3des-cbc',
];

/** All that it writes key files with; last what it does not count as a cipher. */
export const keyFileCipherNames: readonly string[] = [...sealingCipherNames, 'none'];
