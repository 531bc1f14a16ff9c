/** Host key signature algorithm `ssh-rsa`. Specification: RFC 4253 6.6; SHA-1, hence not offered by 10. */
import type { HostKeyRow } from './row.ts';

export const sshRsa: HostKeyRow = {
  name: 'ssh-rsa',
  keyType: 'ssh-rsa',
  supportedBy: ['10', '6.6'],
  defaultOrder: { '6.6': 13 },
};
