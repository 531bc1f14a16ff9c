/** IPv4 and IPv6 addresses, CIDR blocks, and lists of them with negation: OpenSSH's addrmatch.c; RFC 4291 2.2 for the text form. */
import { matchPattern, type ListMatch } from './wildcard.ts';

/** Four or sixteen bytes; undefined if `text` is not a numeric address. A zone (`%eth0`) is dropped. */
export function parseAddress(text: string): readonly number[] | undefined {
  return parseIpv4(text) ?? parseIpv6(text.split('%', 1)[0] ?? '');
}

function parseIpv4(text: string): readonly number[] | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (match === null) return undefined;
  const bytes = match.slice(1).map(Number);
  return bytes.every((byte) => byte <= 255) ? bytes : undefined;
}

function parseIpv6(text: string): readonly number[] | undefined {
  if (!text.includes(':') || text.length > 45) return undefined;
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = parseGroups(halves[0] ?? '');
  if (halves.length === 1) return head?.length === 16 ? head : undefined;
  const tail = parseGroups(halves[1] ?? '');
  if (head === undefined || tail === undefined || head.length + tail.length > 14) return undefined;
  const zeros = Array.from({ length: 16 - head.length - tail.length }, () => 0);
  return [...head, ...zeros, ...tail];
}

function parseGroups(text: string): number[] | undefined {
  if (text === '') return [];
  const groups = text.split(':');
  const bytes: number[] = [];
  for (const [index, group] of groups.entries()) {
    const embedded = index === groups.length - 1 ? parseIpv4(group) : undefined;
    if (embedded !== undefined) {
      bytes.push(...embedded);
    } else if (/^[0-9a-fA-F]{1,4}$/.test(group)) {
      const value = Number.parseInt(group, 16);
      bytes.push(value >> 8, value & 0xff);
    } else {
      return undefined;
    }
  }
  return bytes;
}

/** The addresses that begin with these bits: 4 bytes of IPv4 or 16 of IPv6, the bits after the prefix 0. */
export interface AddressBlock {
  readonly bytes: readonly number[];
  readonly prefixBits: number;
}

/** `address` or `address/bits`. `invalid` if the mask is too long or bits stand beyond it; undefined if it is no address at all. */
export function parseAddressBlock(text: string): AddressBlock | 'invalid' | undefined {
  const slash = text.indexOf('/');
  const bytes = parseAddress(slash === -1 ? text : text.slice(0, slash));
  const mask = slash === -1 ? undefined : text.slice(slash + 1);
  if (bytes === undefined || (mask !== undefined && !/^\d{1,9}$/.test(mask))) return undefined;
  const prefixBits = mask === undefined ? bytes.length * 8 : Number(mask);
  if (prefixBits > bytes.length * 8) return 'invalid';
  const clean = bytes.every((byte, index) => (byte & ~maskByte(index, prefixBits) & 0xff) === 0);
  return clean ? { bytes, prefixBits } : 'invalid';
}

function maskByte(index: number, prefixBits: number): number {
  const bits = Math.min(8, Math.max(0, prefixBits - index * 8));
  return (0xff << (8 - bits)) & 0xff;
}

/** The block of so many bits that an address lies in, as `192.0.2.0/24`, IPv6 by RFC 5952; undefined if it is no address. */
export function formatBlockOf(address: string, prefixBits: { readonly ipv4: number; readonly ipv6: number }) {
  const bytes = parseAddress(address);
  if (bytes === undefined) return undefined;
  const bits = bytes.length === 4 ? prefixBits.ipv4 : prefixBits.ipv6;
  const masked = bytes.map((byte, index) => byte & maskByte(index, bits));
  return `${masked.length === 4 ? masked.join('.') : formatIpv6(masked)}/${bits}`;
}

/** RFC 5952 section 4: no zeros in front, and `::` for the longest run of two zero groups or more, the first of equals. */
function formatIpv6(bytes: readonly number[]): string {
  const groups = Array.from({ length: 8 }, (_, at) => ((bytes[2 * at] ?? 0) << 8) | (bytes[2 * at + 1] ?? 0));
  const text = groups.map((group) => group.toString(16)).join(':');
  const runs = text.match(/(?<=^|:)0(?::0)+(?=:|$)/g) ?? [];
  const [longest] = runs.toSorted((a, b) => b.length - a.length);
  return longest === undefined ? text : text.replace(new RegExp(`(?:^|:)${longest}(?::|$)`), '::');
}

function isInBlock(bytes: readonly number[], block: AddressBlock): boolean {
  if (bytes.length !== block.bytes.length) return false;
  return bytes.every((byte, index) => (byte & maskByte(index, block.prefixBits)) === block.bytes[index]);
}

/** Addresses, CIDR blocks and wildcards, by commas; `!` negates. `invalid` if a mask is wrong or an item is empty. */
export function matchAddressList(address: string, list: string): ListMatch | 'invalid' {
  const bytes = parseAddress(address);
  let result: ListMatch = 'none';
  for (const item of list.split(',')) {
    const negated = item.startsWith('!');
    const pattern = negated ? item.slice(1) : item;
    if (pattern === '') return 'invalid';
    const block = parseAddressBlock(pattern);
    if (block === 'invalid') return 'invalid';
    const hit = block === undefined ? matchPattern(address, pattern) : bytes !== undefined && isInBlock(bytes, block);
    if (hit && negated) return 'negated';
    if (hit) result = 'matched';
  }
  return result;
}

/** Whether every item of the list can be used; the wrong one is given back. */
export function findInvalidAddress(list: string): string | undefined {
  return list.split(',').find((item) => {
    const pattern = item.startsWith('!') ? item.slice(1) : item;
    return pattern === '' || parseAddressBlock(pattern) === 'invalid';
  });
}
