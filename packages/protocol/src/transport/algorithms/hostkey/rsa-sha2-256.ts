/** Host key signature algorithm `rsa-sha2-256`. Specification: RFC 8332. */
import type { HostKeyRow } from './row.ts';

export const rsaSha2256: HostKeyRow = {
  name: 'rsa-sha2-256',
  keyType: 'ssh-rsa',
  supportedBy: ['10'],
  defaultOrder: { '10': 18 },
};
