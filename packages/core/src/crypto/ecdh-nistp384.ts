/** Diffie-Hellman on nistp384 (RFC 5656 section 4), by noble. */
import { p384 } from '@noble/curves/nist.js';
import { nistCurves } from './nist-curves.ts';
import { nobleEcdh } from './noble-ecdsa.ts';
import type { Ecdh } from './provider.ts';

export const ecdhNistp384: Ecdh = nobleEcdh(nistCurves.nistp384, p384);
