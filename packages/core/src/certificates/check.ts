/** Whether a certificate is good for something: an answer only to a whole question, and it carries the question. */
import type { PublicKey } from '../keys/key-types/index.ts';
import type { Certificate, CertificateUsage } from './certificate.ts';

/** What has to be said before anything can be called valid. */
export interface CertificateQuestion {
  readonly certificate: Certificate;
  /** The keys that are trusted to certify: TrustedUserCAKeys, `@cert-authority`. */
  readonly authorities: readonly PublicKey[];
  /** Seconds since the epoch. */
  readonly now: bigint;
  readonly usage: CertificateUsage;
  /** The user or the host name that is asked for. */
  readonly principal: string;
  /** CASignatureAlgorithms; OpenSSH's default (all but ssh-rsa and ssh-dss) if not given. */
  readonly signatureAlgorithms?: readonly string[];
  /** The client's address, for `source-address`; a certificate with that option is refused without it. */
  readonly sourceAddress?: string;
}

/** Why a certificate is refused. */
export type CertificateFault =
  | 'wrong-usage'
  | 'not-yet-valid'
  | 'expired'
  | 'no-principals'
  | 'principal-not-listed'
  | 'unknown-authority'
  | 'signature-algorithm-not-allowed'
  | 'unknown-critical-option'
  | 'corrupt-option'
  | 'source-address-not-allowed';

/** What a user's certificate grants and forces; a host's has none. */
export interface CertificateRestrictions {
  readonly forceCommand: string | undefined;
  /** The list of addresses, as written. */
  readonly sourceAddress: string | undefined;
  readonly verifyRequired: boolean;
  readonly permitX11Forwarding: boolean;
  readonly permitAgentForwarding: boolean;
  readonly permitPortForwarding: boolean;
  readonly permitPty: boolean;
  readonly permitUserRc: boolean;
  readonly touchRequired: boolean;
}

export type CertificateCheck =
  | {
      readonly outcome: 'trusted';
      readonly question: CertificateQuestion;
      readonly restrictions: CertificateRestrictions;
    }
  | {
      readonly outcome: 'refused';
      readonly question: CertificateQuestion;
      readonly fault: CertificateFault;
      /** OpenSSH's words. */
      readonly message: string;
    };
