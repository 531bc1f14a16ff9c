/** Private key files without a passphrase, in the two formats that ssh-keygen has written unasked: no ciphers are needed for them. */
import { assert } from '../../assertion.ts';
import type { RandomSource } from '../../crypto/provider.ts';
import type { LongWork } from '../../long-work.ts';
import { findKeyType, type PrivateKey } from '../key-types/index.ts';
import type { TraditionalForm } from './asn1/key-family.ts';
import { traditionalForms } from './asn1/index.ts';
import { writeOpensshKey } from './openssh.ts';
import { encodePem } from './pem.ts';

export const traditionalLineSize = 64;

/** The PEM text of DER in the clear. */
export function plainTraditionalPem(form: TraditionalForm, der: Uint8Array): string {
  return encodePem({ label: form.label, headers: new Map(), body: der }, traditionalLineSize);
}

/** Which format, and what stands in OpenSSH's own. */
export interface PlainKeyOptions {
  /** `traditional`: PKCS#1, SEC1 or DSA's, by the key's type; a type that has none is an assertion. */
  readonly format: 'openssh' | 'traditional';
  readonly comment?: string;
  readonly random: RandomSource;
}

/**
 * The text of a private key file without a passphrase, which ends in a line end, as long work. `writePrivateKey` writes every format,
 * encrypted too, and brings their ciphers along.
 */
export function* writePlainKey(key: PrivateKey, options: PlainKeyOptions): LongWork<string> {
  const { format, comment = '', random } = options;
  if (format === 'openssh') return yield* writeOpensshKey(key, { comment, random, keyTypes: { find: findKeyType } });
  const form = traditionalForms.find(({ keyTypes }) => keyTypes.some((type) => type === key.type));
  assert(form !== undefined, `${key.type} keys have no traditional format`);
  return plainTraditionalPem(form, form.encode(key));
}
