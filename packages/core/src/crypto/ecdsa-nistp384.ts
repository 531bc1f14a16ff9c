/** ECDSA on nistp384 with SHA-384 (RFC 5656 section 6.2.1, FIPS 186-5), nonces by RFC 6979; by noble. */
import { p384 } from '@noble/curves/nist.js';
import { nistCurves } from './nist-curves.ts';
import { nobleEcdsa } from './noble-ecdsa.ts';
import type { Ecdsa } from './provider.ts';

export const ecdsaNistp384: Ecdsa = nobleEcdsa(nistCurves.nistp384, p384);
