/** The arguments of printf(1): numbers as strtoimax(3) and strtold(3) read them, with the words of who complains. */
import { toBytes } from './byte-text.ts';
import { readLongDouble, type LongDouble } from './long-double.ts';

export type NumberMistake = 'none' | 'rest' | 'range';

/** What differs between bash's printf and coreutils'. */
export interface PrintfDialect {
  /** What `%q` prints. */
  readonly quote: (text: string) => string;
  /** What is said of an argument: no number at all, something after it, or too large. */
  readonly badNumber: (text: string, mistake: NumberMistake) => string;
  /** Too large is an error, and the value of `*` too. */
  readonly rangeFails: boolean;
  /** What is said of a value of `*` that no int holds, if that ends the program. */
  readonly badSize?: (kind: 'width' | 'precision', text: string) => string;
  /** What is said of a field that is longer than an int can say, if anything. */
  readonly overflow?: string;
  /** What is said of a directive that is none; `letter` is where it stopped, '' at the end of the format. */
  readonly badDirective: (text: string, letter: string) => string;
  /** Conversions beside those of printf(3). */
  readonly conversions: string;
  /** `%q` and `%b` may have flags, a width and a precision. */
  readonly paddedExtras: boolean;
  /** `\c` in the format ends the output. */
  readonly stopsInFormat: boolean;
}

export interface Complaint {
  readonly type: 'complaint';
  readonly message: string;
  /** It makes the exit status 1. */
  readonly fails: boolean;
}

export interface ReadInteger {
  readonly value: bigint;
  readonly complaint?: Complaint;
}

const largestUnsigned = 2n ** 64n - 1n;
const largestSigned = 2n ** 63n - 1n;

export function complaintOf(dialect: PrintfDialect, text: string, mistake: NumberMistake): Complaint {
  return {
    type: 'complaint',
    message: dialect.badNumber(text, mistake),
    fails: mistake !== 'range' || dialect.rangeFails,
  };
}

/** `'a` and `"a` are the number of the character. */
function characterCode(text: string): number | undefined {
  const match = /^["'](.)?/su.exec(text);
  return match ? (match[1]?.codePointAt(0) ?? 0) : undefined;
}

function parseDigits(text: string): { readonly value: bigint; readonly length: number } {
  const [all = '', hex, octal, decimal] = /^(?:0[xX]([0-9a-fA-F]+)|(0[0-7]*)|([1-9]\d*))/.exec(text) ?? [];
  if (hex !== undefined) return { value: BigInt(`0x${hex}`), length: all.length };
  if (octal !== undefined) return { value: BigInt(`0o${octal}`), length: all.length };
  return { value: BigInt(decimal ?? 0), length: all.length };
}

/** An argument for `%d` and the like. */
export function readInteger(dialect: PrintfDialect, text: string, signed: boolean): ReadInteger {
  const code = characterCode(text);
  if (code !== undefined) return { value: BigInt(code) };
  if (text === '') return { value: 0n };
  const [lead = '', sign] = /^[ \t\n\v\f\r]*([-+]?)/.exec(text) ?? [];
  const { value, length } = parseDigits(text.slice(lead.length));
  if (length === 0) return { value: 0n, complaint: complaintOf(dialect, text, 'none') };
  const negative = sign === '-';
  const limit = signed ? (negative ? largestSigned + 1n : largestSigned) : largestUnsigned;
  const bounded = value > limit ? limit : value;
  const result = negative && (signed || value <= limit) ? -bounded : bounded;
  const rest = lead.length + length < text.length;
  if (!rest && value <= limit) return { value: result };
  return { value: result, complaint: complaintOf(dialect, text, rest ? 'rest' : 'range') };
}

/** An argument for `%f` and the like. */
export function readFloat(
  dialect: PrintfDialect,
  text: string,
): { readonly value: LongDouble; readonly complaint?: Complaint } {
  const code = characterCode(text);
  const { value, length, outOfRange } = readLongDouble(code === undefined ? text : String(code));
  if (code !== undefined || text === '') return { value };
  if (length === text.length && !outOfRange) return { value };
  const mistake = length === 0 ? 'none' : length < text.length ? 'rest' : 'range';
  return { value, complaint: complaintOf(dialect, text, mistake) };
}

function bashNumberKind(text: string): string {
  if (/^0[xX]/.test(text)) return 'hex ';
  return text.startsWith('0') ? 'octal ' : '';
}

/** The printf of bash; `quote` serves `%q`. */
export function bashDialect(quote: (text: string) => string): PrintfDialect {
  return {
    quote,
    badNumber: (text, mistake) =>
      mistake === 'range'
        ? `warning: ${text}: Numerical result out of range`
        : `${text}: invalid ${bashNumberKind(text)}number`,
    rangeFails: false,
    badDirective: (text, letter) =>
      letter === '' ? `\`${text}': missing format character` : `\`${letter}': invalid format character`,
    conversions: 'bqQ',
    paddedExtras: true,
    stopsInFormat: false,
  };
}

const gnuWords: Readonly<Record<NumberMistake, string>> = {
  none: 'expected a numeric value',
  rest: 'value not completely converted',
  range: 'Numerical result out of range',
};

const needsQuotes = (text: string): boolean => text === '' || /[^\w@%+=:,./-]/.test(text);

/** The printf of coreutils. */
export const coreutilsDialect: PrintfDialect = {
  quote: (text) => (needsQuotes(text) ? `'${text.replaceAll("'", "'\\''")}'` : text),
  badNumber: (text, mistake) => `'${text}': ${gnuWords[mistake]}`,
  rangeFails: true,
  badSize: (kind, text) => `invalid ${kind === 'width' ? 'field width' : 'precision'}: '${text}'`,
  overflow: 'write error',
  badDirective: (text) => `${text}: invalid conversion specification`,
  conversions: 'bq',
  paddedExtras: false,
  stopsInFormat: true,
};

/** Bytes of a text: printf pads and cuts bytes, not characters. */
export const byteCount = (text: string): number => (/^[\0-\x7F]*$/.test(text) ? text.length : toBytes(text).length);
