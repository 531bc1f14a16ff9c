/** PEM armour as OpenSSH writes it (RFC 7468 section 2, RFC 1421 headers): strict about everything but line lengths. */
import { base64Decode, base64Encode } from '../../wire/base64.ts';
import { asciiDecode } from '../../wire/text.ts';
import { DecodeError } from '../../wire/decode-error.ts';
import { maximumKeyFileSizeBytes } from '../limits.ts';

export interface Pem {
  /** Between `BEGIN` and the dashes, like `OPENSSH PRIVATE KEY`. */
  readonly label: string;
  /** RFC 1421 headers in front of the body, like `Proc-Type`. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
}

const beginLine = /^-----BEGIN ([A-Z0-9 ]{1,64})-----$/;
const headerLine = /^([A-Za-z-]{1,64}): (.{0,1024})$/;

/** Reads one armoured file; only blank lines may follow it. Throws DecodeError with the offset in the file. */
export function decodePem(file: Uint8Array): Pem {
  if (file.length > maximumKeyFileSizeBytes) throw refuse(`expected at most ${maximumKeyFileSizeBytes} bytes`, 0);
  const text = asciiDecode(file);
  if (text === undefined) throw refuse('expected ASCII', 0);
  const lines = text.split(/\r?\n/);
  const label = beginLine.exec(lines[0] ?? '')?.[1];
  if (label === undefined) throw refuse('expected a BEGIN line', 0);
  const last = lines.indexOf(`-----END ${label}-----`);
  if (last < 0) throw refuse(`expected the END line of ${label}`, text.length);
  if (lines.slice(last + 1).some((line) => line !== ''))
    throw refuse('expected nothing after the END line', text.length);
  const headers = readHeaders(lines.slice(1, last));
  const bodyStart = headers.size === 0 ? 1 : headers.size + 2;
  const body = base64Decode(lines.slice(bodyStart, last).join(''));
  if (body === undefined) throw refuse('expected base64', (lines[0] ?? '').length + 1);
  return { label, headers, body };
}

const longestBeginLine = 96;

/** The label of the BEGIN line that a file starts with, if it does. */
export function pemLabelOf(file: Uint8Array): string | undefined {
  const start = asciiDecode(file.subarray(0, longestBeginLine)) ?? '';
  return beginLine.exec(start.split(/\r?\n/, 1)[0] ?? '')?.[1];
}

/** Headers end with an empty line; there may be none, and then no such line. */
function readHeaders(lines: readonly string[]): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (const line of lines) {
    const [, key, value] = headerLine.exec(line) ?? [];
    if (key === undefined || value === undefined) break;
    if (headers.has(key)) throw refuse(`expected the header ${key} once`, 0);
    headers.set(key, value);
  }
  if (headers.size > 0 && lines[headers.size] !== '') throw refuse('expected an empty line after the headers', 0);
  return headers;
}

function refuse(reason: string, offset: number): DecodeError {
  return new DecodeError(reason, { path: 'pem', offset });
}

/** The armoured text, with a line end after the last line. OpenSSH breaks at 70 characters, OpenSSL at 64. */
export function encodePem(pem: Pem, lineSize: number): string {
  const base64 = base64Encode(pem.body);
  const headers = [...pem.headers].map(([key, value]) => `${key}: ${value}`);
  const lines = base64.match(new RegExp(`.{1,${lineSize}}`, 'g')) ?? [];
  const separated = headers.length === 0 ? lines : [...headers, '', ...lines];
  return [`-----BEGIN ${pem.label}-----`, ...separated, `-----END ${pem.label}-----`, ''].join('\n');
}
