/** Numbers: integers, ports, sizes with K, M and G, file modes. OpenSSH's atoi_err, a2port and scan_scaled. */
import { accept, refuse, type Grammar } from '../grammar.ts';

const largestInteger = 2 ** 31 - 1;

/** A decimal integer from 0 on, or what is wrong with it in strtonum's words. */
export function parseInteger(text: string): number | 'missing' | 'invalid' | 'too small' | 'too large' {
  if (text === '') return 'missing';
  if (!/^\s*[+-]?\d+$/.test(text)) return 'invalid';
  const value = Number(text);
  if (value < 0) return 'too small';
  return value > largestInteger ? 'too large' : value;
}

export const integer: Grammar<number> = {
  syntax: 'number',
  parse: (input) => {
    const value = parseInteger(input.words[0] ?? '');
    if (typeof value === 'number') return accept(value);
    return refuse(input, 'bad-integer', input.texts.integer(input.keyword, value));
  },
  format: (value) => [String(value)],
};

/** A number, or `none` for no limit. */
export const integerOrNone: Grammar<number | 'none'> = {
  syntax: 'number|none',
  words: ['none'],
  parse: (input) => (input.words[0] === 'none' ? accept('none') : integer.parse(input)),
  format: (value) => [String(value)],
};

/** A TCP port from 0 to 65535; undefined if `text` is none. Differs from OpenSSH: names of services are not known. */
export function parsePort(text: string): number | undefined {
  const value = parseInteger(text);
  return typeof value === 'number' && value <= 65_535 ? value : undefined;
}

export const port: Grammar<number> = {
  syntax: 'port',
  parse: (input) => {
    const word = input.words[0] ?? '';
    if (word === '') return refuse(input, 'missing-argument', input.texts.missingPort);
    const value = parsePort(word);
    if (value !== undefined && value > 0) return accept(value);
    return refuse(input, 'bad-port', input.texts.badPort(word));
  },
  format: (value) => [String(value)],
};

/** One port per line, of a keyword that collects. */
export const ports: Grammar<readonly number[]> = {
  syntax: 'port',
  parse: (input) => {
    const result = port.parse(input);
    return result.ok ? accept([result.value]) : result;
  },
  format: (values) => values.map(String),
};

/** An octal file mode mask. */
export const mask: Grammar<number> = {
  syntax: 'octal mask',
  parse: (input) => {
    const word = input.words[0] ?? '';
    if (word === '') return refuse(input, 'missing-argument', input.texts.missing(input.keyword));
    const value = /^\s*\+?[0-7]+$/.test(word) ? Number.parseInt(word, 8) : Number.NaN;
    if (value <= 0o777) return accept(value);
    return refuse(input, 'bad-mask', input.texts.badMask(input.keyword));
  },
  format: (value) => [`0${value.toString(8)}`],
};

/** A size such as `500M`; the text of the error is strerror's. */
export function parseScaledSize(text: string): number | string {
  const match = /^(\d{1,15})([bkmgtpe]?)$/i.exec(text);
  if (match === null) return 'Invalid argument';
  const power = 'bkmgtpe'.indexOf((match[2] || 'b').toLowerCase());
  const sizeBytes = Number(match[1]) * 1024 ** power;
  return sizeBytes > Number.MAX_SAFE_INTEGER ? 'Numerical result out of range' : sizeBytes;
}
