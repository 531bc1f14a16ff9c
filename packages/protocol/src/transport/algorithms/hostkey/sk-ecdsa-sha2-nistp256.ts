/** Signature algorithm `sk-ecdsa-sha2-nistp256@openssh.com`, of keys in an authenticator. Specification: OpenSSH PROTOCOL.u2f. */
import type { HostKeyRow } from './row.ts';

export const skEcdsaSha2Nistp256: HostKeyRow = {
  name: 'sk-ecdsa-sha2-nistp256@openssh.com',
  keyType: 'sk-ecdsa-sha2-nistp256@openssh.com',
  supportedBy: ['10'],
  defaultOrder: { '10': 15 },
};
