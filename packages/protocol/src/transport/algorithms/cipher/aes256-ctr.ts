/** Cipher `aes256-ctr`. Specification: RFC 4344 4. */
import { streamCipher } from './stream-cipher.ts';

export const aes256Ctr = streamCipher({
  name: 'aes256-ctr',
  supportedBy: ['10', '6.6'],
  defaultOrder: { '10': 6, '6.6': 3 },
  keySizeBytes: 32,
});
