/** Diffie-Hellman on nistp521 (RFC 5656 section 4), by noble. */
import { p521 } from '@noble/curves/nist.js';
import { nistCurves } from './nist-curves.ts';
import { nobleEcdh } from './noble-ecdsa.ts';
import type { Ecdh } from './provider.ts';

export const ecdhNistp521: Ecdh = nobleEcdh(nistCurves.nistp521, p521);
