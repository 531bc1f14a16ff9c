/** The registry of ASN.1 forms against the registry of key types, and of ciphers against their names. */
import { expect, it } from 'vitest';
import { keyTypes } from '../../key-types/index.ts';
import { keyFileCipherNames } from '../openssh-ciphers.ts';
import { allKeyFileCiphers } from '../openssh-other-ciphers.ts';
import { findFamilyByAlgorithm, findFamilyOf, keyTypesWithoutPem } from './index.ts';

it('every key type has a family, or stands among those without PEM', () => {
  for (const { name } of keyTypes) {
    const family = findFamilyOf(name);
    expect(family === undefined, name).toBe(keyTypesWithoutPem.includes(name));
    if (family !== undefined) expect(findFamilyByAlgorithm(family.algorithm)).toBe(family);
  }
});

it('keyFileCipherNames are the ciphers that there are', () => {
  expect(allKeyFileCiphers.names).toEqual(keyFileCipherNames);
});
