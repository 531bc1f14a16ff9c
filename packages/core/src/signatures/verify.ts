/** Whether a signature counts: made by the key, and the key allowed to sign for a principal, in a namespace, at a time. */
import { checkSshsig, type SshsigFault, type SshsigQuestion } from './check.ts';
import type { AllowedSigner, AllowedSignersFile } from './allowed-signers.ts';
import { findAllowance, type LineNote } from './principals.ts';
import type { Signer } from './sshsig.ts';
import type { TimeZone } from '../calendar.ts';

/** Everything that must be said before a signature can be called trusted. */
export interface VerificationQuestion extends SshsigQuestion {
  /** Who is said to have signed, like `user@example.com`. */
  readonly principal: string;
  readonly allowedSigners: AllowedSignersFile;
  /** Seconds since the epoch at which key and certificate must be valid. */
  readonly now: bigint;
  /** For the times in notes; UTC if not given. */
  readonly zone?: TimeZone;
  /** A KRL or a list of keys says whether the signer is revoked. None are if not given. */
  readonly isRevoked?: (signer: Signer) => boolean;
}

/** Why a signature is not trusted: it is wrong, its key is revoked, or nobody allowed it. */
export type VerificationFault = SshsigFault | 'revoked' | 'not-allowed';

/** The answer carries the question: it holds for that principal, namespace and time only. */
export type SshsigVerification =
  | {
      readonly outcome: 'trusted';
      readonly question: VerificationQuestion;
      readonly signer: Signer;
      readonly signatureAlgorithm: string;
      /** The line that allows it. */
      readonly entry: AllowedSigner;
      readonly notes: readonly LineNote[];
    }
  | {
      readonly outcome: 'refused';
      readonly question: VerificationQuestion;
      readonly fault: VerificationFault;
      readonly message: string;
      readonly notes: readonly LineNote[];
    };

/** Checks the signature, that the signer is not revoked, and that a line allows it: `ssh-keygen -Y verify`. */
export function verifySshsig(question: VerificationQuestion): SshsigVerification {
  const refuse = (fault: VerificationFault, message: string, notes: readonly LineNote[] = []): SshsigVerification => ({
    outcome: 'refused',
    question,
    fault,
    message,
    notes,
  });
  const checked = checkSshsig(question);
  if (checked.outcome === 'refused') return refuse(checked.fault, checked.message);
  const { signer, signatureAlgorithm } = checked;
  if (question.isRevoked?.(signer) === true) return refuse('revoked', 'the key is revoked');
  const { entry, notes } = findAllowance({ ...question, signer });
  if (entry === undefined) return refuse('not-allowed', `no line allows the key for ${question.principal}`, notes);
  return { outcome: 'trusted', question, signer, signatureAlgorithm, entry, notes };
}
