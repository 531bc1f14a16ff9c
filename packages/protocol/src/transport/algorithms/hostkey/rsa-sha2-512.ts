/** Host key signature algorithm `rsa-sha2-512`. Specification: RFC 8332. */
import type { HostKeyRow } from './row.ts';

export const rsaSha2512: HostKeyRow = {
  name: 'rsa-sha2-512',
  keyType: 'ssh-rsa',
  supportedBy: ['10'],
  defaultOrder: { '10': 17 },
};
