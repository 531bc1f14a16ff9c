/** Signature algorithm `ecdsa-sha2-nistp256`. Specification: RFC 5656 3. */
import type { HostKeyRow } from './row.ts';

export const ecdsaSha2Nistp256: HostKeyRow = {
  name: 'ecdsa-sha2-nistp256',
  keyType: 'ecdsa-sha2-nistp256',
  supportedBy: ['10', '6.6'],
  defaultOrder: { '10': 11, '6.6': 9 },
};
