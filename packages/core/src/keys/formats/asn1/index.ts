/** The registry of what keys are in ASN.1: a new family is one file and its rows here. */
import type { PrivateKey } from '../../key-types/index.ts';
import { dsaFamily, dsaForm } from './dsa.ts';
import { ecdsaFamily, sec1Form } from './ecdsa.ts';
import { ed25519Family } from './ed25519.ts';
import type { KeyFamily, TraditionalForm } from './key-family.ts';
import { pkcs1Form, rsaFamily } from './rsa.ts';

/** All families that PKCS#8 holds here. */
export const keyFamilies: readonly KeyFamily[] = [ed25519Family, ecdsaFamily, rsaFamily, dsaFamily];

/** All traditional PEM forms. */
export const traditionalForms: readonly TraditionalForm[] = [pkcs1Form, sec1Form, dsaForm];

/** Key types that have no PEM form, for OpenSSH neither: they stand in openssh-key-v1 only. */
export const keyTypesWithoutPem: readonly PrivateKey['type'][] = [
  'sk-ssh-ed25519@openssh.com',
  'sk-ecdsa-sha2-nistp256@openssh.com',
  'ssh-mldsa44-ed25519@openssh.com',
];

export function findFamilyOf(keyType: string): KeyFamily | undefined {
  return keyFamilies.find((family) => family.keyTypes.some((each) => each === keyType));
}

/** By the object identifier of an AlgorithmIdentifier. */
export function findFamilyByAlgorithm(algorithm: string): KeyFamily | undefined {
  return keyFamilies.find((family) => family.algorithm === algorithm);
}
