/** What the global requests about host keys carry. Specification: OpenSSH PROTOCOL 2.5. */
import { constant, list, name, string, struct } from '@seashell/core/wire';

/** More host keys than anyone has are refused. */
const maximumKeys = 256;

/** Public key blobs, or signature blobs in the answer to the request for proofs. */
export const hostKeyList = list(string, { maximum: maximumKeys });

export const hostKeysAnnouncement = 'hostkeys-00@openssh.com';
export const hostKeysProof = 'hostkeys-prove-00@openssh.com';

/** What a host key signs to prove that the server holds it. */
export const hostKeyProofData = struct('hostkeys-prove', {
  request: constant(name, hostKeysProof),
  sessionId: string,
  key: string,
});
