/** Signature algorithm `ssh-mldsa44-ed25519@openssh.com`: experimental, so 10 offers it only when asked to. Specification: OpenSSH 10.5. */
import type { HostKeyRow } from './row.ts';

export const sshMldsa44Ed25519: HostKeyRow = {
  name: 'ssh-mldsa44-ed25519@openssh.com',
  keyType: 'ssh-mldsa44-ed25519@openssh.com',
  supportedBy: ['10'],
  defaultOrder: {},
};
