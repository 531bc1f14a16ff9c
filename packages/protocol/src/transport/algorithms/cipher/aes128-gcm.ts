/** Cipher `aes128-gcm@openssh.com`. Specification: RFC 5647, OpenSSH PROTOCOL 1.6. */
import { authenticatedCipher } from './authenticated-cipher.ts';
import { maximumBytesByBlock } from './row.ts';

export const aes128Gcm = authenticatedCipher({
  name: 'aes128-gcm@openssh.com',
  supportedBy: ['10', '6.6'],
  defaultOrder: { '10': 2, '6.6': 6 },
  keySizeBytes: 16,
  ivSizeBytes: 12,
  maximumBytes: maximumBytesByBlock.sixteen,
});
