/** What both names of curve25519-sha256 compute: K is the shared secret as an mpint. Specification: RFC 8731 3. */
import { mpintBytes } from '@seashell/core/wire';
import type { KexRow } from './row.ts';
import { x25519Half } from './x25519-exchange.ts';

export const curve25519Arithmetic: Pick<KexRow, 'hash' | 'isPostQuantum' | 'initiate' | 'respond'> = {
  hash: 'sha256',
  isPostQuantum: false,
  initiate(arithmetic) {
    const half = x25519Half(arithmetic);
    return {
      clientPublic: half.ownPublic,
      finish: (serverPublic) => mpintBytes.encode(half.sharedWith(serverPublic)),
    };
  },
  respond(arithmetic, clientPublic) {
    const half = x25519Half(arithmetic);
    return { serverPublic: half.ownPublic, sharedSecret: mpintBytes.encode(half.sharedWith(clientPublic)) };
  },
};
