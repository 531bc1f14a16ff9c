/** The primitives of all signatures over noble. Importing it takes every curve along, and no cipher. */
import { dsa } from './dsa.ts';
import { ecdsaNistp256 } from './ecdsa-nistp256.ts';
import { ecdsaNistp384 } from './ecdsa-nistp384.ts';
import { ecdsaNistp521 } from './ecdsa-nistp521.ts';
import { ed25519 } from './ed25519.ts';
import { md5 } from './md5.ts';
import { mldsa44 } from './mldsa44.ts';
import type { SignatureCrypto } from './provider.ts';
import { rsa } from './rsa.ts';
import { sha1 } from './sha1.ts';
import { sha256 } from './sha256.ts';
import { sha384 } from './sha384.ts';
import { sha512 } from './sha512.ts';

export const nobleSignatures: SignatureCrypto = {
  hashes: { md5, sha1, sha256, sha384, sha512 },
  ed25519,
  ecdsa: { nistp256: ecdsaNistp256, nistp384: ecdsaNistp384, nistp521: ecdsaNistp521 },
  rsa,
  dsa,
  mldsa44,
};
