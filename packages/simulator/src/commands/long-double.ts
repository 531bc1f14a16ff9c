/**
 * The long double of amd64 (x87 extended precision), in which printf and seq of bash and coreutils count: 64 bits of
 * mantissa, read and written exactly by whole numbers. So 0.1 shows the digits of the real one, as many as are asked for.
 */

/** `mantissa * 2 ** exponent`; zero has mantissa 0. */
export interface FiniteDouble {
  readonly kind: 'finite';
  readonly negative: boolean;
  readonly mantissa: bigint;
  readonly exponent: number;
}

export type LongDouble = FiniteDouble | { readonly kind: 'inf' | 'nan'; readonly negative: boolean };

export interface ReadDouble {
  readonly value: LongDouble;
  /** How many characters of the text belong to the number; 0 if it is none. */
  readonly length: number;
  /** Too large or too small: it became infinity or zero. */
  readonly outOfRange: boolean;
}

/** Digits of a number, with zeros that are not spelled out: a precision of a billion must not make a string of that size. */
export interface Digits {
  readonly before: string;
  readonly zeros: number;
  readonly after: string;
}

const mantissaBits = 64;
const smallestExponent = -16_445;
const largestExponent = 16_384;
/** Decimal exponents beyond it are certainly infinity or zero, and are not computed. */
const certainExponent = 5000;
/** No long double has more significant decimal digits; in what follows them zeros are all that there can be. */
const mostDigits = 16_500;

function bitLength(value: bigint): number {
  const text = value.toString(16);
  return (text.length - 1) * 4 + (32 - Math.clz32(parseInt(text.charAt(0), 16)));
}

/** `numerator / denominator` to the nearest whole number, ties to even. */
function divideRounded(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  const twice = (numerator % denominator) * 2n;
  const up = twice > denominator || (twice === denominator && (quotient & 1n) === 1n);
  return up ? quotient + 1n : quotient;
}

const scaled = (value: bigint, bits: number): bigint => (bits > 0 ? value << BigInt(bits) : value);

/** The long double nearest to a positive fraction. */
function nearest(negative: boolean, numerator: bigint, denominator: bigint): LongDouble {
  const estimate = bitLength(numerator) - bitLength(denominator) - mantissaBits;
  const fits = (scaled(numerator, -estimate) / scaled(denominator, estimate)) >> BigInt(mantissaBits) === 0n;
  const exponent = Math.max(fits ? estimate : estimate + 1, smallestExponent);
  const mantissa = divideRounded(scaled(numerator, -exponent), scaled(denominator, exponent));
  if (exponent + bitLength(mantissa) > largestExponent) return { kind: 'inf', negative };
  return { kind: 'finite', negative, mantissa, exponent };
}

const zero = (negative: boolean): FiniteDouble => ({ kind: 'finite', negative, mantissa: 0n, exponent: 0 });

const numberPattern =
  /^[ \t\n\v\f\r]*([-+]?)(?:(inf(?:inity)?)|(nan(?:\(\w*\))?)|0x(?=\.?[0-9a-f])([0-9a-f]*)(?:\.([0-9a-f]*))?(?:p([-+]?\d+))?|(?=\.?\d)(\d*)(?:\.(\d*))?(?:e([-+]?\d+))?)/i;

function fromDigits(
  negative: boolean,
  digits: string,
  scale: { readonly base: bigint; readonly exponent: number },
): Omit<ReadDouble, 'length'> {
  const significant = digits.replace(/^0+/, '');
  if (significant === '') return { value: zero(negative), outOfRange: false };
  const hex = scale.base === 2n;
  const magnitude = scale.exponent + significant.length * (hex ? 4 : 1);
  const certain = hex ? certainExponent * 4 : certainExponent;
  if (magnitude > certain) return { value: { kind: 'inf', negative }, outOfRange: true };
  if (magnitude < -certain) return { value: zero(negative), outOfRange: true };
  // What follows the digits that can matter counts only as "a little more".
  const kept = significant.length > mostDigits ? `${significant.slice(0, mostDigits)}1` : significant;
  const exponent = scale.exponent + (significant.length - kept.length) * (hex ? 4 : 1);
  const whole = BigInt(hex ? `0x${kept}` : kept);
  const power = scale.base ** BigInt(Math.abs(exponent));
  const value = exponent < 0 ? nearest(negative, whole, power) : nearest(negative, whole * power, 1n);
  // A number that fills the mantissa is a normal one; what is too small for that is out of range as well.
  return { value, outOfRange: value.kind !== 'finite' || bitLength(value.mantissa) < mantissaBits };
}

/** The number at the start of a text, as strtold(3) reads it. */
export function readLongDouble(text: string): ReadDouble {
  const match = numberPattern.exec(text);
  if (!match) return { value: zero(false), length: 0, outOfRange: false };
  const [all, sign, inf, nan, hexWhole, hexFraction = '', hexExponent, whole = '', fraction = '', exponent] = match;
  const negative = sign === '-';
  const { length } = all;
  if (inf !== undefined) return { value: { kind: 'inf', negative }, length, outOfRange: false };
  if (nan !== undefined) return { value: { kind: 'nan', negative }, length, outOfRange: false };
  if (hexWhole !== undefined) {
    const scale = { base: 2n, exponent: Number(hexExponent ?? 0) - hexFraction.length * 4 };
    return { ...fromDigits(negative, hexWhole + hexFraction, scale), length };
  }
  const scale = { base: 10n, exponent: Number(exponent ?? 0) - fraction.length };
  return { ...fromDigits(negative, whole + fraction, scale), length };
}

/** `value * 10 ** places`, rounded. */
function timesPower({ mantissa, exponent }: FiniteDouble, places: number): bigint {
  const power = 10n ** BigInt(Math.abs(places));
  const numerator = scaled(places > 0 ? mantissa * power : mantissa, exponent);
  return divideRounded(numerator, scaled(places < 0 ? power : 1n, -exponent));
}

/** As `%f` shows it, without the sign. */
export function formatFixed(value: FiniteDouble, precision: number, point: boolean): Digits {
  const exact = Math.min(precision, -smallestExponent);
  const digits = timesPower(value, exact)
    .toString()
    .padStart(exact + 1, '0');
  const whole = digits.slice(0, digits.length - exact);
  const fraction = exact > 0 ? `.${digits.slice(digits.length - exact)}` : point ? '.' : '';
  return { before: whole + fraction, zeros: precision - exact, after: '' };
}

/** The first `count` significant digits, and the power of ten of the first. */
function significantDigits(value: FiniteDouble, count: number): { readonly digits: string; readonly power: number } {
  if (value.mantissa === 0n) return { digits: '0'.repeat(count), power: 0 };
  const estimate = Math.floor((bitLength(value.mantissa) - 1 + value.exponent) * Math.LOG10E * Math.LN2);
  for (let power = estimate; ; power++) {
    const digits = timesPower(value, count - 1 - power).toString();
    if (digits.length === count) return { digits, power };
  }
}

const exponentText = (power: number): string => `e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;

/** As `%e` shows it, without the sign. */
export function formatExponential(value: FiniteDouble, precision: number, point: boolean): Digits {
  const exact = Math.min(precision, mostDigits);
  const { digits, power } = significantDigits(value, exact + 1);
  const mark = exact > 0 || point ? '.' : '';
  return { before: digits.charAt(0) + mark + digits.slice(1), zeros: precision - exact, after: exponentText(power) };
}

/** As `%g` shows it, without the sign; `alternate` keeps the zeros at the end. */
export function formatGeneral(value: FiniteDouble, precision: number, alternate: boolean): Digits {
  const significant = precision === 0 ? 1 : precision;
  const { power } = significantDigits(value, Math.min(significant, mostDigits));
  const short = power >= -4 && power < significant;
  const digits = short
    ? formatFixed(value, significant - 1 - power, alternate)
    : formatExponential(value, significant - 1, alternate);
  if (alternate) return digits;
  return { ...digits, before: digits.before.replace(/(?:\.0*|(\.\d*[1-9])0+)$/, '$1'), zeros: 0 };
}

/** As `%a` shows it, without the sign: one digit of four bits before the point. */
export function formatHexadecimal(value: FiniteDouble, precision: number | undefined, point: boolean): Digits {
  if (value.mantissa === 0n) {
    return { before: `0x0${precision || point ? '.' : ''}`, zeros: precision ?? 0, after: 'p+0' };
  }
  const shift = mantissaBits - bitLength(value.mantissa);
  const fractionDigits = mantissaBits / 4 - 1;
  const exact = Math.min(precision ?? fractionDigits, fractionDigits);
  const rounded = divideRounded(value.mantissa << BigInt(shift), 1n << BigInt((fractionDigits - exact) * 4));
  const carried = bitLength(rounded) > (exact + 1) * 4;
  const digits = (carried ? rounded >> 4n : rounded).toString(16);
  const fraction = precision === undefined ? digits.slice(1).replace(/0+$/, '') : digits.slice(1);
  const zeros = (precision ?? exact) - exact;
  const power = value.exponent - shift + fractionDigits * 4 + (carried ? 4 : 0);
  const mark = fraction !== '' || zeros > 0 || point ? '.' : '';
  return {
    before: `0x${digits.charAt(0)}${mark}${fraction}`,
    zeros,
    after: `p${power < 0 ? '-' : '+'}${Math.abs(power)}`,
  };
}
