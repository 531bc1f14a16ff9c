/** MAC `hmac-sha2-256`. Specification: RFC 6668. */
import type { MacRow } from './row.ts';

export const hmacSha2256: MacRow = {
  name: 'hmac-sha2-256',
  supportedBy: ['10', '6.6'],
  defaultOrder: { '10': 8, '6.6': 14 },
  keySizeBytes: 32,
  tagSizeBytes: 32,
  isEncryptThenMac: false,
  open: (crypto, key) => crypto.hmac('sha256', key),
};
