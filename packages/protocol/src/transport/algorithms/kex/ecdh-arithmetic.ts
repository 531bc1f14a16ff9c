/** What the key exchanges on the NIST curves compute: K is the x coordinate as an mpint. Specification: RFC 5656 4. */
import type { NistCurveName } from '@seashell/core/crypto';
import { mpintBytes } from '@seashell/core/wire';
import { disconnectReasons, ProtocolError } from '../../../protocol-error.ts';
import type { KexArithmetic, KexRow } from './row.ts';

interface EcdhHalf {
  readonly ownPublic: Uint8Array;
  /** K, encoded. Throws ProtocolError for what is no uncompressed point of the curve. */
  sharedWith(theirPublic: Uint8Array): Uint8Array;
}

function ecdhHalf(curve: NistCurveName, { crypto, random }: KexArithmetic): EcdhHalf {
  const ecdh = crypto.ecdh[curve];
  const scalar = ecdh.scalar(random(ecdh.seedSizeBytes));
  return {
    ownPublic: ecdh.publicKey(scalar),
    sharedWith(theirPublic) {
      const shared = ecdh.sharedSecret(scalar, theirPublic);
      if (shared === undefined) throw refusedPoint(curve);
      return mpintBytes.encode(shared);
    },
  };
}

function refusedPoint(curve: NistCurveName): ProtocolError {
  return new ProtocolError('key-exchange', `expected an uncompressed point of ${curve}`, {
    clause: 'RFC 5656 4',
    reason: disconnectReasons.keyExchangeFailed,
  });
}

export function ecdhArithmetic(curve: NistCurveName): Pick<KexRow, 'initiate' | 'respond'> {
  return {
    initiate(arithmetic) {
      const half = ecdhHalf(curve, arithmetic);
      return { clientPublic: half.ownPublic, finish: (serverPublic) => half.sharedWith(serverPublic) };
    },
    respond(arithmetic, clientPublic) {
      const half = ecdhHalf(curve, arithmetic);
      return { serverPublic: half.ownPublic, sharedSecret: half.sharedWith(clientPublic) };
    },
  };
}
