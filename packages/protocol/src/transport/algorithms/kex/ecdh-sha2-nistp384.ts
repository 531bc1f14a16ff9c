/** Key exchange `ecdh-sha2-nistp384`. Specification: RFC 5656 4, 6.2.1. */
import { ecdhArithmetic } from './ecdh-arithmetic.ts';
import type { KexRow } from './row.ts';

export const ecdhSha2Nistp384: KexRow = {
  name: 'ecdh-sha2-nistp384',
  hash: 'sha384',
  isPostQuantum: false,
  supportedBy: ['10', '6.6'],
  defaultOrder: { '10': 7, '6.6': 3 },
  ...ecdhArithmetic('nistp384'),
};
