/** Cipher `aes256-gcm@openssh.com`. Specification: RFC 5647, OpenSSH PROTOCOL 1.6. */
import { authenticatedCipher } from './authenticated-cipher.ts';
import { maximumBytesByBlock } from './row.ts';

export const aes256Gcm = authenticatedCipher({
  name: 'aes256-gcm@openssh.com',
  supportedBy: ['10', '6.6'],
  defaultOrder: { '10': 3, '6.6': 7 },
  keySizeBytes: 32,
  ivSizeBytes: 12,
  maximumBytes: maximumBytesByBlock.sixteen,
});
