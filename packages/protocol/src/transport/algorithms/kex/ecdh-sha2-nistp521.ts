/** Key exchange `ecdh-sha2-nistp521`. Specification: RFC 5656 4, 6.2.1. */
import { ecdhArithmetic } from './ecdh-arithmetic.ts';
import type { KexRow } from './row.ts';

export const ecdhSha2Nistp521: KexRow = {
  name: 'ecdh-sha2-nistp521',
  hash: 'sha512',
  isPostQuantum: false,
  supportedBy: ['10', '6.6'],
  defaultOrder: { '10': 8, '6.6': 4 },
  ...ecdhArithmetic('nistp521'),
};
