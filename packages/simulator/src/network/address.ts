/** Textual IP addresses: `192.0.2.10`, `::1`. */

const byte = '(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';
const ipv4 = new RegExp(`^${byte}\\.${byte}\\.${byte}\\.${byte}$`, 'u');
const ipv6 = /^(?=.*:)[0-9a-f:]{2,39}$/iu;

export function isAddress(text: string): boolean {
  return ipv4.test(text) || ipv6.test(text);
}

export function familyOf(address: string): 'ipv4' | 'ipv6' {
  return address.includes(':') ? 'ipv6' : 'ipv4';
}

export function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.');
}

/** What listens on all addresses of its family. */
export function isWildcard(address: string): boolean {
  return address === '0.0.0.0' || address === '::';
}

/** Whether a listener on `bound` takes what comes to `address`. */
export function covers(bound: string, address: string): boolean {
  return bound === address || (isWildcard(bound) && familyOf(bound) === familyOf(address));
}
