/** Values of fields as text for people: text as it is, small numbers in decimal, everything else in hexadecimal pairs. */
import { bigintFromBytes, hexEncode } from '../wire/bytes.ts';
import { utf8DecodeLossy } from '../wire/text.ts';

/** How a field's bytes are shown, where the codec's type does not say it well enough. */
export type Shown = 'text' | 'hex' | 'number' | 'time';

/** Numbers up to this size are shown in decimal. */
const decimalSizeBytes = 8;

const shownByType: ReadonlyMap<string, Shown> = new Map([
  ['name', 'text'],
  ['name-list', 'text'],
  ['utf8', 'text'],
  ['byte', 'number'],
  ['boolean', 'number'],
  ['uint32', 'number'],
  ['uint64', 'number'],
  ['mpint', 'number'],
  ['INTEGER', 'number'],
]);

/** The value of a field's bytes, the length in front taken off. */
export function showValue(contents: Uint8Array, type: string, shown = shownByType.get(type) ?? 'hex'): string {
  if (shown === 'text') return showText(contents);
  if (shown === 'time') return showTime(bigintFromBytes(contents));
  if (shown === 'number' && contents.length <= decimalSizeBytes) return String(bigintFromBytes(contents));
  return hexEncode(contents, ' ');
}

/** As C has them: the magics of OpenSSH's formats are known so, like `openssh-key-v1\0`. */
const shortEscapes: ReadonlyMap<string, string> = new Map([
  ['\0', '\\0'],
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\r', '\\r'],
]);

/** Control characters as escapes, so that a value cannot play tricks with what shows it; bidirectional marks count. */
function showText(contents: Uint8Array): string {
  return utf8DecodeLossy(contents).replaceAll(
    /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu,
    (character) => shortEscapes.get(character) ?? `\\u{${character.charCodeAt(0).toString(16)}}`,
  );
}

const latestMilliseconds = 8_640_000_000_000_000n;
const forever = 0xffff_ffff_ffff_ffffn;

/** Seconds since 1970, as certificates have them. */
function showTime(seconds: bigint): string {
  if (seconds === 0n) return '0: always';
  if (seconds === forever) return `${seconds}: forever`;
  const milliseconds = seconds * 1000n;
  if (milliseconds > latestMilliseconds) return String(seconds);
  return `${seconds}: ${new Date(Number(milliseconds)).toISOString().replace('.000Z', 'Z')}`;
}
