/**
 * printf(1): the format is used again until the arguments are gone. Its output comes in pieces of bounded size, because a
 * width may be as large as an int: where they go, a file system or a reader sets the limit, as it does for the real one.
 */
import { fromBytes, toBytes } from './byte-text.ts';
import { expandEchoEscapes, expandPrintfFormat } from './escapes.ts';
import {
  formatExponential,
  formatFixed,
  formatGeneral,
  formatHexadecimal,
  type Digits,
  type FiniteDouble,
} from './long-double.ts';
import {
  byteCount,
  complaintOf,
  readFloat,
  readInteger,
  type Complaint,
  type PrintfDialect,
} from './printf-arguments.ts';

export type PrintfEvent = { readonly type: 'text'; readonly text: string } | Complaint;

interface Formatting {
  readonly args: readonly string[];
  readonly dialect: PrintfDialect;
  next: number;
  stop: boolean;
}

interface Directive {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly conversion: string;
}

/** Text, or one character many times. */
type Piece = string | { readonly fill: string; readonly times: number };

type Events = Generator<PrintfEvent, void>;

const largestInt = 2 ** 31 - 1;
const fillAtOnce = 4096;
const directivePattern = /%([-+ 0#']*)(\*|\d+)?(?:\.(\*|\d*))?(?:hh|h|ll|l|j|z|t|L)?([^])?/y;
const numberConversions = 'diouxX';
const floatConversions = 'eEfFgGaA';

function take(formatting: Formatting): string | undefined {
  return formatting.args[formatting.next++];
}

function* emit(pieces: readonly Piece[]): Events {
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      if (piece !== '') yield { type: 'text', text: piece };
      continue;
    }
    for (let left = piece.times; left > 0; left -= fillAtOnce)
      yield { type: 'text', text: piece.fill.repeat(Math.min(left, fillAtOnce)) };
  }
}

const lengthOf = (pieces: readonly Piece[]): number =>
  pieces.reduce((sum, piece) => sum + (typeof piece === 'string' ? byteCount(piece) : Math.max(0, piece.times)), 0);

interface Field {
  readonly directive: Directive;
  readonly sign?: string;
  readonly body: readonly Piece[];
  readonly zeroFilled?: boolean;
}

/** A field of its width; printf(3) prints nothing at all of one that is longer than an int can say (EOVERFLOW). */
function* emitField({ dialect }: Formatting, { directive, sign = '', body, zeroFilled = false }: Field): Events {
  const length = sign.length + lengthOf(body);
  const missing = directive.width - length;
  if (Math.max(length, directive.width, directive.precision ?? 0) > largestInt) {
    if (dialect.overflow !== undefined) yield { type: 'complaint', message: dialect.overflow, fails: true };
    return;
  }
  if (directive.flags.includes('-')) yield* emit([sign, ...body, { fill: ' ', times: missing }]);
  else if (zeroFilled) yield* emit([sign, { fill: '0', times: missing }, ...body]);
  else yield* emit([{ fill: ' ', times: missing }, sign, ...body]);
}

function signOf(negative: boolean, flags: string): string {
  if (negative) return '-';
  return flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
}

function* emitInteger(formatting: Formatting, directive: Directive): Events {
  const { conversion, flags, precision } = directive;
  const signed = conversion === 'd' || conversion === 'i';
  const { value, complaint } = readInteger(formatting.dialect, take(formatting) ?? '', signed);
  if (complaint) yield complaint;
  const radix = { o: 8, x: 16, X: 16 }[conversion] ?? 10;
  const magnitude = signed ? (value < 0n ? -value : value) : BigInt.asUintN(64, value);
  const digits = magnitude === 0n && precision === 0 ? '' : magnitude.toString(radix);
  const octalMark = conversion === 'o' && flags.includes('#') && !digits.startsWith('0') ? '0' : '';
  const shown = octalMark + (conversion === 'X' ? digits.toUpperCase() : digits);
  const hexMark = radix === 16 && flags.includes('#') && magnitude !== 0n ? `0${conversion}` : '';
  const sign = signed ? signOf(value < 0n, flags) : hexMark;
  const zeroFilled = flags.includes('0') && precision === undefined;
  const body = [{ fill: '0', times: (precision ?? 0) - shown.length }, shown];
  yield* emitField(formatting, { directive, sign, body, zeroFilled });
}

const floatDigits = (value: FiniteDouble, kind: string, directive: Directive): Digits => {
  const point = directive.flags.includes('#');
  if (kind === 'a') return formatHexadecimal(value, directive.precision, point);
  const precision = directive.precision ?? 6;
  if (kind === 'f') return formatFixed(value, precision, point);
  return kind === 'e' ? formatExponential(value, precision, point) : formatGeneral(value, precision, point);
};

function* emitFloat(formatting: Formatting, directive: Directive): Events {
  const { value, complaint } = readFloat(formatting.dialect, take(formatting) ?? '');
  if (complaint) yield complaint;
  const kind = directive.conversion.toLowerCase();
  const cased = (text: string) => (directive.conversion === kind ? text : text.toUpperCase());
  const sign = signOf(value.negative, directive.flags);
  if (value.kind !== 'finite') {
    yield* emitField(formatting, { directive, sign, body: [cased(value.kind)] });
    return;
  }
  const { before, zeros, after } = floatDigits(value, kind, directive);
  // The mark of a hexadecimal number stands before the zeros that fill the field, like a sign.
  const mark = kind === 'a' ? before.slice(0, 2) : '';
  const body = [cased(before.slice(mark.length)), { fill: '0', times: zeros }, cased(after)];
  yield* emitField(formatting, {
    directive,
    sign: sign + cased(mark),
    body,
    zeroFilled: directive.flags.includes('0'),
  });
}

/** The first bytes of a text. */
function cutBytes(text: string, count: number | undefined): string {
  if (count === undefined || byteCount(text) <= count) return text;
  return fromBytes(toBytes(text).subarray(0, count));
}

/** What a conversion of text makes of its argument, before the field is filled. */
function textOf(formatting: Formatting, { conversion, precision }: Directive, text: string): string {
  const { quote } = formatting.dialect;
  switch (conversion) {
    case 'c':
      // Of nothing at all it is the byte that ends a C string.
      return text === '' ? '\0' : cutBytes(text, 1);
    case 'q':
      return cutBytes(quote(text), precision);
    case 'Q':
      return quote(cutBytes(text, precision));
    case 'b': {
      const escaped = expandEchoEscapes(text);
      formatting.stop ||= escaped.stop;
      return cutBytes(escaped.text, precision);
    }
    default:
      return cutBytes(text, precision);
  }
}

/** A value of `*`; `undefined` if the program ends because of it. */
function* readSize(formatting: Formatting, kind: 'width' | 'precision'): Generator<PrintfEvent, number | undefined> {
  const { dialect, args } = formatting;
  const text = take(formatting) ?? '';
  const { value, complaint } = readInteger(dialect, text, true);
  const fits = value <= largestInt && value >= -largestInt - 1;
  if (!fits && dialect.badSize) {
    yield { type: 'complaint', message: dialect.badSize(kind, text), fails: true };
    return undefined;
  }
  if (complaint) yield complaint;
  if (fits) return Number(value);
  // bash names the argument after it here.
  const following = args[formatting.next];
  if (following !== undefined) yield complaintOf(dialect, following, 'range');
  return value < 0 ? -largestInt - 1 : largestInt;
}

function* readDirective(formatting: Formatting, match: RegExpExecArray): Generator<PrintfEvent, Directive | undefined> {
  const [, flags = '', width = '0', precision, conversion = ''] = match;
  const wide = width === '*' ? yield* readSize(formatting, 'width') : Number(width);
  if (wide === undefined) return undefined;
  const exact = precision === '*' ? yield* readSize(formatting, 'precision') : Number(precision ?? -1);
  if (exact === undefined) return undefined;
  return {
    flags: wide < 0 ? `${flags}-` : flags,
    width: Math.abs(wide),
    precision: exact < 0 ? undefined : exact,
    conversion,
  };
}

/** Whether the dialect knows a directive that the pattern found. */
function isDirective({ dialect }: Formatting, match: RegExpExecArray): boolean {
  const conversion = match[4] ?? '';
  if (conversion === '%') return match[0] === '%%';
  if (conversion === '' || !`${numberConversions}${floatConversions}cs${dialect.conversions}`.includes(conversion))
    return false;
  return dialect.paddedExtras || !dialect.conversions.includes(conversion) || match[0].length === 2;
}

function* emitDirective(formatting: Formatting, match: RegExpExecArray): Events {
  if (match[0] === '%%') {
    yield { type: 'text', text: '%' };
    return;
  }
  if (!isDirective(formatting, match)) {
    yield { type: 'complaint', message: formatting.dialect.badDirective(match[0], match[4] ?? ''), fails: true };
    formatting.stop = true;
    return;
  }
  const directive = yield* readDirective(formatting, match);
  if (directive === undefined) formatting.stop = true;
  else if (numberConversions.includes(directive.conversion)) yield* emitInteger(formatting, directive);
  else if (floatConversions.includes(directive.conversion)) yield* emitFloat(formatting, directive);
  else yield* emitField(formatting, { directive, body: [textOf(formatting, directive, take(formatting) ?? '')] });
}

function* emitLiteral(formatting: Formatting, source: string): Events {
  const { text, stop } = expandPrintfFormat(source, formatting.dialect.stopsInFormat);
  formatting.stop ||= stop;
  yield* emit([text]);
}

function* formatOnce(formatting: Formatting, format: string): Events {
  for (let at = 0; at < format.length && !formatting.stop;) {
    const percent = format.indexOf('%', at);
    yield* emitLiteral(formatting, format.slice(at, percent === -1 ? undefined : percent));
    if (percent === -1 || formatting.stop) return;
    directivePattern.lastIndex = percent;
    const match = directivePattern.exec(format);
    if (!match) return;
    at = percent + match[0].length;
    yield* emitDirective(formatting, match);
  }
}

/** What printf prints and complains about, in order. */
export function* formatPrintf(format: string, args: readonly string[], dialect: PrintfDialect): Events {
  const formatting: Formatting = { args, dialect, next: 0, stop: false };
  do {
    const before = formatting.next;
    yield* formatOnce(formatting, format);
    if (formatting.next === before) return;
  } while (formatting.next < args.length && !formatting.stop);
}
