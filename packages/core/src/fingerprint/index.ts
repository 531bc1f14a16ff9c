/**
 * Entry `@seashell/core/fingerprint`: fingerprints, randomart and bubble babble of public keys, and no more: neither generation nor
 * signing nor private key formats come along.
 */
export { bubbleBabble, bubbleBabbleFingerprint } from '../keys/bubble-babble.ts';
export {
  findFingerprintHash,
  fingerprint,
  fingerprintBody,
  fingerprintDigest,
  fingerprintHashLabel,
  fingerprintHashNames,
  type FingerprintHashName,
} from '../keys/fingerprint.ts';
export { decodePublicKey, encodePublicKey, keyBits, publicKeyBlobType } from '../keys/public-key.ts';
export { parsePublicLine, type PublicLine } from '../keys/public-line.ts';
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
} from '../keys/randomart.ts';
