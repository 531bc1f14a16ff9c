/** The table of key exchanges, in the order of `ssh -Q kex`. */
import { findRow } from '../offered.ts';
import { curve25519Sha256Libssh } from './curve25519-sha256-libssh.ts';
import { curve25519Sha256 } from './curve25519-sha256.ts';
import { ecdhSha2Nistp256 } from './ecdh-sha2-nistp256.ts';
import { ecdhSha2Nistp384 } from './ecdh-sha2-nistp384.ts';
import { ecdhSha2Nistp521 } from './ecdh-sha2-nistp521.ts';
import { mlkem768X25519Sha256 } from './mlkem768x25519-sha256.ts';
import type { KexRow } from './row.ts';

export const kexRows: readonly KexRow[] = [
  ecdhSha2Nistp256,
  ecdhSha2Nistp384,
  ecdhSha2Nistp521,
  curve25519Sha256,
  curve25519Sha256Libssh,
  mlkem768X25519Sha256,
];

export function findKex(name: string): KexRow {
  return findRow(kexRows, name);
}
