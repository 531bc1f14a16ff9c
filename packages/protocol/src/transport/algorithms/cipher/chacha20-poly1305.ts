/** Cipher `chacha20-poly1305@openssh.com`. Specification: OpenSSH PROTOCOL.chacha20poly1305. */
import { authenticatedCipher } from './authenticated-cipher.ts';
import { maximumBytesByBlock } from './row.ts';

export const chacha20Poly1305 = authenticatedCipher({
  name: 'chacha20-poly1305@openssh.com',
  supportedBy: ['10', '6.6'],
  defaultOrder: { '10': 1, '6.6': 8 },
  keySizeBytes: 64,
  ivSizeBytes: 0,
  maximumBytes: maximumBytesByBlock.smaller,
});
