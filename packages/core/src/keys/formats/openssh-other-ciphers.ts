/**
 * The ciphers of openssh-key-v1 that are not AES: chacha20-poly1305@openssh.com, three-key DES, and none, which `ssh-keygen -Z none`
 * writes with bcrypt beside it: such a file asks for a passphrase and takes any.
 */
import { poly1305 } from '@noble/ciphers/_poly1305.js';
import { chacha20orig } from '@noble/ciphers/chacha.js';
import { desCbcDecrypt, desCbcEncrypt } from '../../crypto/des-cbc.ts';
import { concatBytes, copyBytes, equalBytesConstantTime } from '../../wire/bytes.ts';
import { aesKeyFileCipherRows, keyFileCiphers, type KeyFileCipher, type KeyFileCiphers } from './openssh-ciphers.ts';

const tagSizeBytes = 16;
const polyKeySizeBytes = 32;
const nonce = new Uint8Array(8);

/** As for packet 0 without a length (PROTOCOL.chacha20poly1305): the second half of the key is not used. */
function tagOf(bodyKey: Uint8Array, ciphertext: Uint8Array): Uint8Array {
  return poly1305(ciphertext, chacha20orig(bodyKey, nonce, new Uint8Array(polyKeySizeBytes)));
}

const chacha20poly1305: KeyFileCipher = {
  name: 'chacha20-poly1305@openssh.com',
  keySizeBytes: 64,
  ivSizeBytes: 0,
  blockSizeBytes: 8,
  tagSizeBytes,
  encrypt({ key }, plaintext) {
    const bodyKey = key.subarray(0, 32);
    const ciphertext = chacha20orig(bodyKey, nonce, plaintext, undefined, 1);
    return concatBytes(ciphertext, tagOf(bodyKey, ciphertext));
  },
  decrypt({ key }, sealed) {
    const bodyKey = key.subarray(0, 32);
    const size = sealed.length - tagSizeBytes;
    if (size < 0) return undefined;
    const ciphertext = sealed.subarray(0, size);
    if (!equalBytesConstantTime(tagOf(bodyKey, ciphertext), sealed.subarray(size))) return undefined;
    return chacha20orig(bodyKey, nonce, ciphertext, undefined, 1);
  },
};

const tripleDes: KeyFileCipher = {
  name: '3des-cbc',
  keySizeBytes: 24,
  ivSizeBytes: 8,
  blockSizeBytes: 8,
  tagSizeBytes: 0,
  encrypt: desCbcEncrypt,
  decrypt: desCbcDecrypt,
};

const none: KeyFileCipher = {
  name: 'none',
  keySizeBytes: 0,
  ivSizeBytes: 0,
  blockSizeBytes: 8,
  tagSizeBytes: 0,
  encrypt: (_secret, plaintext) => copyBytes(plaintext),
  decrypt: (_secret, ciphertext) => copyBytes(ciphertext),
};

/** All ciphers that OpenSSH writes key files with, in our order; what it does not count as a cipher, `none`, last. */
export const allKeyFileCiphers: KeyFileCiphers = keyFileCiphers([
  ...aesKeyFileCipherRows,
  chacha20poly1305,
  tripleDes,
  none,
]);
