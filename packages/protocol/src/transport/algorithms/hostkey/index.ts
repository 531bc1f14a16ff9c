/** The table of signature algorithms, and what users' keys use of it. */
import type { OpenSshVersion } from '../offered.ts';
import { ecdsaSha2Nistp256 } from './ecdsa-sha2-nistp256.ts';
import { ecdsaSha2Nistp384 } from './ecdsa-sha2-nistp384.ts';
import { ecdsaSha2Nistp521 } from './ecdsa-sha2-nistp521.ts';
import type { HostKeyRow } from './row.ts';
import { rsaSha2256 } from './rsa-sha2-256.ts';
import { rsaSha2512 } from './rsa-sha2-512.ts';
import { skEcdsaSha2Nistp256 } from './sk-ecdsa-sha2-nistp256.ts';
import { skSshEd25519 } from './sk-ssh-ed25519.ts';
import { sshDss } from './ssh-dss.ts';
import { sshEd25519 } from './ssh-ed25519.ts';
import { sshMldsa44Ed25519 } from './ssh-mldsa44-ed25519.ts';
import { sshRsa } from './ssh-rsa.ts';
import { webauthnSkEcdsaSha2Nistp256 } from './webauthn-sk-ecdsa-sha2-nistp256.ts';

/** In the order of `ssh -Q sig`. */
export const hostKeyRows: readonly HostKeyRow[] = [
  sshEd25519,
  skSshEd25519,
  sshMldsa44Ed25519,
  ecdsaSha2Nistp256,
  ecdsaSha2Nistp384,
  ecdsaSha2Nistp521,
  skEcdsaSha2Nistp256,
  webauthnSkEcdsaSha2Nistp256,
  sshDss,
  sshRsa,
  rsaSha2256,
  rsaSha2512,
];

/** The key type that signs with an algorithm, or undefined for one that is not implemented. */
export function keyTypeOfAlgorithm(algorithm: string): string | undefined {
  return hostKeyRows.find(({ name }) => name === algorithm)?.keyType;
}

/** Choosing the signature algorithm of a user's key. */
export interface SignatureAlgorithmChoice {
  readonly keyType: string;
  /** What our side allows, best first (PubkeyAcceptedAlgorithms). */
  readonly allowed: readonly string[];
  /** The server's `server-sig-algs`; undefined when it sent none. */
  readonly serverSignatureAlgorithms: readonly string[] | undefined;
  readonly version: OpenSshVersion;
}

/**
 * The algorithm to sign with, or undefined when there is none that both take. Without `server-sig-algs` a key signs by the
 * algorithm of its own name, as servers before RFC 8332 expect.
 */
export function chooseSignatureAlgorithm(choice: SignatureAlgorithmChoice): string | undefined {
  const { keyType, allowed, serverSignatureAlgorithms, version } = choice;
  const able = hostKeyRows.filter((row) => row.keyType === keyType && row.supportedBy.includes(version));
  const taken = serverSignatureAlgorithms ?? [keyType];
  return allowed.find((name) => able.some((row) => row.name === name) && taken.includes(name));
}
