/** Cipher `aes128-ctr`. Specification: RFC 4344 4. */
import { streamCipher } from './stream-cipher.ts';

export const aes128Ctr = streamCipher({
  name: 'aes128-ctr',
  supportedBy: ['10', '6.6'],
  defaultOrder: { '10': 4, '6.6': 1 },
  keySizeBytes: 16,
});
