/** Entry `@seashell/core/certificates`: OpenSSH user and host certificates: decode, encode, issue, check, print. */
export { civilTimeOf, formatAbsoluteTime, utc, type CivilTime, type TimeZone } from '../calendar.ts';
export { signWithAgent, signWithKey, type KeySigner, type Signing, type SigningRequest } from '../signing.ts';
export {
  certificateSpans,
  decodeCertificate,
  encodeCertificate,
  isCertificateBlob,
  type CertificateDecoding,
} from './blob.ts';
export {
  certificateFaults,
  certificateTypeFor,
  certificateTypeName,
  certificateTypes,
  findCertificateType,
  type CertificateType,
} from './certificate-type.ts';
export type {
  Certificate,
  CertificateBody,
  CertificateOption,
  CertificateUsage,
  CertificateValidity,
} from './certificate.ts';
export {
  checkCertificate,
  defaultAuthorityAlgorithms,
  type CertificateCheck,
  type CertificateFault,
  type CertificateQuestion,
  type RefusedCertificate,
  type TrustedCertificate,
} from './check.ts';
export { issueCertificate, type CertificateRequest } from './issue.ts';
export * from './limits.ts';
export {
  parseKeyLine,
  printCertificateLine,
  type KeyLine,
  type KeyLineReading,
  type KeyOrCertificate,
} from './line.ts';
export {
  certificateOptions,
  flagOption,
  optionText,
  sortedOptions,
  textOption,
  usualExtensions,
  type CertificateOptionRow,
} from './options.ts';
export { readRestrictions, type CertificateRestrictions, type ReadRestrictions } from './restrictions.ts';
export { formatValidity, parseValidity, type ParsedValidity, type ValidityContext } from './validity.ts';
