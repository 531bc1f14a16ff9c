/** Text and bytes: UTF-8 both ways, strict when decoding, and ASCII for names and armour. */
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lenientDecoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The UTF-8 bytes of a text. */
export function utf8Encode(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text);
}

/** The text of UTF-8 bytes, or undefined when they are not well formed. A byte order mark is kept as a character. */
export function utf8Decode(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** The text of bytes that should be UTF-8, with U+FFFD for what is not. For showing, never for comparing. */
export function utf8DecodeLossy(bytes: Uint8Array): string {
  return lenientDecoder.decode(bytes);
}

/** Up to here, joining characters is faster than a decoder; names of SSH are shorter. */
const shortAsciiSize = 48;

/** The text of bytes below 128, of all or from `start` to before `end`; undefined when one is above. */
export function asciiDecode(bytes: Uint8Array, start = 0, end = bytes.length): string | undefined {
  const isShort = end - start <= shortAsciiSize;
  let text = '';
  for (let at = start; at < end; at++) {
    const value = bytes[at] ?? 0;
    if (value > 127) return undefined;
    if (isShort) text += String.fromCharCode(value);
  }
  return isShort ? text : lenientDecoder.decode(bytes.subarray(start, end));
}
