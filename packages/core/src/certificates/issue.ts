/** Issuing a certificate: a generator that yields the one signing request, for a key in memory or an agent to answer. */
import { assert } from '../assertion.ts';
import { publicKeyTypeOf, type PublicKey } from '../keys/public-key-types/index.ts';
import type { Signing } from '../signing.ts';
import { concatBytes } from '../wire/bytes.ts';
import { string } from '../wire/primitives.ts';
import { decodeCertificate, encodeSigned } from './blob.ts';
import type { Certificate, CertificateBody } from './certificate.ts';
import { certificateTypeFor } from './certificate-type.ts';
import { latestTime, maximumCertificateOptions, maximumCertificatePrincipals } from './limits.ts';
import { sortedOptions } from './options.ts';

/** What shall be certified, and by whom. */
export interface CertificateRequest extends Partial<CertificateBody> {
  readonly key: PublicKey;
  readonly usage: CertificateBody['usage'];
  readonly keyId: string;
  /** The public half of the key that will sign. */
  readonly authority: PublicKey;
  /** Random bytes, `certificateNonceSizeBytes` of them; the same make the same certificate where the signature is deterministic. */
  readonly nonce: Uint8Array;
  /** The signature algorithm; the authority's preferred one if not given: rsa-sha2-512 for RSA, never SHA-1 unasked. */
  readonly signatureAlgorithm?: string;
}

/**
 * Issues a certificate. Serial 0, no principals, always to forever and no options if they are not given; options are put in the order of
 * their names. Throws DecodeError if the answer is no signature of the authority with that algorithm.
 *
 * @example
 * const certificate = signWithKey(
 *   issueCertificate({ key, usage: 'user', keyId: 'alice', principals: ['alice'], authority: publicKeyOf(ca), nonce: random(32) }),
 *   { key: ca, random },
 * );
 */
export function* issueCertificate(request: CertificateRequest): Signing<Certificate> {
  const { authority, ...body } = request;
  const { signatureAlgorithms } = publicKeyTypeOf(authority);
  const algorithm = request.signatureAlgorithm ?? signatureAlgorithms[0] ?? '';
  assert(signatureAlgorithms.includes(algorithm), `${algorithm} is no signature algorithm of ${authority.type}`);
  const message = encodeSigned({ ...completed(body), authority });
  const signature = yield { key: authority, message, algorithm };
  return decodeCertificate(concatBytes(message, string.encode(signature)));
}

function completed(
  body: Omit<CertificateRequest, 'authority'>,
): Omit<Certificate, 'authority' | 'signature' | 'signatureAlgorithm'> {
  const { key, usage, keyId, nonce, serial = 0n, principals = [], criticalOptions = [], extensions = [] } = body;
  const { validity = { after: 0n, before: latestTime } } = body;
  assert(principals.length <= maximumCertificatePrincipals, `${principals.length} principals are too many`);
  assert(Math.max(criticalOptions.length, extensions.length) <= maximumCertificateOptions, 'too many options');
  return {
    type: certificateTypeFor(key).name,
    nonce,
    key,
    serial,
    usage,
    keyId,
    principals,
    validity,
    criticalOptions: sortedOptions(criticalOptions),
    extensions: sortedOptions(extensions),
    reserved: new Uint8Array(),
  };
}
