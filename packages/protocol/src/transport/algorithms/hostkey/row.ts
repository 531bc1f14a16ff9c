/** A row of the table of signature algorithms, of host keys and of users' keys alike. Specification: RFC 4253 6.6, RFC 8332. */
import type { OfferedAlgorithm } from '../offered.ts';

export interface HostKeyRow extends OfferedAlgorithm {
  /** The key type that makes such signatures; the name in its blob. */
  readonly keyType: string;
}
