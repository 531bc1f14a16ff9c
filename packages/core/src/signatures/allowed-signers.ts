/**
 * allowed_signers: which keys sign for which principals. ssh-keygen(1) ALLOWED SIGNERS, OpenSSH's sshsig.c. Parsing is lossless and
 * never throws; a line that is wrong keeps its principals, since OpenSSH complains only of lines that could have answered.
 */
import { utc, type TimeZone } from '../calendar.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { parseLines, type LineFault, type LineFile, type LinePlace } from '../files/lines.ts';
import { parseAllowedSignerOptions, type AllowedSignerOptions } from './allowed-signers-options.ts';
import { readLineSigner } from './line-signer.ts';
import type { Signer } from './sshsig.ts';

/** A line that allows a key, or an authority's certificates. */
export interface AllowedSigner extends LinePlace {
  readonly type: 'entry';
  /** A pattern list, without its quotes. */
  readonly principals: string;
  readonly options: AllowedSignerOptions;
  /** As written; empty without options. */
  readonly optionsText: string;
  readonly signer: Signer;
  readonly comment: string;
}

/** A line that names principals and then is wrong. */
export interface WrongSigner extends LinePlace {
  readonly type: 'wrong';
  /** Undefined if not even they can be read. */
  readonly principals: string | undefined;
  /** As written, if all but the options is right. */
  readonly optionsText: string | undefined;
  /** In OpenSSH's words. */
  readonly fault: LineFault;
}

/** A parsed allowed_signers file; `printLines` gives its text back. */
export type AllowedSignersFile = LineFile<AllowedSigner | WrongSigner>;

/** Parses a whole file. Times without `Z` are in `zone`, UTC if not given. Never throws. */
export function parseAllowedSigners(text: string, zone: TimeZone = utc): AllowedSignersFile {
  const file = parseLines<AllowedSigner | WrongSigner>(text, (content, place) => readLine(content, place, zone));
  return { ...file, diagnostics: [...file.diagnostics, ...file.lines.flatMap(diagnosticOf)] };
}

function diagnosticOf(line: AllowedSignersFile['lines'][number]): readonly Diagnostic[] {
  if (line.type !== 'wrong') return [];
  return [{ ...line.fault, severity: 'error', span: line.span }];
}

function readLine(content: string, place: LinePlace, zone: TimeZone): AllowedSigner | WrongSigner {
  const wrong = (code: string, message: string, principals?: string): WrongSigner => ({
    type: 'wrong',
    ...place,
    principals,
    optionsText: undefined,
    fault: { code, message },
  });
  const word = readPrincipals(content);
  if (word === undefined) return wrong('invalid-line', 'invalid line');
  const { principals } = word;
  const bare = readLineSigner(word.rest);
  const end = bare === undefined ? endOfOptions(word.rest) : 0;
  if (end === undefined) return wrong('invalid-options', 'invalid options', principals);
  if (bare === undefined && end === word.rest.length) return wrong('missing-key', 'missing key', principals);
  const read = bare ?? readLineSigner(word.rest.slice(end).replace(/^[ \t]+/, ''));
  if (read === undefined) return wrong('invalid-key', 'invalid key', principals);
  const optionsText = word.rest.slice(0, end);
  const parsed = parseAllowedSignerOptions(optionsText, zone);
  if (!parsed.ok) return { ...wrong('bad-options', `bad options: ${parsed.message}`, principals), optionsText };
  return { type: 'entry', ...place, principals, options: parsed.options, optionsText, ...read };
}

/** The first word: up to a blank, or with blanks between double quotes. */
function readPrincipals(content: string): { readonly principals: string; readonly rest: string } | undefined {
  const match = /^([^ \t"]*)(?:"([^"]*)"|[ \t]|$)[ \t]*(.*)$/s.exec(content);
  const [, plain = '', quoted = '', rest = ''] = match ?? [];
  return match === null ? undefined : { principals: plain + quoted, rest };
}

/** Where the first blank outside of quotes stands; undefined if a quote is never closed. */
function endOfOptions(content: string): number | undefined {
  let quoted = false;
  let at = 0;
  for (; at < content.length && (quoted || (content[at] !== ' ' && content[at] !== '\t')); at += 1) {
    if (content[at] === '\\' && content[at + 1] === '"') at += 1;
    else if (content[at] === '"') quoted = !quoted;
  }
  return quoted ? undefined : at;
}
