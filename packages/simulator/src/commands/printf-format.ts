/** printf(1): the format is used again until the arguments are gone. */
import { expandEchoEscapes, expandFormatEscapes } from './escapes.ts';

export interface PrintfResult {
  readonly text: string;
  readonly complaints: readonly string[];
}

interface Formatting {
  readonly args: readonly string[];
  readonly complaints: string[];
  readonly quote: (text: string) => string;
  next: number;
  stop: boolean;
}

interface Directive {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly conversion: string;
}

const directivePattern = /%(%|([-+ 0#]*)(\*|\d+)?(?:\.(\*|-?\d+)?)?(?:hh|h|ll|l|j|z|t|L)?([a-zA-Z]))/y;

function take(formatting: Formatting): string | undefined {
  return formatting.args[formatting.next++];
}

function integerOf(formatting: Formatting, text = '0'): bigint {
  const character = /^["'](.)/su.exec(text);
  if (character) return BigInt(character[1]?.codePointAt(0) ?? 0);
  const match = /^\s*([-+]?)(0[xX][0-9a-fA-F]+|\d+)?/.exec(text);
  const digits = match?.[2];
  if (digits === undefined || (match?.[0].length ?? 0) < text.length) {
    if (text.trim() !== '' || text !== '') formatting.complaints.push(`${text}: invalid number`);
  }
  if (digits === undefined) return 0n;
  const octal = /^0[0-7]+$/.test(digits);
  const value = BigInt(octal ? `0o${digits.slice(1)}` : digits.replace(/^0+(?=\d)/, ''));
  return match?.[1] === '-' ? -value : value;
}

function pad(text: string, directive: Directive): string {
  if (directive.flags.includes('-')) return text.padEnd(directive.width);
  return text.padStart(directive.width);
}

function padNumber(sign: string, digits: string, directive: Directive): string {
  const filled = digits.padStart(directive.precision ?? 0, '0');
  const zero = directive.flags.includes('0') && !directive.flags.includes('-') && directive.precision === undefined;
  return zero ? sign + filled.padStart(directive.width - sign.length, '0') : pad(sign + filled, directive);
}

function signOf(negative: boolean, flags: string): string {
  if (negative) return '-';
  return flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
}

function formatInteger(formatting: Formatting, directive: Directive): string {
  const value = integerOf(formatting, take(formatting));
  if (directive.conversion === 'd' || directive.conversion === 'i') {
    return padNumber(signOf(value < 0n, directive.flags), String(value < 0n ? -value : value), directive);
  }
  const radix = { u: 10, o: 8, x: 16, X: 16 }[directive.conversion] ?? 10;
  const digits = BigInt.asUintN(64, value).toString(radix);
  const prefix =
    directive.flags.includes('#') && value !== 0n ? ({ o: '0', x: '0x', X: '0X' }[directive.conversion] ?? '') : '';
  return padNumber(prefix, directive.conversion === 'X' ? digits.toUpperCase() : digits, directive);
}

function exponential(value: number, precision: number): string {
  return value.toExponential(precision).replace(/e([-+])(\d)$/, 'e$10$2');
}

function general(value: number, precision: number, alternate: boolean): string {
  const significant = precision === 0 ? 1 : precision;
  const exponent = value === 0 ? 0 : Number(value.toExponential(significant - 1).split('e')[1]);
  const text =
    exponent < -4 || exponent >= significant
      ? exponential(value, significant - 1)
      : value.toFixed(significant - 1 - exponent);
  return alternate || !text.includes('.') ? text : text.replace(/\.?0+(?=e|$)/, '');
}

function formatFloat(formatting: Formatting, directive: Directive): string {
  const text = take(formatting) ?? '0';
  const value = Number(text);
  if (Number.isNaN(value) && !/^[-+]?nan$/i.test(text)) formatting.complaints.push(`${text}: invalid number`);
  const magnitude = Math.abs(Number.isNaN(value) ? 0 : value);
  const precision = directive.precision ?? 6;
  const kind = directive.conversion.toLowerCase();
  const digits =
    kind === 'f'
      ? magnitude.toFixed(precision)
      : kind === 'e'
        ? exponential(magnitude, precision)
        : general(magnitude, precision, directive.flags.includes('#'));
  const cased = /[A-Z]/.test(directive.conversion) ? digits.toUpperCase() : digits;
  return padNumber(signOf(value < 0 || Object.is(value, -0), directive.flags), cased, {
    ...directive,
    precision: undefined,
  });
}

function formatDirective(formatting: Formatting, directive: Directive): string {
  const { conversion } = directive;
  if ('diouxX'.includes(conversion)) return formatInteger(formatting, directive);
  if ('eEfFgG'.includes(conversion)) return formatFloat(formatting, directive);
  const argument = take(formatting) ?? '';
  if (conversion === 'c') return pad(Array.from(argument)[0] ?? '', directive);
  if (conversion === 'q') return pad(formatting.quote(argument), directive);
  const escaped = conversion === 'b' ? expandEchoEscapes(argument) : { text: argument, stop: false };
  formatting.stop ||= escaped.stop;
  return pad(directive.precision === undefined ? escaped.text : escaped.text.slice(0, directive.precision), directive);
}

function readDirective(formatting: Formatting, match: RegExpExecArray): Directive {
  const [, , flags = '', width, precision, conversion = ''] = match;
  const number = (text: string | undefined) =>
    text === '*' ? Number(integerOf(formatting, take(formatting))) : Number(text ?? 0);
  const wide = number(width);
  const hasPrecision = /\.[-*\d]*[a-zA-Z]+$/.test(match[0]);
  const exact = hasPrecision ? number(precision) : undefined;
  return {
    flags: wide < 0 ? `${flags}-` : flags,
    width: Math.abs(wide),
    precision: exact !== undefined && exact < 0 ? undefined : exact,
    conversion,
  };
}

function formatOnce(formatting: Formatting, format: string): string {
  let text = '';
  for (let at = 0; at < format.length && !formatting.stop;) {
    const percent = format.indexOf('%', at);
    const literal = expandFormatEscapes(format.slice(at, percent === -1 ? undefined : percent));
    text += literal;
    if (percent === -1) break;
    directivePattern.lastIndex = percent;
    const match = directivePattern.exec(format);
    if (!match || (match[1] !== '%' && !'diouxXeEfFgGcsbq'.includes(match[5] ?? ''))) {
      const letter = /^%[-+ 0#]*[\d.*]*(.)?/s.exec(format.slice(percent))?.[1];
      formatting.complaints.push(
        letter === undefined
          ? `\`${format.slice(percent)}': missing format character`
          : `\`${letter}': invalid format character`,
      );
      formatting.stop = true;
      break;
    }
    at = percent + match[0].length;
    text += match[1] === '%' ? '%' : formatDirective(formatting, readDirective(formatting, match));
  }
  return text;
}

/** What printf prints; `quote` serves %q. */
export function formatPrintf(format: string, args: readonly string[], quote: (text: string) => string): PrintfResult {
  const formatting: Formatting = { args, complaints: [], quote, next: 0, stop: false };
  let text = '';
  do {
    const before = formatting.next;
    text += formatOnce(formatting, format);
    if (formatting.next === before) break;
  } while (formatting.next < args.length && !formatting.stop);
  return { text, complaints: formatting.complaints };
}
