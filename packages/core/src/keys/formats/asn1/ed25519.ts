/** Ed25519 in PKCS#8 (RFC 8410 section 7): the seed in an OCTET STRING. There is no traditional form. */
import { ed25519 } from '../../../crypto/ed25519.ts';
import { copyBytes } from '../../../wire/bytes.ts';
import { checked } from '../../../wire/composites.ts';
import { fixed } from '../../../wire/primitives.ts';
import type { Ed25519PrivateKey } from '../../key-types/ed25519.ts';
import { octetString } from '../der.ts';
import { decodePart, noParameters } from './algorithm-identifier.ts';
import type { KeyFamily } from './key-family.ts';

const seedSizeBytes = 32;

export const curvePrivateKeyFormat = checked(octetString, (seed) =>
  seed.length === seedSizeBytes ? undefined : `expected ${seedSizeBytes} bytes, found ${seed.length}`,
);

const parametersFormat = fixed(0);

export const ed25519Family: KeyFamily<Ed25519PrivateKey> = {
  keyTypes: ['ssh-ed25519'],
  algorithm: '1.3.101.112',
  decodePkcs8({ parameters, privateKey }) {
    decodePart(parameters, parametersFormat);
    const seed = copyBytes(decodePart(privateKey, curvePrivateKeyFormat));
    return { key: { type: 'ssh-ed25519', publicKey: ed25519.publicKey(seed), seed } };
  },
  encodePkcs8: ({ seed }) => ({
    algorithm: ed25519Family.algorithm,
    parameters: noParameters,
    privateKey: octetString.encode(seed),
  }),
  publicKeyBits: ({ publicKey }) => publicKey,
};
