/** Key exchange `ecdh-sha2-nistp256`. Specification: RFC 5656 4, 6.2.1. */
import { ecdhArithmetic } from './ecdh-arithmetic.ts';
import type { KexRow } from './row.ts';

export const ecdhSha2Nistp256: KexRow = {
  name: 'ecdh-sha2-nistp256',
  hash: 'sha256',
  isPostQuantum: false,
  supportedBy: ['10', '6.6'],
  defaultOrder: { '10': 6, '6.6': 2 },
  ...ecdhArithmetic('nistp256'),
};
