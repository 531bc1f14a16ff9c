/** What a certificate says (PROTOCOL.certkeys), as a value: the same fields for every key type. */
import type { PublicKey } from '../keys/key-types/index.ts';

/** Whom a certificate is for. */
export type CertificateUsage = 'user' | 'host';

/** A critical option or an extension, as it stands in the certificate. `data` is empty for a flag. */
export interface CertificateOption {
  readonly name: string;
  readonly data: Uint8Array;
}

/** From `after` on, before `before`: seconds since the epoch. 0 and 2^64-1 are `always` and `forever`. */
export interface CertificateValidity {
  readonly after: bigint;
  readonly before: bigint;
}

/** What the authority signs. */
export interface CertificateBody {
  /** The certified key. */
  readonly key: PublicKey;
  readonly usage: CertificateUsage;
  readonly serial: bigint;
  readonly keyId: string;
  /** User or host names. Without any, OpenSSH since 10.3 lets a certificate stand for nobody; before, for everybody. */
  readonly principals: readonly string[];
  readonly validity: CertificateValidity;
  readonly criticalOptions: readonly CertificateOption[];
  readonly extensions: readonly CertificateOption[];
}

/** A signed certificate (PROTOCOL.certkeys). `decodeCertificate` gives it only with the right signature of its authority. */
export interface Certificate extends CertificateBody {
  /** The certificate's own key type, like `ssh-ed25519-cert-v01@openssh.com`. */
  readonly type: string;
  readonly nonce: Uint8Array;
  readonly reserved: Uint8Array;
  /** The public key of the authority. */
  readonly authority: PublicKey;
  /** The signature algorithm that the authority used, like `rsa-sha2-512`. */
  readonly signatureAlgorithm: string;
  /** The signature blob, algorithm included. */
  readonly signature: Uint8Array;
}
