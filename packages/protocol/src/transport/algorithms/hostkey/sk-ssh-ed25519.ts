/** Signature algorithm `sk-ssh-ed25519@openssh.com`, of keys in an authenticator. Specification: OpenSSH PROTOCOL.u2f. */
import type { HostKeyRow } from './row.ts';

export const skSshEd25519: HostKeyRow = {
  name: 'sk-ssh-ed25519@openssh.com',
  keyType: 'sk-ssh-ed25519@openssh.com',
  supportedBy: ['10'],
  defaultOrder: { '10': 14 },
};
