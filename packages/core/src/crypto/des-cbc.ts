/**
 * DES and three-key DES in CBC mode without padding (FIPS 46-3, SP 800-67), by node-forge: noble has no DES. Broken or weak; here for
 * old key files and OpenSSH's 3des-cbc only. The one file that imports node-forge.
 */
// oxlint-disable-next-line triple-slash-reference -- packages that compile this from its source need the declarations too
/// <reference path="./node-forge-des.d.ts" />
import des from 'node-forge/lib/des.js';
import { assert } from '../assertion.ts';

export interface DesSecret {
  /** 8 bytes for DES, 24 for three keys. */
  readonly key: Uint8Array;
  /** 8 bytes. */
  readonly iv: Uint8Array;
}

const blockSizeBytes = 8;
const keySizesBytes: readonly number[] = [8, 24];

/** Encrypts whole blocks. */
export function desCbcEncrypt({ key, iv }: DesSecret, plaintext: Uint8Array): Uint8Array<ArrayBuffer> {
  return run(des.createEncryptionCipher(byteString(key), 'CBC'), { key, iv }, plaintext);
}

/** Decrypts whole blocks. */
export function desCbcDecrypt({ key, iv }: DesSecret, ciphertext: Uint8Array): Uint8Array<ArrayBuffer> {
  return run(des.createDecryptionCipher(byteString(key), 'CBC'), { key, iv }, ciphertext);
}

type DesCipher = ReturnType<typeof des.createEncryptionCipher>;

function run(cipher: DesCipher, { key, iv }: DesSecret, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const isFit = keySizesBytes.includes(key.length) && iv.length === blockSizeBytes;
  assert(isFit && bytes.length % blockSizeBytes === 0, 'DES takes a key of 8 or 24 bytes and whole blocks');
  const text = byteString(bytes);
  cipher.start(byteString(iv));
  cipher.update({ getBytes: () => text });
  cipher.finish(() => true);
  return Uint8Array.from(cipher.output.getBytes(), (character) => character.charCodeAt(0));
}

const chunkSize = 4096;

function byteString(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += chunkSize)
    text += String.fromCharCode(...bytes.subarray(at, at + chunkSize));
  return text;
}
