/** Which of our host keys must prove themselves, and by which signature algorithm. Specification: OpenSSH PROTOCOL 2.5. */
import { publicKeyBlobType } from '@seashell/core/keys';
import { equalBytes } from '@seashell/core/wire';
import { keyTypeOfAlgorithm } from '../transport/algorithms/hostkey/index.ts';

interface HostKeyProof {
  /** Index into our host keys. */
  readonly hostKey: number;
  readonly algorithm: string;
  readonly key: Uint8Array;
}

interface OwnHostKeys {
  readonly hostKeys: readonly Uint8Array[];
  /** Signature algorithms that we use, best first. */
  readonly algorithms: readonly string[];
}

/** The proofs asked for, or undefined when one of the keys is not ours: then the whole request is refused. */
export function proofsFor(asked: readonly Uint8Array[], own: OwnHostKeys): readonly HostKeyProof[] | undefined {
  const proofs: HostKeyProof[] = [];
  for (const key of asked) {
    const hostKey = own.hostKeys.findIndex((blob) => equalBytes(blob, key));
    if (hostKey < 0) return undefined;
    const keyType = publicKeyBlobType(key);
    const algorithm = own.algorithms.find((name) => keyTypeOfAlgorithm(name) === keyType);
    if (algorithm === undefined) return undefined;
    proofs.push({ hostKey, algorithm, key: key.slice() });
  }
  return proofs.length === 0 ? undefined : proofs;
}
