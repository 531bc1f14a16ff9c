/** ECDSA on nistp521 with SHA-512 (RFC 5656 section 6.2.1, FIPS 186-5), nonces by RFC 6979; by noble. */
import { p521 } from '@noble/curves/nist.js';
import { nistCurves } from './nist-curves.ts';
import { nobleEcdsa } from './noble-ecdsa.ts';
import type { Ecdsa } from './provider.ts';

export const ecdsaNistp521: Ecdsa = nobleEcdsa(nistCurves.nistp521, p521);
