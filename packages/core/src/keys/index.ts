/** Entry `@seashell/core/keys`: keys of all types, their files and lines, fingerprints, randomart, signatures. */
export {
  isSecurityKeyType,
  simulatedAuthenticator,
  type AssertionRequest,
  type Authenticator,
  type EnrollRequest,
  type SecurityKey,
} from './authenticator.ts';
export { residentKeyFlag, userPresenceFlag, userVerificationFlag } from './authenticator-data.ts';
export { runAtOnce, runInSlices, type LongStep, type LongWork, type Progress, type Slices } from '../long-work.ts';
export { bubbleBabble, bubbleBabbleFingerprint } from './bubble-babble.ts';
export {
  findFingerprintHash,
  fingerprint,
  fingerprintBody,
  fingerprintDigest,
  fingerprintHashLabel,
  fingerprintHashNames,
  type FingerprintHashName,
} from './fingerprint.ts';
export {
  findPrivateKeyFormat,
  inspectPrivateKey,
  minimumPemPassphraseSizeBytes,
  openPrivateKey,
  privateKeyFormatOf,
  privateKeyFormats,
  traditionalFormatOf,
  writeOpensshKey,
  writePrivateKey,
  type WritePrivateKeyOptions,
} from './formats/index.ts';
export { opensshFormat } from './formats/openssh.ts';
export { aesKeyFileCiphers, keyFileCipherNames, type KeyFileCiphers } from './formats/openssh-ciphers.ts';
export { plainTraditionalFormats } from './formats/traditional.ts';
export { writePlainKey, type PlainKeyOptions } from './formats/plain.ts';
export { allKeyFileCiphers } from './formats/openssh-other-ciphers.ts';
export {
  usualKeyFileLimits,
  type Argon2Cost,
  type KeyDerivation,
  type KeyFileLimits,
  type KeyTypes,
  type OpenedPrivateKey,
  type OpenOptions,
  type OpenRequest,
  type PrivateKeyFormat,
  type PrivateKeyFormatRow,
  type PrivateKeyInspection,
  type WriteOptions,
  type WriteRequest,
} from './formats/private-key-file.ts';
export { encodePublicPem, encodeRsaPublicPem, hasPublicPem } from './formats/pem-public.ts';
export { readPublicKeyFile, type PublicKeyFile, type PublicKeyFormat } from './formats/public-key-file.ts';
export {
  decodeRfc4716,
  encodeRfc4716,
  rfc4716Header,
  type Rfc4716File,
  type Rfc4716Header,
} from './formats/rfc4716.ts';
export { generateKey, type KeyRequest } from './generate-key.ts';
export type {
  AllowedBits,
  KeyGeneration,
  KeyType,
  PublicKeyType,
  SignatureCrypto,
  SignRequest,
  TypedKey,
  VerifyRequest,
} from './key-type.ts';
export type { DsaPrivateKey } from './key-types/dsa.ts';
export type { EcdsaPrivateKey } from './key-types/ecdsa.ts';
export type { Ed25519PrivateKey } from './key-types/ed25519.ts';
export {
  findKeyType,
  keyTypeOf,
  keyTypes,
  keyTypesOf,
  type AnyKeyType,
  type PrivateKey,
  type PublicKey,
} from './key-types/index.ts';
export type { Mldsa44Ed25519PrivateKey } from './key-types/mldsa44-ed25519.ts';
export type { RsaPrivateKey } from './key-types/rsa.ts';
export type { SecurityKeyHandle, SkEcdsaPrivateKey, SkEd25519PrivateKey } from './key-types/security-key.ts';
export * from './limits.ts';
export { decodePublicKey, encodePublicKey, keyBits, publicKeyBlobType, publicKeyOf } from './public-key.ts';
export type { DsaPublicKey } from './public-key-types/dsa.ts';
export type { EcdsaKeyTypeName, EcdsaPublicKey } from './public-key-types/ecdsa.ts';
export type { Ed25519PublicKey } from './public-key-types/ed25519.ts';
export {
  findPublicKeyType,
  isKeyTypeOf,
  publicKeyTypeOf,
  publicKeyTypes,
  type AnyPublicKeyType,
} from './public-key-types/index.ts';
export type { Mldsa44Ed25519PublicKey } from './public-key-types/mldsa44-ed25519.ts';
export type { RsaPublicKey } from './public-key-types/rsa.ts';
export type { SkEcdsaPublicKey, SkEd25519PublicKey } from './public-key-types/security-key.ts';
export { parsePublicLine, printPublicLine, type PublicLine } from './public-line.ts';
export {
  randomart,
  randomartHeight,
  randomartStart,
  randomartSymbol,
  randomartWalk,
  randomartWidth,
  type RandomartSquare,
  type RandomartStep,
  type RandomartStyle,
} from './randomart.ts';
export {
  authenticatorStatementOf,
  signatureAlgorithmsOf,
  signatureBlob,
  signMessage,
  verifySignature,
  type AuthenticatorStatement,
  type SignatureCheck,
  type SignatureRequest,
} from './signature.ts';
export { keygenDefaults, type KeygenDefaults } from './version-defaults.ts';
