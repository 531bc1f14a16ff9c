/**
 * Text of a file on the terminal, as utf8.c's mprintf() prints it: what could drive the terminal, and bytes that are no UTF-8, become
 * octal; in a locale without UTF-8 so does all beyond ASCII.
 */
import { utf8Decode, utf8Encode } from '@seashell/core/wire';

type Environment = Readonly<Record<string, string | undefined>>;

/** The text as it may be printed. */
export function formatPrintable(text: string, environment: Environment): string {
  const unprintable = isUtf8Locale(environment) ? unprintableUtf8 : unprintableAscii;
  return text.replaceAll(unprintable, (character) => octalOf(character));
}

/** Of all in Unicode's categories what wcwidth(3) gives no width. Tabs and line ends pass. */
const unprintableUtf8 = /(?![\t\n\r])[\p{Cc}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/gu;
const unprintableAscii = /[^\t\n\r -~]/gu;

/** msetlocale(): the first of these that is not empty names it. */
function isUtf8Locale(environment: Environment): boolean {
  const name = ['LC_ALL', 'LC_CTYPE', 'LANG']
    .map((variable) => environment[variable] ?? '')
    .find((each) => each !== '');
  return /utf-?8/i.test(name ?? '');
}

/** The first of the 128 code points that stand for the bytes 0x80 to 0xff of what is no UTF-8. */
const strayByte = 0xdc00;

function octalOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const isStray = code >= strayByte + 0x80 && code <= strayByte + 0xff;
  const bytes = isStray ? [code - strayByte] : Array.from(utf8Encode(character));
  return bytes.map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}

/** Text of bytes that may be no UTF-8: those become lone surrogates, which `formatPrintable` knows again. */
export function decodeKeepingBytes(bytes: Uint8Array): string {
  const whole = utf8Decode(bytes);
  if (whole !== undefined) return whole;
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const lead = bytes[at] ?? 0;
    const size = sizeByLead.find(([below]) => lead < below)?.[1] ?? 1;
    const character = utf8Decode(bytes.subarray(at, at + size));
    text += character ?? String.fromCharCode(strayByte + lead);
    at += character === undefined ? 1 : size;
  }
  return text;
}

/** RFC 3629 3: how long a sequence is whose first byte is below. */
const sizeByLead: readonly (readonly [below: number, size: number])[] = [
  [0xc0, 1],
  [0xe0, 2],
  [0xf0, 3],
  [0xf8, 4],
];
