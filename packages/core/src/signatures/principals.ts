/** Who may sign: questions to an allowed signers file. OpenSSH's sshsig.c, line by line, with what it says of each line. */
import { checkCertificate, type CertificateFault } from '../certificates/check.ts';
import { formatAbsoluteTime, utc, type TimeZone } from '../calendar.ts';
import { matchPatternList } from '../config/patterns/pattern-list.ts';
import { matchPattern } from '../config/patterns/wildcard.ts';
import { encodePublicKey } from '../keys/public-key.ts';
import { equalBytes } from '../wire/bytes.ts';
import type { AllowedSigner, AllowedSignersFile, WrongSigner } from './allowed-signers.ts';
import type { Signer } from './sshsig.ts';

/** What OpenSSH says of a line on the way to the answer. */
export interface LineNote {
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

/** Whose lines are looked for, and at which time they must hold. */
export interface PrincipalSearch {
  readonly allowedSigners: AllowedSignersFile;
  readonly signer: Signer;
  /** Seconds since the epoch at which key and certificate must be valid. */
  readonly now: bigint;
  /** For the times in notes; UTC if not given. */
  readonly zone?: TimeZone;
}

/** The first line that allows the signer. */
export interface FoundPrincipals {
  /** The line's pattern lists, or the certificate's principals that they match; empty if no line allows the signer. */
  readonly principals: readonly string[];
  readonly entry: AllowedSigner | undefined;
  readonly notes: readonly LineNote[];
}

/** What `ssh-keygen -Y match-principals` finds, and what it says meanwhile. */
export interface MatchedPrincipals {
  /** The pattern list of each line that matches. */
  readonly principals: readonly string[];
  readonly notes: readonly LineNote[];
  /** A wrong line ended the search: OpenSSH then gives nothing. */
  readonly stopped: boolean;
}

interface LineQuestion extends PrincipalSearch {
  /** Undefined asks for all principals of the line. */
  readonly principal: string | undefined;
  /** Undefined leaves the namespaces of the line aside. */
  readonly namespace: string | undefined;
}

/** The first line that allows the signer, whoever it is: `ssh-keygen -Y find-principals`. */
export function findPrincipals(search: PrincipalSearch): FoundPrincipals {
  return askLines({ ...search, principal: undefined, namespace: undefined });
}

/** The first line that allows the signer to sign for a principal in a namespace. */
export function findAllowance(search: PrincipalSearch & { principal: string; namespace: string }): FoundPrincipals {
  return askLines(search);
}

/** The pattern lists that match a principal: `ssh-keygen -Y match-principals`. Keys and times are left aside. */
export function matchPrincipals(allowedSigners: AllowedSignersFile, principal: string): MatchedPrincipals {
  const principals: string[] = [];
  for (const line of allowedSigners.lines) {
    if (!isSignerLine(line) || !listsPrincipal(line, principal)) continue;
    if (line.type === 'wrong') return { principals: [], notes: [noteOf(line)], stopped: true };
    principals.push(line.principals);
  }
  return { principals, notes: [], stopped: false };
}

function askLines(question: LineQuestion): FoundPrincipals {
  const notes: LineNote[] = [];
  for (const line of question.allowedSigners.lines) {
    if (!isSignerLine(line)) continue;
    if (question.principal !== undefined && !listsPrincipal(line, question.principal)) continue;
    const answer = line.type === 'wrong' ? noteOf(line).message : askEntry(line, question);
    if (typeof answer === 'string') notes.push({ line: line.number, message: answer });
    else if (answer !== undefined && line.type === 'entry') return { principals: answer, entry: line, notes };
  }
  return { principals: [], entry: undefined, notes };
}

function isSignerLine(line: AllowedSignersFile['lines'][number]): line is AllowedSigner | WrongSigner {
  return line.type === 'entry' || line.type === 'wrong';
}

/** A line whose principals cannot be read is one that OpenSSH complains of, whoever is asked for. */
function listsPrincipal(line: AllowedSigner | WrongSigner, principal: string): boolean {
  return line.principals === undefined || matchPatternList(principal, line.principals) === 'matched';
}

function noteOf(line: WrongSigner): LineNote {
  return { line: line.number, message: line.fault.message };
}

/** The principals that the line gives, what OpenSSH says against it, or undefined if it is another key's. */
function askEntry(entry: AllowedSigner, question: LineQuestion): readonly string[] | string | undefined {
  const given = entry.options.certAuthority ? askAuthority(entry, question) : askKey(entry, question);
  if (given === undefined || typeof given === 'string') return given;
  return refusalByOptions(entry, question) ?? given;
}

/** The very key of the line, or the very certificate. */
function askKey(entry: AllowedSigner, { signer }: LineQuestion): readonly string[] | undefined {
  return equalBytes(entry.signer.blob, signer.blob) ? [entry.principals] : undefined;
}

/** A certificate by the key of the line, for the principal that is asked for, or for those of its own that the line lists. */
function askAuthority(entry: AllowedSigner, question: LineQuestion): readonly string[] | string | undefined {
  const { certificate } = question.signer;
  if (certificate === undefined) return undefined;
  const authority = entry.signer.key;
  if (!equalBytes(encodePublicKey(certificate.authority), encodePublicKey(authority))) return undefined;
  const refusalFor = (principal: string): string | undefined => {
    const check = checkCertificate({
      certificate,
      authorities: [authority],
      now: question.now,
      usage: 'user',
      principal,
    });
    return check.outcome === 'trusted' || forLogins.has(check.fault) ? undefined : check.message;
  };
  if (question.principal !== undefined) {
    const refusal = refusalFor(question.principal);
    return refusal === undefined ? [question.principal] : `certificate not authorized: ${refusal}`;
  }
  const matching = entry.principals
    .split(',')
    .flatMap((pattern) => certificate.principals.filter((principal) => matchPattern(principal, pattern)))
    .filter((principal) => refusalFor(principal) === undefined);
  return matching.length === 0 ? 'no valid principals found' : matching;
}

/** What restricts logins says nothing of signatures (OpenSSH's sshkey_cert_check_authority does not look at options). */
const forLogins: ReadonlySet<CertificateFault> = new Set<CertificateFault>([
  'unknown-critical-option',
  'corrupt-option',
  'source-address-not-allowed',
]);

function refusalByOptions({ options }: AllowedSigner, question: LineQuestion): string | undefined {
  const { namespace, now, zone = utc } = question;
  if (namespace !== undefined && options.namespaces !== undefined) {
    const isPermitted = matchPatternList(namespace, options.namespaces) === 'matched';
    if (!isPermitted) return `key is not permitted for use in signature namespace "${namespace}"`;
  }
  const time = (seconds: bigint): string => formatAbsoluteTime(seconds, zone);
  if (options.validAfter !== undefined && now < options.validAfter) {
    return `key is not yet valid: verify time ${time(now)} < valid-after ${time(options.validAfter)}`;
  }
  if (options.validBefore !== undefined && now > options.validBefore) {
    return `key has expired: verify time ${time(now)} > valid-before ${time(options.validBefore)}`;
  }
  return undefined;
}
