/**
 * Key exchange `mlkem768x25519-sha256`: ML-KEM-768 and X25519, each value the two halves joined; K is the hash of both secrets, as a
 * string. Specification: draft-ietf-sshm-mlkem-hybrid-kex, FIPS 203.
 */
import type { CryptoProvider } from '@seashell/core/crypto';
import { concatBytes, string } from '@seashell/core/wire';
import type { KexRow } from './row.ts';
import { refusedValue, x25519Half, x25519SizeBytes } from './x25519-exchange.ts';

const seedSizeBytes = 64;
const encapsulationRandomSizeBytes = 32;
const publicKeySizeBytes = 1184;
const ciphertextSizeBytes = 1088;

export const mlkem768X25519Sha256: KexRow = {
  name: 'mlkem768x25519-sha256',
  supportedBy: ['10'],
  defaultOrder: { '10': 1 },
  hash: 'sha256',
  isPostQuantum: true,
  initiate(arithmetic) {
    const { crypto, random } = arithmetic;
    const { publicKey, secretKey } = crypto.mlkem768.keyPair(random(seedSizeBytes));
    const half = x25519Half(arithmetic);
    return {
      clientPublic: concatBytes(publicKey, half.ownPublic),
      finish(serverPublic) {
        const [ciphertext, theirPublic] = split(serverPublic, ciphertextSizeBytes);
        const secret = crypto.mlkem768.decapsulate(ciphertext, secretKey);
        if (secret === undefined) throw refusedValue('expected an ML-KEM-768 ciphertext');
        return combine(crypto, secret, half.sharedWith(theirPublic));
      },
    };
  },
  respond(arithmetic, clientPublic) {
    const { crypto, random } = arithmetic;
    const [publicKey, theirPublic] = split(clientPublic, publicKeySizeBytes);
    const encapsulated = crypto.mlkem768.encapsulate(publicKey, random(encapsulationRandomSizeBytes));
    if (encapsulated === undefined) throw refusedValue('expected a reduced ML-KEM-768 public key');
    const half = x25519Half(arithmetic);
    return {
      serverPublic: concatBytes(encapsulated.ciphertext, half.ownPublic),
      sharedSecret: combine(crypto, encapsulated.sharedSecret, half.sharedWith(theirPublic)),
    };
  },
};

function split(value: Uint8Array, firstSizeBytes: number): readonly [Uint8Array, Uint8Array] {
  const expected = firstSizeBytes + x25519SizeBytes;
  if (value.length !== expected)
    throw refusedValue(`expected ${expected} bytes of hybrid value, found ${value.length}`);
  return [value.subarray(0, firstSizeBytes), value.subarray(firstSizeBytes)];
}

function combine(crypto: CryptoProvider, postQuantum: Uint8Array, classical: Uint8Array): Uint8Array {
  return string.encode(crypto.hashes.sha256.digest(concatBytes(postQuantum, classical)));
}
