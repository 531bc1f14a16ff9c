/** A row of the table of MACs. Specification: RFC 4253 6.4, RFC 6668, OpenSSH PROTOCOL 1.5 for the -etm names. */
import type { CryptoProvider, KeyedMac } from '@seashell/core/crypto';
import type { OfferedAlgorithm } from '../offered.ts';

export interface MacRow extends OfferedAlgorithm {
  readonly keySizeBytes: number;
  readonly tagSizeBytes: number;
  /** Over the ciphertext, with the length in the clear. */
  readonly isEncryptThenMac: boolean;
  readonly open: (crypto: CryptoProvider, key: Uint8Array) => KeyedMac;
}
