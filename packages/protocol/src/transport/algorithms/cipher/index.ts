/** The table of ciphers, in the order of `ssh -Q cipher`. */
import { findRow } from '../offered.ts';
import { aes128Ctr } from './aes128-ctr.ts';
import { aes128Gcm } from './aes128-gcm.ts';
import { aes192Ctr } from './aes192-ctr.ts';
import { aes256Ctr } from './aes256-ctr.ts';
import { aes256Gcm } from './aes256-gcm.ts';
import { chacha20Poly1305 } from './chacha20-poly1305.ts';
import type { CipherRow } from './row.ts';

export const cipherRows: readonly CipherRow[] = [
  aes128Ctr,
  aes192Ctr,
  aes256Ctr,
  aes128Gcm,
  aes256Gcm,
  chacha20Poly1305,
];

export function findCipher(name: string): CipherRow {
  return findRow(cipherRows, name);
}
