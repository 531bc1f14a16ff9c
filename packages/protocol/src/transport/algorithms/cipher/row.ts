/** A row of the table of ciphers. Specification: RFC 4253 6.3; the bound on bytes under one key as OpenSSH's ssh_set_newkeys. */
import type { CryptoProvider } from '@seashell/core/crypto';
import type { PacketOpener, PacketSealer } from '../../protection.ts';
import type { MacRow } from '../mac/row.ts';
import type { OfferedAlgorithm } from '../offered.ts';

/** What key exchange gives one direction. `mac` is there unless the cipher authenticates itself. */
export interface DirectionKeys {
  readonly key: Uint8Array;
  readonly iv: Uint8Array;
  readonly mac: { readonly row: MacRow; readonly key: Uint8Array } | undefined;
}

export interface CipherRow extends OfferedAlgorithm {
  readonly keySizeBytes: number;
  readonly ivSizeBytes: number;
  /** An AEAD cipher: no MAC is negotiated. */
  readonly hasOwnMac: boolean;
  /** Bytes after which keys are exchanged anew, whatever RekeyLimit says (RFC 4344 3.2). */
  readonly maximumBytes: number;
  readonly sealer: (crypto: CryptoProvider, keys: DirectionKeys) => PacketSealer;
  readonly opener: (crypto: CryptoProvider, keys: DirectionKeys) => PacketOpener;
}

/** 2^(L/4) blocks of L bits, for ciphers with blocks of 16 bytes; 1 GiB for those with smaller ones. */
export const maximumBytesByBlock = { sixteen: 2 ** 32 * 16, smaller: 2 ** 30 } as const;
