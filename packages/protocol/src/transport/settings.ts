/** What a transport is made from, gathered from the options of either role. */
import type { CryptoProvider } from '@seashell/core/crypto';
import type { ProtocolLimits } from '../limits.ts';
import type { AlgorithmPreferences } from './algorithms/preferences.ts';

export interface TransportSettings {
  readonly role: 'client' | 'server';
  readonly identification: string;
  readonly crypto: CryptoProvider;
  readonly random: (lengthBytes: number) => Uint8Array;
  readonly algorithms: AlgorithmPreferences;
  readonly limits: ProtocolLimits;
  readonly rekeyBytes: number;
  readonly rekeyMilliseconds: number | undefined;
  /** Server: public key blobs. */
  readonly hostKeys: readonly Uint8Array[];
  /** Server: what `server-sig-algs` tells. */
  readonly publicKeyAlgorithms: readonly string[];
}
