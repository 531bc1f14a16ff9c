/**
 * Whether a certificate is good for something: an answer only to a whole question, and it carries the question. After OpenSSH's
 * sshkey_cert_check_authority, sshkey_cert_check_host and auth_options_from_cert, whose words the refusals have.
 */
import { matchAddressList } from '../config/patterns/address.ts';
import { matchPattern } from '../config/patterns/wildcard.ts';
import { publicKeyTypeOf, publicKeyTypes, type PublicKey } from '../keys/public-key-types/index.ts';
import { equalBytes } from '../wire/bytes.ts';
import type { Certificate, CertificateUsage } from './certificate.ts';
import { readRestrictions, type CertificateRestrictions } from './restrictions.ts';

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
  /** Whose rules; 10 if not given. 6.6 lets a certificate without principals stand for everybody, and takes host names as they are. */
  readonly openssh?: '10' | '6.6';
  /** CASignatureAlgorithms; if not given all but those over SHA-1, and in 6.6 all. */
  readonly signatureAlgorithms?: readonly string[];
  /** The client's address; a user's certificate with `source-address` is refused without it. */
  readonly sourceAddress?: string;
}

/** Why a certificate is refused. */
export type CertificateFault =
  | 'unknown-authority'
  | 'wrong-usage'
  | 'not-yet-valid'
  | 'expired'
  | 'no-principals'
  | 'principal-not-listed'
  | 'signature-algorithm-not-allowed'
  | 'unknown-critical-option'
  | 'corrupt-option'
  | 'source-address-not-allowed';

/** The certificate is good for what was asked, and for nothing else. */
export interface TrustedCertificate {
  readonly outcome: 'trusted';
  /** What was asked, and so what the answer is worth. */
  readonly question: CertificateQuestion;
  /** What a user may do with it; of a host's certificate undefined. */
  readonly restrictions: CertificateRestrictions | undefined;
}

/** The certificate is not good for what was asked, for the first reason that was found. */
export interface RefusedCertificate {
  readonly outcome: 'refused';
  readonly question: CertificateQuestion;
  readonly fault: CertificateFault;
  /** OpenSSH's words, where it has any. */
  readonly message: string;
}

/** The answer to a `CertificateQuestion`, which it carries. */
export type CertificateCheck = TrustedCertificate | RefusedCertificate;

interface Refusal {
  readonly fault: CertificateFault;
  readonly message: string;
}

/**
 * Asks whether one of these authorities lets this principal use the certificate for this purpose at this time.
 *
 * @example
 * const authorities = [publicKeyOf(ca)];
 * const check = checkCertificate({ certificate, authorities, now, usage: 'user', principal: 'alice' });
 * if (check.outcome === 'refused') console.log(check.message);
 */
export function checkCertificate(question: CertificateQuestion): CertificateCheck {
  const refusal = findRefusal(question);
  if (refusal !== undefined) return { outcome: 'refused', question, ...refusal };
  if (question.usage === 'host') return { outcome: 'trusted', question, restrictions: undefined };
  const read = readRestrictions(question.certificate);
  if (!read.ok) return { outcome: 'refused', question, fault: read.fault, message: read.message };
  const fromElsewhere = checkSource(question, read.restrictions.sourceAddress);
  if (fromElsewhere !== undefined) return { outcome: 'refused', question, ...fromElsewhere };
  return { outcome: 'trusted', question, restrictions: read.restrictions };
}

function findRefusal(question: CertificateQuestion): Refusal | undefined {
  return (
    checkAuthority(question) ??
    checkUsage(question) ??
    checkTime(question) ??
    checkPrincipal(question) ??
    checkHostOptions(question) ??
    checkAlgorithm(question)
  );
}

function checkAuthority({ certificate, authorities }: CertificateQuestion): Refusal | undefined {
  const row = publicKeyTypeOf(certificate.authority);
  const blob = row.publicKey.encode(certificate.authority);
  const isKnown = authorities.some((key) => key.type === row.name && equalBytes(row.publicKey.encode(key), blob));
  return isKnown ? undefined : { fault: 'unknown-authority', message: 'Certificate authority is not trusted' };
}

function checkUsage({ certificate, usage }: CertificateQuestion): Refusal | undefined {
  if (certificate.usage === usage) return undefined;
  return { fault: 'wrong-usage', message: `Certificate invalid: not a ${usage} certificate` };
}

function checkTime({ certificate, now }: CertificateQuestion): Refusal | undefined {
  const { after, before } = certificate.validity;
  if (now < after) return { fault: 'not-yet-valid', message: 'Certificate invalid: not yet valid' };
  return now >= before ? { fault: 'expired', message: 'Certificate invalid: expired' } : undefined;
}

function checkPrincipal(question: CertificateQuestion): Refusal | undefined {
  const { principals } = question.certificate;
  const isOld = question.openssh === '6.6';
  if (principals.length === 0) {
    return isOld ? undefined : { fault: 'no-principals', message: 'Certificate lacks principal list' };
  }
  const hasPatterns = question.usage === 'host' && !isOld;
  const isListed = principals.some((listed) =>
    hasPatterns ? matchPattern(question.principal, listed) : question.principal === listed,
  );
  if (isListed) return undefined;
  return { fault: 'principal-not-listed', message: 'Certificate invalid: name is not a listed principal' };
}

/** No critical option is known for hosts. */
function checkHostOptions({ certificate, usage }: CertificateQuestion): Refusal | undefined {
  if (usage !== 'host' || certificate.criticalOptions.length === 0) return undefined;
  return { fault: 'unknown-critical-option', message: 'Certificate contains unsupported critical options' };
}

const overSha1: ReadonlySet<string> = new Set(['ssh-rsa', 'ssh-dss']);
const allAlgorithms = publicKeyTypes.flatMap((row) => row.signatureAlgorithms);

/** The signature algorithms of authorities that are allowed where nothing is configured. */
export const defaultAuthorityAlgorithms: Readonly<Record<'10' | '6.6', readonly string[]>> = {
  '10': allAlgorithms.filter((algorithm) => !overSha1.has(algorithm)),
  '6.6': allAlgorithms,
};

function checkAlgorithm(question: CertificateQuestion): Refusal | undefined {
  const allowed = question.signatureAlgorithms ?? defaultAuthorityAlgorithms[question.openssh ?? '10'];
  if (allowed.includes(question.certificate.signatureAlgorithm)) return undefined;
  return { fault: 'signature-algorithm-not-allowed', message: 'Certificate signed with disallowed algorithm' };
}

function checkSource({ sourceAddress }: CertificateQuestion, list: string | undefined): Refusal | undefined {
  if (list === undefined) return undefined;
  if (sourceAddress !== undefined && matchAddressList(sourceAddress, list) === 'matched') return undefined;
  const message =
    sourceAddress === undefined
      ? 'Certificate has a source-address, and no address was asked about'
      : `Your address '${sourceAddress}' is not permitted to use this certificate for login.`;
  return { fault: 'source-address-not-allowed', message };
}
