/** Backslash escapes as echo -e, printf and `$'...'` read them. */
import { byteText } from './byte-text.ts';

const simple: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  e: '\u001B',
  E: '\u001B',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

export interface ExpandedEscapes {
  readonly text: string;
  /** `\c` was met: nothing more is to be printed. */
  readonly stop: boolean;
}

/** One escape that starts after the backslash at `source[at]`. */
function readEscape(source: string, octal: RegExp): { readonly text: string; readonly length: number } | undefined {
  const letter = source.charAt(0);
  const plain = simple[letter];
  if (plain !== undefined) return { text: plain, length: 1 };
  const hex = /^x([0-9a-fA-F]{1,2})/.exec(source);
  if (hex) return { text: byteText(parseInt(hex[1] ?? '', 16)), length: hex[0].length };
  const unicode = /^(?:u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8}))/.exec(source);
  if (unicode) {
    const point = parseInt(unicode[1] ?? unicode[2] ?? '', 16);
    return { text: point <= 0x10ffff ? String.fromCodePoint(point) : '', length: unicode[0].length };
  }
  const digits = octal.exec(source);
  return digits ? { text: byteText(parseInt(digits[1] || '0', 8) & 0xff), length: digits[0].length } : undefined;
}

function expand(source: string, octal: RegExp, extra: Readonly<Record<string, string>>): ExpandedEscapes {
  let text = '';
  for (let at = 0; at < source.length; at++) {
    if (source[at] !== '\\' || at + 1 === source.length) {
      text += source.charAt(at);
      continue;
    }
    const added = extra[source.charAt(at + 1)];
    if (source[at + 1] === 'c' && added === undefined) return { text, stop: true };
    const escape = added === undefined ? readEscape(source.slice(at + 1, at + 12), octal) : { text: added, length: 1 };
    text += escape ? escape.text : '\\';
    at += escape?.length ?? 0;
  }
  return { text, stop: false };
}

/** echo -e and printf %b: octal is `\0nnn`. */
export function expandEchoEscapes(source: string): ExpandedEscapes {
  return expand(source, /^0([0-7]{0,3})/, {});
}

/** printf's format: octal is `\nnn`. */
export function expandPrintfFormat(source: string, stops: boolean): ExpandedEscapes {
  return expand(source, /^([0-7]{1,3})/, stops ? { '"': '"' } : { '"': '"', c: '\\c' });
}

/** The escapes of a format, for those to whom `\c` is the end of it. */
export function expandFormatEscapes(source: string): string {
  return expandPrintfFormat(source, true).text;
}
