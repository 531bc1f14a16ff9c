/** Key type ssh-ed25519 (RFC 8709); the private section holds the seed and the public key once more (PROTOCOL.key). */
import { ed25519 } from '../../crypto/ed25519.ts';
import type { LongWork } from '../../long-work.ts';
import { concatBytes, copyBytes, equalBytes } from '../../wire/bytes.ts';
import { mapped, struct } from '../../wire/composites.ts';
import { constant, name, stringOf } from '../../wire/primitives.ts';
import type { KeyGeneration, KeyType } from '../key-type.ts';
import {
  ed25519KeySizeBytes as keySizeBytes,
  ed25519PublicKeyType,
  type Ed25519PublicKey,
} from '../public-key-types/ed25519.ts';

/** A private key of ssh-ed25519 (RFC 8032): the public key, and the seed that both halves come from. */
export interface Ed25519PrivateKey extends Ed25519PublicKey {
  /** 32 bytes, the secret. */
  readonly seed: Uint8Array;
}

const privateSection = struct('ssh-ed25519', {
  type: constant(name, 'ssh-ed25519'),
  publicKey: stringOf(keySizeBytes),
  seedAndPublicKey: stringOf(2 * keySizeBytes),
});

const privateKey = mapped<Parameters<typeof privateSection.encode>[0], Ed25519PrivateKey>(privateSection, {
  from({ type, publicKey: outer, seedAndPublicKey }, reader) {
    const seed = copyBytes(seedAndPublicKey.subarray(0, keySizeBytes));
    const repeated = seedAndPublicKey.subarray(keySizeBytes);
    if (!equalBytes(outer, repeated)) throw reader.error('the two copies of the public key differ');
    if (!equalBytes(outer, ed25519.publicKey(seed))) throw reader.error('the public key is not the one of the seed');
    return { type, publicKey: copyBytes(outer), seed };
  },
  to: ({ type, publicKey: half, seed }) => ({ type, publicKey: half, seedAndPublicKey: concatBytes(seed, half) }),
});

// oxlint-disable-next-line require-yield -- a row's generate is long work; this one takes no time
function* generate({ random }: KeyGeneration): LongWork<Ed25519PrivateKey> {
  const seed = copyBytes(random(keySizeBytes));
  return { type: 'ssh-ed25519', publicKey: ed25519.publicKey(seed), seed };
}

export const ed25519KeyType: KeyType<Ed25519PublicKey, Ed25519PrivateKey> = {
  ...ed25519PublicKeyType,
  privateKey,
  generate,
  sign: ({ key, message, crypto }) => crypto.ed25519.sign(message, key.seed),
};
