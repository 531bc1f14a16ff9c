/** Base64 (RFC 4648 section 4), strict: no foreign characters, exact padding, no stray bits. */
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** What a character stands for; 64 and more for none, so that one comparison tells of four. */
const none = 64;
const values = new Uint8Array(256).fill(none);
for (let index = 0; index < 64; index++) values[alphabet.charCodeAt(index)] = index;

/** All pairs of characters: 12 bits at a time. Made when first needed. */
let pairs: readonly string[] | undefined;

function pairsOfCharacters(): readonly string[] {
  return Array.from({ length: 4096 }, (_, bits) => alphabet.charAt(bits >> 6) + alphabet.charAt(bits & 63));
}

/** Base64 with padding, in one line. */
export function base64Encode(bytes: Uint8Array): string {
  const text = base64EncodeUnpadded(bytes);
  return text + '='.repeat((4 - (text.length % 4)) % 4);
}

/** Base64 as fingerprints have it: without padding. */
export function base64EncodeUnpadded(bytes: Uint8Array): string {
  pairs ??= pairsOfCharacters();
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const bits = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    text += (pairs[bits >> 12] ?? '') + (pairs[bits & 4095] ?? '');
  }
  const missing = (3 - (bytes.length % 3)) % 3;
  return missing === 0 ? text : text.slice(0, -missing);
}

/**
 * The bytes of padded Base64 in one line, or undefined when it is not exactly that. Where text may hold line breaks,
 * the caller takes them out first.
 */
export function base64Decode(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (text.length % 4 !== 0) return undefined;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  const wholeEnd = padding === 0 ? text.length : text.length - 4;
  let size = 0;
  for (let at = 0; at < wholeEnd; at += 4) {
    const [a, b] = [valueAt(text, at), valueAt(text, at + 1)];
    const [c, d] = [valueAt(text, at + 2), valueAt(text, at + 3)];
    if ((a | b | c | d) >= none) return undefined;
    const bits = (a << 18) | (b << 12) | (c << 6) | d;
    bytes[size] = bits >> 16;
    bytes[size + 1] = bits >> 8;
    bytes[size + 2] = bits;
    size += 3;
  }
  return padding === 0 || decodeLast(text.slice(wholeEnd, text.length - padding), bytes, size) ? bytes : undefined;
}

function valueAt(text: string, at: number): number {
  return values[text.charCodeAt(at)] ?? none;
}

/** The one or two bytes before padding; false if it is no Base64, or bits are left over. */
function decodeLast(text: string, bytes: Uint8Array, start: number): boolean {
  const [a, b, c] = [valueAt(text, 0), valueAt(text, 1), text.length === 3 ? valueAt(text, 2) : 0];
  if ((a | b | c) >= none) return false;
  const bits = (a << 18) | (b << 12) | (c << 6);
  bytes[start] = bits >> 16;
  if (text.length === 3) bytes[start + 1] = bits >> 8;
  return (bits & (text.length === 3 ? 0xff : 0xffff)) === 0;
}
