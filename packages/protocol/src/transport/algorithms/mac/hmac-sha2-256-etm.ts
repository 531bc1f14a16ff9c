/** MAC `hmac-sha2-256-etm@openssh.com`. Specification: OpenSSH PROTOCOL 1.5, RFC 6668. */
import type { MacRow } from './row.ts';

export const hmacSha2256Etm: MacRow = {
  name: 'hmac-sha2-256-etm@openssh.com',
  supportedBy: ['10', '6.6'],
  defaultOrder: { '10': 3, '6.6': 5 },
  keySizeBytes: 32,
  tagSizeBytes: 32,
  isEncryptThenMac: true,
  open: (crypto, key) => crypto.hmac('sha256', key),
};
