/** Key type ssh-mldsa44-ed25519@openssh.com (OpenSSH 10.5, experimental): the private section holds both seeds. */
import { ed25519 } from '../../crypto/ed25519.ts';
import { mldsa44 } from '../../crypto/mldsa44.ts';
import type { LongWork } from '../../long-work.ts';
import { concatBytes, copyBytes, equalBytes } from '../../wire/bytes.ts';
import { checked, struct } from '../../wire/composites.ts';
import { constant, name, stringOf } from '../../wire/primitives.ts';
import type { KeyGeneration, KeyType } from '../key-type.ts';
import {
  compositeLabel,
  compositeMessage,
  compositePublicKeySizeBytes,
  mldsa44Ed25519PublicKeyType,
  type Mldsa44Ed25519PublicKey,
} from '../public-key-types/mldsa44-ed25519.ts';

/** A private key of ssh-mldsa44-ed25519@openssh.com: both public keys, and the seeds that they come from. */
export interface Mldsa44Ed25519PrivateKey extends Mldsa44Ed25519PublicKey {
  /** 64 bytes, the secret: the seed of ML-DSA-44, then the one of Ed25519. */
  readonly seeds: Uint8Array;
}

const typeName = 'ssh-mldsa44-ed25519@openssh.com';
const seedSizeBytes = 32;

const privateKey = checked(
  struct(typeName, {
    type: constant(name, typeName),
    publicKey: stringOf(compositePublicKeySizeBytes),
    seeds: stringOf(2 * seedSizeBytes),
  }),
  ({ publicKey, seeds }) =>
    equalBytes(publicKeyOfSeeds(seeds), publicKey) ? undefined : 'the public key is not the one of the seeds',
);

function publicKeyOfSeeds(seeds: Uint8Array): Uint8Array {
  return concatBytes(
    mldsa44.publicKey(seeds.subarray(0, seedSizeBytes)),
    ed25519.publicKey(seeds.subarray(seedSizeBytes)),
  );
}

// oxlint-disable-next-line require-yield -- a row's generate is long work; this one takes no time
function* generate({ random }: KeyGeneration): LongWork<Mldsa44Ed25519PrivateKey> {
  const seeds = copyBytes(random(2 * seedSizeBytes));
  return { type: typeName, publicKey: publicKeyOfSeeds(seeds), seeds };
}

export const mldsa44Ed25519KeyType: KeyType<Mldsa44Ed25519PublicKey, Mldsa44Ed25519PrivateKey> = {
  ...mldsa44Ed25519PublicKeyType,
  privateKey,
  generate,
  sign({ key, message, crypto }) {
    const signed = compositeMessage(message, crypto);
    const [latticeSeed, curveSeed] = [key.seeds.subarray(0, seedSizeBytes), key.seeds.subarray(seedSizeBytes)];
    return concatBytes(
      crypto.mldsa44.sign({ message: signed, context: compositeLabel, seed: latticeSeed }),
      crypto.ed25519.sign(signed, curveSeed),
    );
  },
};
