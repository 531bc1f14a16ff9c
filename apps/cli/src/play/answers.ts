/** `--answers`: a file of what a person would type, a line per answer. */
import { CommandLineError } from '../command-line-error.ts';

const encoder = new TextEncoder();

/** `\xHH`, `\cX` and `\\`. */
const escapePattern = /\\(?:x([0-9a-fA-F]{2})|c([@-_a-z?])|(\\))/y;

function escapedByte(match: RegExpExecArray): number {
  const [, hex, control = '', backslash] = match;
  if (hex !== undefined) return Number.parseInt(hex, 16);
  if (backslash !== undefined) return 0x5c;
  return control === '?' ? 0x7f : control.toUpperCase().charCodeAt(0) & 0x1f;
}

/** The bytes of one line. */
function decodeLine(line: string, number: number): Uint8Array {
  const bytes: number[] = [];
  let rest = 0;
  while (rest < line.length) {
    const next = line.indexOf('\\', rest);
    bytes.push(...encoder.encode(line.slice(rest, next < 0 ? line.length : next)));
    if (next < 0) break;
    escapePattern.lastIndex = next;
    const match = escapePattern.exec(line);
    if (match === null)
      throw new CommandLineError(`line ${number} of the answers: a backslash begins \\xHH, \\cX or \\\\`);
    bytes.push(escapedByte(match));
    rest = escapePattern.lastIndex;
  }
  return Uint8Array.from(bytes);
}

/** The answers of a file, in order; each ends with Enter but a last line without a newline. */
export function parseAnswers(text: string): readonly Uint8Array[] {
  const lines = text.split('\n');
  const last = lines.pop() ?? '';
  const whole = lines.map((line, index) => Uint8Array.from([...decodeLine(line, index + 1), 0x0d]));
  return last === '' ? whole : [...whole, decodeLine(last, lines.length + 1)];
}
