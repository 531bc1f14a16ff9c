/**
 * Whether a signature was made by the key it names, for a message and a namespace. That says nothing of who holds the key: so the
 * answer is `signed`, never `valid`. `verify.ts` asks the rest.
 */
import { signatureAlgorithmsOf, verifySignature } from '../keys/signature.ts';
import { DecodeError } from '../wire/decode-error.ts';
import { name } from '../wire/primitives.ts';
import { isAllowedSignatureAlgorithm } from './signature-algorithms.ts';
import {
  findSshsigHash,
  hashSshsigMessage,
  sshsigSignedData,
  type HashedMessage,
  type Signer,
  type Sshsig,
  type SshsigMessage,
} from './sshsig.ts';

/** Which signature, of what. */
export interface SshsigQuestion {
  readonly signature: Sshsig;
  readonly message: SshsigMessage;
  /** The signature must be for this namespace. */
  readonly namespace: string;
}

/** Why a signature is not one of its key for this message and namespace. */
export type SshsigFault =
  | 'unsupported-hash'
  | 'namespace-mismatch'
  | 'hash-mismatch'
  | 'malformed-signature'
  | 'signature-algorithm-not-allowed'
  | 'key-type-mismatch'
  | 'wrong-signature';

/** The answer carries the question. */
export type SshsigCheck =
  | {
      readonly outcome: 'signed';
      readonly question: SshsigQuestion;
      readonly signer: Signer;
      /** Like `rsa-sha2-512`. */
      readonly signatureAlgorithm: string;
    }
  | {
      readonly outcome: 'refused';
      readonly question: SshsigQuestion;
      readonly fault: SshsigFault;
      /** OpenSSH's words. */
      readonly message: string;
    };

/** What OpenSSH says of each fault. */
const words: Readonly<Record<SshsigFault, (detail: string) => string>> = {
  'unsupported-hash': (hash) => `unsupported hash algorithm "${hash.slice(0, 100)}"`,
  'namespace-mismatch': () => "Couldn't verify signature: namespace does not match",
  'hash-mismatch': () => "Couldn't verify signature: hash algorithm mismatch",
  'malformed-signature': () => 'Signature verification failed: invalid format',
  'signature-algorithm-not-allowed': (algorithm) =>
    `Couldn't verify signature: unsupported RSA signature algorithm ${algorithm}`,
  'key-type-mismatch': () => 'Signature verification failed: key type does not match',
  'wrong-signature': () => 'Signature verification failed: incorrect signature',
};

/** Checks the signature itself, as `ssh-keygen -Y check-novalidate` does. */
export function checkSshsig(question: SshsigQuestion): SshsigCheck {
  const { signature, namespace } = question;
  const refuse = (fault: SshsigFault, detail = ''): SshsigCheck => ({
    outcome: 'refused',
    question,
    fault,
    message: words[fault](detail),
  });
  const message = hashed(question);
  if (message === undefined) return refuse('unsupported-hash', signature.hashName);
  if (signature.namespace !== namespace) return refuse('namespace-mismatch');
  if (signature.hashName !== message.hashName) return refuse('hash-mismatch');
  const algorithm = algorithmOf(signature.signature);
  if (algorithm === undefined) return refuse('malformed-signature');
  if (!isAllowedSignatureAlgorithm(algorithm)) return refuse('signature-algorithm-not-allowed', algorithm);
  const { key } = signature.signer;
  if (!signatureAlgorithmsOf(key).includes(algorithm)) return refuse('key-type-mismatch');
  const signed = sshsigSignedData(message, namespace);
  const isRight = verifySignature({ key, message: signed, signature: signature.signature, algorithms: [algorithm] });
  if (!isRight) return refuse('wrong-signature');
  return { outcome: 'signed', question, signer: signature.signer, signatureAlgorithm: algorithm };
}

function hashed({ signature, message }: SshsigQuestion): HashedMessage | undefined {
  const known = findSshsigHash(signature.hashName);
  if (known === undefined) return undefined;
  return message instanceof Uint8Array ? hashSshsigMessage(message, known.hashName) : message;
}

function algorithmOf(signatureBlob: Uint8Array): string | undefined {
  try {
    return name.decodePrefix(signatureBlob).value;
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}
