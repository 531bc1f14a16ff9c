import { describe, expect, it } from 'vitest';
import { formatBlockOf, parseAddressBlock } from './address.ts';

describe('formatBlockOf', () => {
  it.each([
    ['192.0.2.77', 32, '192.0.2.77/32'],
    ['192.0.2.77', 24, '192.0.2.0/24'],
    ['192.0.2.77', 0, '0.0.0.0/0'],
    ['2001:db8:0:0:1:0:0:1', 128, '2001:db8::1:0:0:1/128'],
    ['2001:DB8::1', 64, '2001:db8::/64'],
    ['::1', 128, '::1/128'],
    ['::', 128, '::/128'],
    ['2001:db8:0:1:1:1:1:1', 128, '2001:db8:0:1:1:1:1:1/128'],
    ['fe80::1%eth0', 10, 'fe80::/10'],
  ])('%s in a block of %i bits is %s', (address, bits, block) => {
    expect(formatBlockOf(address, { ipv4: bits, ipv6: bits })).toBe(block);
    expect(parseAddressBlock(block)).toMatchObject({ prefixBits: bits });
  });

  it('has nothing for what is no address', () => {
    expect(formatBlockOf('UNKNOWN', { ipv4: 32, ipv6: 128 })).toBeUndefined();
  });
});
