/** Signature algorithm `ecdsa-sha2-nistp521`. Specification: RFC 5656 3. */
import type { HostKeyRow } from './row.ts';

export const ecdsaSha2Nistp521: HostKeyRow = {
  name: 'ecdsa-sha2-nistp521',
  keyType: 'ecdsa-sha2-nistp521',
  supportedBy: ['10', '6.6'],
  defaultOrder: { '10': 13, '6.6': 11 },
};
