/** Signature algorithm `ecdsa-sha2-nistp384`. Specification: RFC 5656 3. */
import type { HostKeyRow } from './row.ts';

export const ecdsaSha2Nistp384: HostKeyRow = {
  name: 'ecdsa-sha2-nistp384',
  keyType: 'ecdsa-sha2-nistp384',
  supportedBy: ['10', '6.6'],
  defaultOrder: { '10': 12, '6.6': 10 },
};
