/** MAC `hmac-sha2-512`. Specification: RFC 6668. */
import type { MacRow } from './row.ts';

export const hmacSha2512: MacRow = {
  name: 'hmac-sha2-512',
  supportedBy: ['10', '6.6'],
  defaultOrder: { '10': 9, '6.6': 15 },
  keySizeBytes: 64,
  tagSizeBytes: 64,
  isEncryptThenMac: false,
  open: (crypto, key) => crypto.hmac('sha512', key),
};
