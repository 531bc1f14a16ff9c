/** MAC `hmac-sha2-512-etm@openssh.com`. Specification: OpenSSH PROTOCOL 1.5, RFC 6668. */
import type { MacRow } from './row.ts';

export const hmacSha2512Etm: MacRow = {
  name: 'hmac-sha2-512-etm@openssh.com',
  supportedBy: ['10', '6.6'],
  defaultOrder: { '10': 4, '6.6': 6 },
  keySizeBytes: 64,
  tagSizeBytes: 64,
  isEncryptThenMac: true,
  open: (crypto, key) => crypto.hmac('sha512', key),
};
