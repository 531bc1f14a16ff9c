/** Entry `@seashell/core/crypto`: the seam, and the table over noble. Primitives alone: `@seashell/core/crypto/ed25519` and so on. */
export { nobleProvider } from './noble.ts';
export type {
  CryptoProvider,
  Ed25519,
  Hash,
  HashName,
  KeyedMac,
  Mlkem768,
  PacketCipher,
  PacketCipherAlgorithm,
  PacketCipherName,
  RandomSource,
  Rsa,
  RsaHashName,
  RsaPrivateKey,
  RsaPublicKey,
  RunningHash,
  StreamCipher,
  StreamCipherAlgorithm,
  StreamCipherName,
  X25519,
} from './provider.ts';
export { runAtOnce, runInSlices, type LongWork, type Progress, type Slices } from '../long-work.ts';
