/**
 * The private half of each key type in a PPK file, one row each (PuTTY User Manual, appendix C.3). Whether it fits the public half is
 * checked by the key type's own codec.
 */
import { assert } from '../../assertion.ts';
import { concatBytes } from '../../wire/bytes.ts';
import type { Codec } from '../../wire/codec.ts';
import { mapped, struct } from '../../wire/composites.ts';
import { mpint, string } from '../../wire/primitives.ts';
import type { TypedKey } from '../key-type.ts';
import type { PrivateKey, PublicKey } from '../key-types/index.ts';
import type { DsaPrivateKey } from '../key-types/dsa.ts';
import type { EcdsaPrivateKey } from '../key-types/ecdsa.ts';
import type { Ed25519PrivateKey } from '../key-types/ed25519.ts';
import type { RsaPrivateKey } from '../key-types/rsa.ts';
import type { EcdsaPublicKey } from '../public-key-types/ecdsa.ts';

/** The private blob of one key type: `P` and `S` are its public and private keys, `W` what only the private one has. */
export interface PpkPrivateBlob<P extends TypedKey = PublicKey, S extends P = P & PrivateKey, W = unknown> {
  readonly type: P['type'];
  /** Padding follows it in an encrypted file. */
  readonly format: Codec<W>;
  /** Both halves together, not checked. */
  join(publicKey: P, secret: W): S;
  secretOf(key: S): W;
}

type RsaSecret = Pick<RsaPrivateKey, 'd' | 'p' | 'q' | 'iqmp'>;

const rsa: PpkPrivateBlob<Omit<RsaPrivateKey, keyof RsaSecret>, RsaPrivateKey, RsaSecret> = {
  type: 'ssh-rsa',
  format: struct('ssh-rsa', { d: mpint, p: mpint, q: mpint, iqmp: mpint }),
  join: (publicKey, secret) => ({ ...publicKey, ...secret }),
  secretOf: ({ d, p, q, iqmp }) => ({ d, p, q, iqmp }),
};

const seedSizeBytes = 32;

/** PuTTY keeps the seed as a number with the lowest byte first, without zeros at its end. */
const seed: Codec<Uint8Array> = mapped(string, {
  from(digits, reader) {
    if (digits.length > seedSizeBytes) throw reader.error(`expected at most ${seedSizeBytes} bytes`);
    return concatBytes(digits, new Uint8Array(seedSizeBytes - digits.length));
  },
  to(bytes) {
    assert(bytes.length === seedSizeBytes, 'the seed of an Ed25519 key has 32 bytes');
    return bytes.subarray(0, bytes.findLastIndex((value) => value !== 0) + 1);
  },
});

const ed25519: PpkPrivateBlob<Omit<Ed25519PrivateKey, 'seed'>, Ed25519PrivateKey, { readonly seed: Uint8Array }> = {
  type: 'ssh-ed25519',
  format: struct('ssh-ed25519', { seed }),
  join: (publicKey, secret) => ({ ...publicKey, ...secret }),
  secretOf: (key) => ({ seed: key.seed }),
};

type DsaSecret = Pick<DsaPrivateKey, 'x'>;

const dsa: PpkPrivateBlob<Omit<DsaPrivateKey, 'x'>, DsaPrivateKey, DsaSecret> = {
  type: 'ssh-dss',
  format: struct('ssh-dss', { x: mpint }),
  join: (publicKey, secret) => ({ ...publicKey, ...secret }),
  secretOf: ({ x }) => ({ x }),
};

type EcdsaSecret = Pick<EcdsaPrivateKey, 'scalar'>;

function ecdsa(type: EcdsaPrivateKey['type']): PpkPrivateBlob<EcdsaPublicKey, EcdsaPrivateKey, EcdsaSecret> {
  return {
    type,
    format: struct(type, { scalar: mpint }),
    join: (publicKey, secret) => ({ ...publicKey, ...secret }),
    secretOf: ({ scalar }) => ({ scalar }),
  };
}

/** All key types of PPK that are known here. PuTTY has ssh-ed448 too, OpenSSH has not. */
export const ppkPrivateBlobs: readonly PpkPrivateBlob[] = [
  ed25519,
  ecdsa('ecdsa-sha2-nistp256'),
  ecdsa('ecdsa-sha2-nistp384'),
  ecdsa('ecdsa-sha2-nistp521'),
  rsa,
  dsa,
];

/** The row of a key type, if a PPK file can hold it. */
export function findPpkPrivateBlob(type: string): PpkPrivateBlob | undefined {
  return ppkPrivateBlobs.find((row) => row.type === type);
}
