/**
 * DER under a block cipher with the padding of PKCS#7, as PEM files encrypt it. There is no checksum: the right passphrase is known by
 * the header of the decrypted DER, which a wrong one gives in less than one case in a million. Damage to the first block looks like a
 * wrong passphrase; damage elsewhere is told from it.
 */
import { concatBytes } from '../../wire/bytes.ts';
import { DecodeError } from '../../wire/decode-error.ts';
import type { BlockCipher } from './block-ciphers.ts';
import { elementSize } from './der.ts';
import type { CipherSecret } from './openssh-ciphers.ts';

export interface EncryptedDer {
  readonly cipher: BlockCipher;
  readonly secret: CipherSecret;
}

export type DecryptedDer =
  | { readonly outcome: 'der'; readonly der: Uint8Array }
  | { readonly outcome: 'wrong-passphrase' };

/** A SEQUENCE that begins with an INTEGER of one byte: the version, which opens all private keys. */
function startsAsPrivateKey(plain: Uint8Array, headerSize: number): boolean {
  return plain[0] === 0x30 && plain[headerSize] === 0x02 && plain[headerSize + 1] === 0x01;
}

function headerSizeOf(plain: Uint8Array): number {
  const first = plain[1] ?? 0;
  return first < 0x80 ? 2 : 2 + (first & 0x7f);
}

/** Throws DecodeError where the passphrase was right and the padding is not; its offset is in the decrypted bytes. */
export function decryptDer({ cipher, secret }: EncryptedDer, ciphertext: Uint8Array): DecryptedDer {
  const plain = cipher.decrypt(secret, ciphertext);
  const size = elementSize(plain) ?? 0;
  const paddingSize = plain.length - size;
  const fits = paddingSize >= 1 && paddingSize <= cipher.blockSizeBytes;
  if (!fits || !startsAsPrivateKey(plain, headerSizeOf(plain))) return { outcome: 'wrong-passphrase' };
  const wrong = plain.subarray(size).findIndex((value) => value !== paddingSize);
  if (wrong >= 0) {
    const reason = `expected ${paddingSize} bytes of padding, each ${paddingSize}`;
    throw new DecodeError(reason, { path: 'padding', offset: size + wrong });
  }
  return { outcome: 'der', der: plain.subarray(0, size) };
}

export function encryptDer({ cipher, secret }: EncryptedDer, der: Uint8Array): Uint8Array {
  const paddingSize = cipher.blockSizeBytes - (der.length % cipher.blockSizeBytes);
  return cipher.encrypt(secret, concatBytes(der, new Uint8Array(paddingSize).fill(paddingSize)));
}

/** Throws DecodeError, with its offset 0 in the ciphertext, for what is no whole blocks. */
export function checkBlocks({ blockSizeBytes }: BlockCipher, ciphertext: Uint8Array): void {
  if (ciphertext.length > 0 && ciphertext.length % blockSizeBytes === 0) return;
  const reason = `expected whole blocks of ${blockSizeBytes} bytes, found ${ciphertext.length} bytes`;
  throw new DecodeError(reason, { path: '', offset: 0 });
}
