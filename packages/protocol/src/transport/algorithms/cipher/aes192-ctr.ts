/** Cipher `aes192-ctr`. Specification: RFC 4344 4. */
import { streamCipher } from './stream-cipher.ts';

export const aes192Ctr = streamCipher({
  name: 'aes192-ctr',
  supportedBy: ['10', '6.6'],
  defaultOrder: { '10': 5, '6.6': 2 },
  keySizeBytes: 24,
});
