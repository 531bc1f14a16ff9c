/** MAC `hmac-sha1`. Specification: RFC 4253 6.4. */
import type { MacRow } from './row.ts';

export const hmacSha1: MacRow = {
  name: 'hmac-sha1',
  supportedBy: ['10', '6.6'],
  defaultOrder: { '10': 10, '6.6': 11 },
  keySizeBytes: 20,
  tagSizeBytes: 20,
  isEncryptThenMac: false,
  open: (crypto, key) => crypto.hmac('sha1', key),
};
