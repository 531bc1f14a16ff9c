/** Entry `@seashell/core/signatures`: signatures of files by SSH keys (SSHSIG), and who is allowed to make them. */
export { formatAbsoluteTime, parseAbsoluteTime, utc, type TimeZone } from '../calendar.ts';
export { signWithAgent, signWithKey, type KeySigner, type Signing, type SigningRequest } from '../signing.ts';
export {
  parseAllowedSigners,
  type AllowedSigner,
  type AllowedSignersFile,
  type WrongSigner,
} from './allowed-signers.ts';
export type { AllowedSignerOptions } from './allowed-signers-options.ts';
export { armourSshsig, dearmourSshsig, isCutArmour, maximumSshsigFileSize } from './armour.ts';
export { checkSshsig, type SshsigCheck, type SshsigFault, type SshsigQuestion } from './check.ts';
export {
  findAllowance,
  findPrincipals,
  matchPrincipals,
  type FoundPrincipals,
  type LineNote,
  type LineStep,
  type MatchedPrincipals,
  type PrincipalSearch,
} from './principals.ts';
export { keyListRevokes, type KeyListAnswer } from './key-list.ts';
export { signSshsig, type SshsigRequest } from './sign.ts';
export { decodeSshsig, decodeSshsigSigner, signerOfBlob, signerOfCertificate, signerOfKey } from './signer.ts';
export {
  encodeSshsig,
  findSshsigHash,
  hashSshsigMessage,
  sshsigBlob,
  sshsigHashNames,
  type HashedMessage,
  type Signer,
  type Sshsig,
  type SshsigHashName,
  type SshsigMessage,
} from './sshsig.ts';
export { verifySshsig, type SshsigVerification, type VerificationFault, type VerificationQuestion } from './verify.ts';
