/** A row of the table of key exchanges. Specification: RFC 4253 7.2, 8. */
import type { CryptoProvider, HashName } from '@seashell/core/crypto';
import type { OfferedAlgorithm } from '../offered.ts';

/** What an exchange with one value each way computes with. `random` is asked for secrets only. */
export interface KexArithmetic {
  readonly crypto: CryptoProvider;
  readonly random: (lengthBytes: number) => Uint8Array;
}

/** The client's half, between its value and the server's. */
interface KexInitiator {
  readonly clientPublic: Uint8Array;
  /** The shared secret K, encoded as the exchange hash takes it. Throws ProtocolError for a value that must be refused. */
  finish(serverPublic: Uint8Array): Uint8Array;
}

export interface KexRow extends OfferedAlgorithm {
  readonly hash: HashName;
  readonly isPostQuantum: boolean;
  readonly initiate: (arithmetic: KexArithmetic) => KexInitiator;
  /** The server's value and K, encoded. Throws ProtocolError for a client's value that must be refused. */
  readonly respond: (
    arithmetic: KexArithmetic,
    clientPublic: Uint8Array,
  ) => { readonly serverPublic: Uint8Array; readonly sharedSecret: Uint8Array };
}
