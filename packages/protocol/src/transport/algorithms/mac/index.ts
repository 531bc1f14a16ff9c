/** The table of MACs, in the order of `ssh -Q mac`. */
import { findRow } from '../offered.ts';
import { hmacSha1Etm } from './hmac-sha1-etm.ts';
import { hmacSha1 } from './hmac-sha1.ts';
import { hmacSha2256Etm } from './hmac-sha2-256-etm.ts';
import { hmacSha2256 } from './hmac-sha2-256.ts';
import { hmacSha2512Etm } from './hmac-sha2-512-etm.ts';
import { hmacSha2512 } from './hmac-sha2-512.ts';
import type { MacRow } from './row.ts';

export const macRows: readonly MacRow[] = [
  hmacSha1,
  hmacSha2256,
  hmacSha2512,
  hmacSha1Etm,
  hmacSha2256Etm,
  hmacSha2512Etm,
];

export function findMac(name: string): MacRow {
  return findRow(macRows, name);
}
