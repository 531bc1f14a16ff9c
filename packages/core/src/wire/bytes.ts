/** Small operations on byte arrays: joining, comparing (also in constant time), hexadecimal. */

/** One new array with all parts in order. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  let size = 0;
  for (const part of parts) size += part.length;
  const joined = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** A copy. Not `slice`, which for Node's Buffer gives a view. */
export function copyBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}

/** Whether two arrays hold the same bytes; stops at the first difference, so not for secrets. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}

/** Whether two arrays hold the same bytes, in time that depends on their lengths only. For MACs, tags and secrets. */
export function equalBytesConstantTime(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let index = 0; index < a.length; index++) difference |= (a[index] ?? 0) ^ (b[index] ?? 0);
  return difference === 0;
}

/** Orders arrays byte by byte, a prefix first. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const size = Math.min(a.length, b.length);
  for (let index = 0; index < size; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

const hexPairs = Array.from({ length: 256 }, (_, value) => value.toString(16).padStart(2, '0'));

/** Lower-case hexadecimal, two digits a byte, with `separator` between the bytes. */
export function hexEncode(bytes: Uint8Array, separator = ''): string {
  const pairs: string[] = [];
  for (const value of bytes) pairs.push(hexPairs[value] ?? '');
  return pairs.join(separator);
}

/** The bytes of hexadecimal digits in either case, or undefined when it is not that. */
export function hexDecode(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (text.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(text)) return undefined;
  const bytes = new Uint8Array(text.length / 2);
  for (let index = 0; index < bytes.length; index++) bytes[index] = parseInt(text.slice(2 * index, 2 * index + 2), 16);
  return bytes;
}

/** The non-negative number of big-endian bytes; none give 0. Callers bound the length: the cost grows faster than it. */
export function bigintFromBytes(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${hexEncode(bytes)}`);
}

/** Big-endian bytes of a non-negative number, as many as needed, or `size` with zeros in front. */
export function bigintToBytes(value: bigint, size?: number): Uint8Array<ArrayBuffer> {
  const digits = value === 0n ? '' : value.toString(16);
  const needed = Math.ceil(digits.length / 2);
  const bytes = hexDecode(digits.padStart(2 * (size ?? needed), '0').padStart(2 * needed, '0'));
  if (value < 0n || bytes === undefined || (size !== undefined && needed > size)) {
    throw new Error(`assertion failed: ${value} does not fit ${size ?? 'any number of'} bytes`);
  }
  return bytes;
}

/** How many bits a non-negative number has. */
export function bitLength(value: bigint): number {
  if (value === 0n) return 0;
  const digits = value.toString(16);
  return digits.length * 4 - Math.clz32(parseInt(digits.charAt(0), 16)) + 28;
}

/** Overwrites secrets that are no longer needed. */
export function wipeBytes(...arrays: readonly Uint8Array[]): void {
  for (const array of arrays) array.fill(0);
}
