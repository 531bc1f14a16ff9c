/** Diffie-Hellman on nistp256 (RFC 5656 section 4), by noble. */
import { p256 } from '@noble/curves/nist.js';
import { nistCurves } from './nist-curves.ts';
import { nobleEcdh } from './noble-ecdsa.ts';
import type { Ecdh } from './provider.ts';

export const ecdhNistp256: Ecdh = nobleEcdh(nistCurves.nistp256, p256);
