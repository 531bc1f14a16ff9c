/** Key exchange `curve25519-sha256@libssh.org`: the same as `curve25519-sha256`, by its name before RFC 8731. */
import { curve25519Arithmetic } from './curve25519-arithmetic.ts';
import type { KexRow } from './row.ts';

export const curve25519Sha256Libssh: KexRow = {
  name: 'curve25519-sha256@libssh.org',
  supportedBy: ['10', '6.6'],
  defaultOrder: { '10': 5, '6.6': 1 },
  ...curve25519Arithmetic,
};
