/** Making an SSHSIG: a generator that yields the one signing request, for a key in memory or an agent to answer. */
import { assert } from '../assertion.ts';
import { signatureAlgorithmsOf } from '../keys/signature.ts';
import type { PublicKey } from '../keys/key-types/index.ts';
import type { Signing } from '../signing.ts';
import { isAllowedSignatureAlgorithm } from './signature-algorithms.ts';
import {
  encodeSshsig,
  hashSshsigMessage,
  sshsigSignedData,
  type Signer,
  type SshsigHashName,
  type SshsigMessage,
} from './sshsig.ts';

/** What is to be signed, by whom and for what. */
export interface SshsigRequest {
  readonly signer: Signer;
  readonly message: SshsigMessage;
  /** What the signature is for, like `file` or `git`; not empty. It holds for nothing else. */
  readonly namespace: string;
  /** Of a whole message; `sha512` if not given. */
  readonly hashName?: SshsigHashName;
}

/**
 * The bytes of a signature, without armour. It asks once, for `rsa-sha2-512` of RSA keys.
 *
 * @example
 * const work = signSshsig({ signer: signerOfKey(key), message, namespace: 'file' });
 * const text = armourSshsig(signWithKey(work, { key, random }));
 */
export function* signSshsig(request: SshsigRequest): Signing<Uint8Array<ArrayBuffer>> {
  const { signer, namespace, hashName } = request;
  assert(namespace !== '' && !namespace.includes('\0'), 'a namespace is text that is not empty');
  const message =
    request.message instanceof Uint8Array ? hashSshsigMessage(request.message, hashName) : request.message;
  const signature = yield {
    key: signer.key,
    message: sshsigSignedData(message, namespace),
    algorithm: preferredAlgorithm(signer.key),
  };
  return encodeSshsig({ signer, namespace, hashName: message.hashName, signature });
}

function preferredAlgorithm(key: PublicKey): string {
  const algorithm = signatureAlgorithmsOf(key).find(isAllowedSignatureAlgorithm);
  assert(algorithm !== undefined, `keys of type ${key.type} make no signatures of files`);
  return algorithm;
}
