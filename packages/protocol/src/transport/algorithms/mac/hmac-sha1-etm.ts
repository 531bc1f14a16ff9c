/** MAC `hmac-sha1-etm@openssh.com`. Specification: OpenSSH PROTOCOL 1.5, RFC 4253 6.4. */
import type { MacRow } from './row.ts';

export const hmacSha1Etm: MacRow = {
  name: 'hmac-sha1-etm@openssh.com',
  supportedBy: ['10', '6.6'],
  defaultOrder: { '10': 5, '6.6': 2 },
  keySizeBytes: 20,
  tagSizeBytes: 20,
  isEncryptThenMac: true,
  open: (crypto, key) => crypto.hmac('sha1', key),
};
