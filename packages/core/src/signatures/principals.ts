/** Who may sign: questions to an allowed signers file. OpenSSH's sshsig.c, line by line, with what it says of each line. */
import type { Certificate } from '../certificates/certificate.ts';
import { checkCertificate, type CertificateFault } from '../certificates/check.ts';
import { formatAbsoluteTime, utc, type TimeZone } from '../calendar.ts';
import { matchPatternList } from '../config/patterns/pattern-list.ts';
import { matchPattern } from '../config/patterns/wildcard.ts';
import type { LinePlace } from '../files/lines.ts';
import type { PublicKey } from '../keys/public-key-types/index.ts';
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

/** All that OpenSSH says of a line, with `-v` and more too. */
export interface LineStep extends LineNote {
  /** The log level at which it is said; ERROR always is. */
  readonly level: 'ERROR' | 'DEBUG1' | 'DEBUG3';
  /** OpenSSH's function, where its words begin with that. */
  readonly within?: string;
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
  /** The notes among all that is said meanwhile. */
  readonly steps: readonly LineStep[];
}

/** What `ssh-keygen -Y match-principals` finds, and what it says meanwhile. */
export interface MatchedPrincipals {
  /** The pattern list of each line that matches. */
  readonly principals: readonly string[];
  readonly notes: readonly LineNote[];
  /** The notes among all that is said meanwhile. */
  readonly steps: readonly LineStep[];
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
  const steps: LineStep[] = [];
  for (const line of allowedSigners.lines) {
    if (!isSignerLine(line)) continue;
    const isListed = addSteps(steps, readLine(line, principal));
    if (isListed && line.type === 'entry') principals.push(line.principals);
    const notes = notesOf(steps);
    if (notes.length > 0) return { principals: [], notes, steps, stopped: true };
  }
  return { principals, notes: [], steps, stopped: false };
}

function askLines(question: LineQuestion): FoundPrincipals {
  const steps: LineStep[] = [];
  for (const line of question.allowedSigners.lines) {
    if (!isSignerLine(line)) continue;
    const isListed = addSteps(steps, readLine(line, question.principal));
    if (!isListed || line.type === 'wrong') continue;
    const principals = addSteps(steps, askEntry(line, question));
    if (principals !== undefined) return { principals, entry: line, notes: notesOf(steps), steps };
  }
  return { principals: [], entry: undefined, notes: notesOf(steps), steps };
}

function isSignerLine(line: AllowedSignersFile['lines'][number]): line is AllowedSigner | WrongSigner {
  return line.type === 'entry' || line.type === 'wrong';
}

/** Keeps what is said on the way to an answer. */
function addSteps<Answer>(steps: LineStep[], walk: Generator<LineStep, Answer>): Answer {
  for (;;) {
    const next = walk.next();
    if (next.done === true) return next.value;
    steps.push(next.value);
  }
}

function notesOf(steps: readonly LineStep[]): readonly LineNote[] {
  return steps.filter(({ level }) => level === 'ERROR').map(({ line, message }) => ({ line, message }));
}

const say = {
  error: (line: LinePlace, message: string): LineStep => ({ line: line.number, level: 'ERROR', message }),
  debug: (line: LinePlace, message: string): LineStep => ({ line: line.number, level: 'DEBUG1', message }),
  options: (line: LinePlace, text: string): LineStep => ({
    line: line.number,
    level: 'DEBUG3',
    message: `options ${text}`,
  }),
  matched: (line: LinePlace, principal: string): LineStep => ({
    line: line.number,
    level: 'DEBUG1',
    within: 'parse_principals_key_and_options',
    message: `matched principal "${principal}"`,
  }),
} as const;

/** parse_principals_key_and_options(): whether the line lists the principal, if there is one to look for. */
function* readLine(
  line: AllowedSigner | WrongSigner,
  principal: string | undefined,
): Generator<LineStep, boolean, undefined> {
  // A line whose principals cannot be read is one that OpenSSH complains of, whoever is asked for.
  if (principal !== undefined && line.principals !== undefined) {
    if (matchPatternList(principal, line.principals) !== 'matched') return false;
    yield say.matched(line, principal);
  }
  if (line.optionsText !== undefined) yield say.options(line, line.optionsText);
  if (line.type === 'wrong') yield say.error(line, line.fault.message);
  return true;
}

/** The principals that the line gives; undefined if OpenSSH says something against it, or it is another key's. */
function* askEntry(
  entry: AllowedSigner,
  question: LineQuestion,
): Generator<LineStep, readonly string[] | undefined, undefined> {
  const given = entry.options.certAuthority ? yield* askAuthority(entry, question) : yield* askKey(entry, question);
  const refusal = given === undefined ? undefined : refusalByOptions(entry, question);
  if (refusal === undefined) return given;
  yield say.error(entry, refusal);
  return undefined;
}

/** The very key of the line, or the very certificate. */
function* askKey(
  entry: AllowedSigner,
  { signer }: LineQuestion,
): Generator<LineStep, readonly string[] | undefined, undefined> {
  if (!equalBytes(entry.signer.blob, signer.blob)) return undefined;
  yield say.debug(entry, 'matched key');
  return [entry.principals];
}

/** A certificate by the key of the line, for the principal that is asked for, or for those of its own that the line lists. */
function* askAuthority(
  entry: AllowedSigner,
  question: LineQuestion,
): Generator<LineStep, readonly string[] | undefined, undefined> {
  const { certificate } = question.signer;
  if (certificate === undefined || !isAuthority(certificate, entry.signer.key)) return undefined;
  const { principal } = question;
  const principals = principal === undefined ? yield* filterPrincipals(entry, certificate, question.now) : [principal];
  if (principals === undefined) return undefined;
  const refusal = principal === undefined ? undefined : refusalFor(certificate, { principal, now: question.now });
  if (refusal !== undefined) {
    yield say.error(entry, `certificate not authorized: ${refusal}`);
    return undefined;
  }
  yield say.debug(entry, 'matched certificate CA key');
  return principals;
}

function isAuthority({ authority }: Certificate, key: PublicKey): boolean {
  return equalBytes(encodePublicKey(authority), encodePublicKey(key));
}

/** cert_filter_principals(): for each pattern of the line, the certificate's principals that it matches. */
function* filterPrincipals(
  entry: AllowedSigner,
  certificate: Certificate,
  now: bigint,
): Generator<LineStep, readonly string[] | undefined, undefined> {
  const matching: string[] = [];
  for (const pattern of entry.principals.split(',')) {
    // An empty pattern ends the list, as strsep(3) is used there.
    if (pattern === '') break;
    const refusal = refusalFor(certificate, { principal: undefined, now });
    if (refusal !== undefined) yield say.debug(entry, `principal "${pattern}" not authorized: ${refusal}`);
    else matching.push(...certificate.principals.filter((principal) => matchPattern(principal, pattern)));
  }
  if (matching.length > 0) return matching;
  yield say.error(entry, 'no valid principals found');
  yield say.debug(entry, 'cert_filter_principals: invalid certificate');
  return undefined;
}

/** sshkey_cert_check_authority(): what is wrong with a user's certificate, for a principal or for whichever of its own. */
function refusalFor(
  certificate: Certificate,
  { principal, now }: { readonly principal: string | undefined; readonly now: bigint },
): string | undefined {
  const check = checkCertificate({
    certificate,
    authorities: [certificate.authority],
    now,
    usage: 'user',
    principal: principal ?? certificate.principals[0] ?? '',
  });
  return check.outcome === 'trusted' || forLogins.has(check.fault) ? undefined : check.message;
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
