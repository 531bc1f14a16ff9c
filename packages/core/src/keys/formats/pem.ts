/**
 * PEM armour (RFC 7468 section 2, RFC 1421 headers) as OpenSSH and OpenSSL read it: LF or CRLF, blank lines, blanks at the end of lines,
 * base64 lines of any length. Differs from both: text after the END line is refused.
 */
import { base64Decode, base64Encode } from '../../wire/base64.ts';
import { DecodeError } from '../../wire/decode-error.ts';
import { maximumKeyFileSizeBytes } from '../limits.ts';
import { splitTextLines, type TextLine } from './text-lines.ts';

export interface Pem {
  /** Between `BEGIN` and the dashes, like `OPENSSH PRIVATE KEY`. */
  readonly label: string;
  /** RFC 1421 headers in front of the body, like `Proc-Type`. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
}

/** What `decodePem` may pass over. */
export interface PemReading {
  /**
   * The label that is looked for: text, and blocks with other labels (`EC PARAMETERS`), may stand before it. Without it the first line
   * must be a BEGIN line.
   */
  readonly label?: string;
  /** Whether the BEGIN and the END line must end with LF, and with nothing before it, as sshkey.c has it for openssh-key-v1. */
  readonly exactEnds?: boolean;
}

const lineFeed = 0x0a;
const beginLine = /^-----BEGIN ([A-Z0-9 ]{1,64})-----[ \t]*$/;
const headerLine = /^([A-Za-z-]{1,64}):[ \t]*(.{0,1024})$/;
const foreignCharacter = /[^A-Za-z0-9+/= \t]/;
const blanks = /[ \t]+/g;

function labelOf(line: TextLine | undefined): string | undefined {
  return beginLine.exec(line?.text ?? '')?.[1];
}

/** Reads one armoured block. Throws DecodeError with the offset in the file. */
export function decodePem(file: Uint8Array, { label: wanted, exactEnds = false }: PemReading = {}): Pem {
  if (file.length > maximumKeyFileSizeBytes) {
    throw refuse(`expected at most ${maximumKeyFileSizeBytes} bytes`, maximumKeyFileSizeBytes);
  }
  const lines = splitTextLines(file);
  const first = wanted === undefined ? 0 : lines.findIndex((line) => labelOf(line) === wanted);
  const label = labelOf(lines[first]);
  if (label === undefined) throw refuse(`expected a BEGIN line${wanted === undefined ? '' : ` of ${wanted}`}`, 0);
  const end = `-----END ${label}-----`;
  const last = lines.findIndex((line, index) => index > first && line.text.trimEnd() === end);
  if (last < 0) throw refuse(`expected the END line of ${label}`, file.length);
  if (exactEnds) checkEnds(file, [lines[first], lines[last]]);
  const more = lines.slice(last + 1).find((line) => line.text.trim() !== '');
  if (more !== undefined) throw refuse('expected nothing after the END line', more.start);
  const inner = lines.slice(first + 1, last);
  const headers = readHeaders(inner);
  const bodyLines = inner.slice(headers.size === 0 ? 0 : headers.size + 1);
  return { label, headers, body: decodeLines(bodyLines, lines[last]?.start ?? file.length) };
}

function checkEnds(file: Uint8Array, lines: readonly (TextLine | undefined)[]): void {
  for (const { start, text } of lines.filter((line) => line !== undefined)) {
    const end = start + text.trimEnd().length;
    if (file[end] !== lineFeed) throw refuse('expected a line feed after the dashes', end);
  }
}

/** Headers end with an empty line; there may be none, and then no such line. */
function readHeaders(lines: readonly TextLine[]): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (const line of lines) {
    const [, key, value] = headerLine.exec(line.text) ?? [];
    if (key === undefined || value === undefined) break;
    if (headers.has(key)) throw refuse(`expected the header ${key} once`, line.start);
    headers.set(key, value.trimEnd());
  }
  const after = lines[headers.size];
  if (headers.size > 0 && after?.text.trim() !== '') {
    throw refuse('expected an empty line after the headers', after?.start ?? lines.at(-1)?.end ?? 0);
  }
  return headers;
}

function decodeLines(lines: readonly TextLine[], end: number): Uint8Array {
  for (const line of lines) {
    const at = line.text.search(foreignCharacter);
    if (at >= 0) throw refuse('expected base64', line.start + at);
  }
  const body = base64Decode(lines.map((line) => line.text.replaceAll(blanks, '')).join(''));
  if (body === undefined) throw refuse('expected base64 that ends with its padding', lines.at(-1)?.start ?? end);
  return body;
}

function refuse(reason: string, offset: number): DecodeError {
  return new DecodeError(reason, { path: 'pem', offset });
}

/** The label of the BEGIN line that a file starts with, if it does. */
export function pemLabelOf(file: Uint8Array): string | undefined {
  return labelOf(splitTextLines(file.subarray(0, longestBeginLine))[0]);
}

const longestBeginLine = 128;

/** Whether a BEGIN line with this label stands in a file, at the start of any line. */
export function hasPemBlock(file: Uint8Array, label: string): boolean {
  const lines = splitTextLines(file.subarray(0, maximumKeyFileSizeBytes));
  return lines.some((line) => labelOf(line) === label);
}

/** The armoured text, with a line end after the last line. OpenSSH breaks at 70 characters, OpenSSL at 64. */
export function encodePem(pem: Pem, lineSize: number): string {
  const base64 = base64Encode(pem.body);
  const headers = [...pem.headers].map(([key, value]) => `${key}: ${value}`);
  const lines = base64.match(new RegExp(`.{1,${lineSize}}`, 'g')) ?? [];
  const separated = headers.length === 0 ? lines : [...headers, '', ...lines];
  return [`-----BEGIN ${pem.label}-----`, ...separated, `-----END ${pem.label}-----`, ''].join('\n');
}
