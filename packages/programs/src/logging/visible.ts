/** vis(3) in the two ways that OpenSSH's log uses it: a peer's text cannot drive the terminal or forge a line of the log. */
import { utf8Encode } from '@seashell/core/wire';

function octal(byte: number): string {
  return `\\${byte.toString(8).padStart(3, '0')}`;
}

const isGraphic = (byte: number) => byte > 0x20 && byte < 0x7f;

/** For stderr (VIS_SAFE | VIS_OCTAL): white space, BEL, BS and CR pass, every other control and every non-ASCII byte becomes octal. */
export function makeSafe(text: string): string {
  const passing = new Set([0x20, 0x09, 0x0a, 0x07, 0x08, 0x0d]);
  return Array.from(utf8Encode(text), (byte) =>
    isGraphic(byte) || passing.has(byte) ? visibleCharacter(byte) : octal(byte),
  ).join('');
}

/** For syslog (VIS_CSTYLE | VIS_NL | VIS_TAB | VIS_OCTAL): line ends and tabs become `\n` and `\t` too. */
export function makeVisible(text: string): string {
  const named = new Map([
    [0x0a, '\\n'],
    [0x0d, '\\r'],
    [0x08, '\\b'],
    [0x07, '\\a'],
    [0x0b, '\\v'],
    [0x09, '\\t'],
    [0x0c, '\\f'],
    [0x00, '\\0'],
  ]);
  return Array.from(utf8Encode(text), (byte) => {
    if (isGraphic(byte) || byte === 0x20) return visibleCharacter(byte);
    return named.get(byte) ?? octal(byte);
  }).join('');
}

function visibleCharacter(byte: number): string {
  return byte === 0x5c ? '\\\\' : String.fromCharCode(byte);
}
