/**
 * Public side of the key types that lie in an authenticator (PROTOCOL.u2f): sk-ssh-ed25519@openssh.com and
 * sk-ecdsa-sha2-nistp256@openssh.com, with the signature algorithm that browsers make of the latter, webauthn-sk-ecdsa-sha2-nistp256.
 */
import { utf8Encode } from '../../wire/text.ts';
import { mapped, struct } from '../../wire/composites.ts';
import { constant, name, stringOf, utf8 } from '../../wire/primitives.ts';
import { authenticatedMessage, webauthnMessage } from '../authenticator-data.ts';
import type { PublicKeyType, VerifyRequest } from '../key-type.ts';
import { decodeSignaturePair } from '../signature-pair.ts';
import { curveFields } from './ecdsa.ts';

/** A public key of sk-ssh-ed25519@openssh.com, whose secret lies in an authenticator (PROTOCOL.u2f). */
export interface SkEd25519PublicKey {
  readonly type: 'sk-ssh-ed25519@openssh.com';
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  /** The relying party, usually `ssh:`. */
  readonly application: string;
}

/** A public key of sk-ecdsa-sha2-nistp256@openssh.com, whose secret lies in an authenticator (PROTOCOL.u2f). */
export interface SkEcdsaPublicKey {
  readonly type: 'sk-ecdsa-sha2-nistp256@openssh.com';
  /** On nistp256, SEC 1, uncompressed: 65 bytes. */
  readonly point: Uint8Array;
  /** The relying party, usually `ssh:`. */
  readonly application: string;
}

const ed25519Name = 'sk-ssh-ed25519@openssh.com';
const ecdsaName = 'sk-ecdsa-sha2-nistp256@openssh.com';
const webauthnName = 'webauthn-sk-ecdsa-sha2-nistp256@openssh.com';
const ed25519SignatureSizeBytes = 64;

export const skEd25519PublicKeyType: PublicKeyType<SkEd25519PublicKey> = {
  name: ed25519Name,
  shortName: 'ED25519-SK',
  keygenName: 'ed25519-sk',
  identityFile: 'id_ed25519_sk',
  openSshVersions: ['10'],
  signatureAlgorithms: [ed25519Name],
  allowedBits: { minimum: 256, maximum: 256, usual: 256 },
  inAuthenticator: true,
  signatureHasExtra: true,
  publicKey: struct(ed25519Name, { type: constant(name, ed25519Name), publicKey: stringOf(32), application: utf8 }),
  publicHalf: ({ type, publicKey, application }) => ({ type, publicKey, application }),
  bits: () => 256,
  verify({ key, message, signature, extra, crypto }) {
    const { sha256 } = crypto.hashes;
    const signed = authenticatedMessage({ application: utf8Encode(key.application), message, extra, sha256 });
    if (signed === undefined || signature.length !== ed25519SignatureSizeBytes) return false;
    return crypto.ed25519.verify({ message: signed, signature, publicKey: key.publicKey });
  },
};

const ecdsaBlob = struct(ecdsaName, {
  type: constant(name, ecdsaName),
  ...curveFields('nistp256'),
  application: utf8,
});

export const skEcdsaPublicKeyType: PublicKeyType<SkEcdsaPublicKey> = {
  name: ecdsaName,
  shortName: 'ECDSA-SK',
  keygenName: 'ecdsa-sk',
  identityFile: 'id_ecdsa_sk',
  openSshVersions: ['10'],
  signatureAlgorithms: [ecdsaName, webauthnName],
  allowedBits: { minimum: 256, maximum: 256, usual: 256 },
  inAuthenticator: true,
  signatureHasExtra: true,
  publicKey: mapped<Parameters<typeof ecdsaBlob.encode>[0], SkEcdsaPublicKey>(ecdsaBlob, {
    from: ({ type, point, application }) => ({ type, point, application }),
    to: ({ type, point, application }) => ({ type, curve: 'nistp256', point, application }),
  }),
  publicHalf: ({ type, point, application }) => ({ type, point, application }),
  bits: () => 256,
  verify: verifySkEcdsa,
};

function verifySkEcdsa({
  key,
  message,
  algorithm,
  signature,
  extra,
  crypto,
}: VerifyRequest<SkEcdsaPublicKey>): boolean {
  const signedMessage = algorithm === webauthnName ? webauthnMessage : authenticatedMessage;
  const { sha256 } = crypto.hashes;
  const signed = signedMessage({ application: utf8Encode(key.application), message, extra, sha256 });
  const pair = decodeSignaturePair(signature);
  if (signed === undefined || pair === undefined) return false;
  return crypto.ecdsa.nistp256.verify({ message: signed, signature: pair, publicKey: key.point });
}
