/** Signature algorithm `ssh-dss`: DSA with SHA-1, which 10 does not know. Specification: RFC 4253 6.6. */
import type { HostKeyRow } from './row.ts';

export const sshDss: HostKeyRow = {
  name: 'ssh-dss',
  keyType: 'ssh-dss',
  supportedBy: ['6.6'],
  defaultOrder: { '6.6': 14 },
};
