/** Key exchange `curve25519-sha256`. Specification: RFC 8731. */
import { curve25519Arithmetic } from './curve25519-arithmetic.ts';
import type { KexRow } from './row.ts';

export const curve25519Sha256: KexRow = {
  name: 'curve25519-sha256',
  supportedBy: ['10'],
  defaultOrder: { '10': 4 },
  ...curve25519Arithmetic,
};
