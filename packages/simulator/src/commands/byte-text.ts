/**
 * UTF-8 both ways without losing a byte: a byte that is no valid UTF-8 becomes the lone surrogate U+DC80 + (byte - 0x80),
 * and comes back as that byte. The shell and the commands think in strings; descriptors carry bytes.
 */

const escapeBase = 0xdc00;

/** The length that a UTF-8 leading byte announces, or 0 for one that cannot lead. */
function sequenceLength(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead < 0xe0) return 2;
  if (lead >= 0xe0 && lead < 0xf0) return 3;
  return lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
}

const smallest = [0, 0, 0x80, 0x800, 0x10000];

/** The code point at `offset`, or -1 if the bytes there are no valid sequence of `length`. */
function codePointAt(bytes: Uint8Array, offset: number, length: number): number {
  const lead = bytes[offset] ?? 0;
  let point = length === 1 ? lead : lead & (0xff >> (length + 1));
  for (let index = 1; index < length; index++) {
    const byte = bytes[offset + index] ?? 0;
    if ((byte & 0xc0) !== 0x80) return -1;
    point = (point << 6) | (byte & 0x3f);
  }
  const valid = point >= (smallest[length] ?? 0) && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
  return valid ? point : -1;
}

/** Text of bytes; bytes that are no UTF-8 become lone surrogates. */
export function fromBytes(bytes: Uint8Array): string {
  const units: number[] = [];
  let text = '';
  let offset = 0;
  while (offset < bytes.length) {
    const length = sequenceLength(bytes[offset] ?? 0);
    const point = length === 0 || offset + length > bytes.length ? -1 : codePointAt(bytes, offset, length);
    if (point === -1) units.push(escapeBase + (bytes[offset] ?? 0));
    else if (point > 0xffff) units.push(0xd7c0 + (point >> 10), 0xdc00 + (point & 0x3ff));
    else units.push(point);
    offset += point === -1 ? 1 : length;
    if (units.length > 4096) text += String.fromCharCode(...units.splice(0));
  }
  return text + String.fromCharCode(...units);
}

function pushPoint(bytes: number[], point: number): void {
  if (point < 0x80) bytes.push(point);
  else if (point >= 0xdc80 && point <= 0xdcff) bytes.push(point - escapeBase);
  else if (point < 0x800) bytes.push(0xc0 | (point >> 6), 0x80 | (point & 63));
  else if (point < 0x10000) bytes.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63));
  else bytes.push(0xf0 | (point >> 18), 0x80 | ((point >> 12) & 63), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63));
}

/** Bytes of a text, the inverse of `fromBytes`. */
export function toBytes(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) pushPoint(bytes, character.codePointAt(0) ?? 0);
  return Uint8Array.from(bytes);
}

/** The text that stands for one byte, as an escape like `\xHH` or `\NNN` makes it. */
export function byteText(byte: number): string {
  return String.fromCharCode(byte < 0x80 ? byte : escapeBase + byte);
}

/** How many of the last bytes of `bytes` begin a sequence whose rest has not come yet: 0 to 3. */
export function incompleteTail(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    return sequenceLength(byte) > back ? back : 0;
  }
  return 0;
}
