/** Ciphers of encrypted openssh-key-v1 files, one row each: aes256-ctr is OpenSSH 10's, aes256-cbc was 6.6's. */
import { cbc, ctr, gcm } from '@noble/ciphers/aes.js';

export interface KeyFileCipher {
  readonly name: string;
  readonly keySizeBytes: number;
  readonly ivSizeBytes: number;
  readonly blockSizeBytes: number;
  /** Bytes of the tag behind the encrypted part; 0 without authentication. */
  readonly tagSizeBytes: number;
  encrypt(secret: CipherSecret, plaintext: Uint8Array): Uint8Array;
  /** Undefined when a tag is wrong. */
  decrypt(secret: CipherSecret, ciphertext: Uint8Array): Uint8Array | undefined;
}

export interface CipherSecret {
  readonly key: Uint8Array;
  readonly iv: Uint8Array;
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

const rows: readonly KeyFileCipher[] = [
  counterMode('aes256-ctr', 32),
  counterMode('aes192-ctr', 24),
  counterMode('aes128-ctr', 16),
  chainedMode('aes256-cbc', 32),
  chainedMode('aes192-cbc', 24),
  chainedMode('aes128-cbc', 16),
  authenticatedMode('aes256-gcm@openssh.com', 32),
  authenticatedMode('aes128-gcm@openssh.com', 16),
];

const byName: ReadonlyMap<string, KeyFileCipher> = new Map(rows.map((row) => [row.name, row]));

/** The names that `writeOpensshKey` takes as cipher, the usual one first. */
export const keyFileCipherNames: readonly string[] = rows.map((row) => row.name);

/** The row with this name, if there is one. */
export function findKeyFileCipher(name: string): KeyFileCipher | undefined {
  return byName.get(name);
}
