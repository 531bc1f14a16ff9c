/** Entry `@seashell/core/certificates`: OpenSSH user and host certificates: decode, encode, issue, check, print. */
export { signWithAgent, signWithKey, type KeySigner, type Signing, type SigningRequest } from '../signing.ts';
export type {
  Certificate,
  CertificateBody,
  CertificateOption,
  CertificateUsage,
  CertificateValidity,
} from './certificate.ts';
export type { CertificateCheck, CertificateFault, CertificateQuestion, CertificateRestrictions } from './check.ts';
