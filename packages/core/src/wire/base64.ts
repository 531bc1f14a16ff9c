/** Base64 (RFC 4648 section 4), strict: no foreign characters, exact padding, no stray bits. */
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const values = new Int16Array(128).fill(-1);
for (let index = 0; index < 64; index++) values[alphabet.charCodeAt(index)] = index;

/** Base64 with padding, in one line. */
export function base64Encode(bytes: Uint8Array): string {
  const groups: string[] = [];
  for (let at = 0; at < bytes.length; at += 3) {
    const bits = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    groups.push(letter(bits >> 18) + letter(bits >> 12) + letter(bits >> 6) + letter(bits));
  }
  const text = groups.join('');
  const missing = (3 - (bytes.length % 3)) % 3;
  return missing === 0 ? text : text.slice(0, -missing) + '='.repeat(missing);
}

/** Base64 as fingerprints have it: without padding. */
export function base64EncodeUnpadded(bytes: Uint8Array): string {
  return base64Encode(bytes).replace(/=+$/, '');
}

function letter(bits: number): string {
  return alphabet.charAt(bits & 63);
}

/**
 * The bytes of padded Base64 in one line, or undefined when it is not exactly that. Where text may hold line breaks,
 * the caller takes them out first.
 */
export function base64Decode(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (text.length % 4 !== 0) return undefined;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  let bits = 0;
  let size = 0;
  for (let index = 0; index < text.length - padding; index++) {
    const value = values[text.charCodeAt(index)] ?? -1;
    if (value < 0) return undefined;
    bits = ((bits << 6) | value) & 0xffffff;
    if (index % 4 > 0) bytes[size++] = bits >> (6 - 2 * (index % 4));
  }
  const strayBits = padding === 0 ? 0 : bits & (padding === 1 ? 3 : 15);
  return strayBits === 0 ? bytes : undefined;
}
