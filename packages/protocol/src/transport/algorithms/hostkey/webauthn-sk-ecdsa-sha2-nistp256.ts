/** Signature algorithm `webauthn-sk-ecdsa-sha2-nistp256@openssh.com`: an authenticator behind a browser. Specification: OpenSSH PROTOCOL.u2f. */
import type { HostKeyRow } from './row.ts';

export const webauthnSkEcdsaSha2Nistp256: HostKeyRow = {
  name: 'webauthn-sk-ecdsa-sha2-nistp256@openssh.com',
  keyType: 'sk-ecdsa-sha2-nistp256@openssh.com',
  supportedBy: ['10'],
  defaultOrder: { '10': 16 },
};
