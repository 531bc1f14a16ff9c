/** Host key signature algorithm `ssh-ed25519`. Specification: RFC 8709. */
import type { HostKeyRow } from './row.ts';

export const sshEd25519: HostKeyRow = {
  name: 'ssh-ed25519',
  keyType: 'ssh-ed25519',
  supportedBy: ['10', '6.6'],
  defaultOrder: { '10': 10, '6.6': 12 },
};
