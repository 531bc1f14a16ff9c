/** What the rows of the ciphers that authenticate themselves have in common. */
import type { PacketCipherName } from '@seashell/core/crypto';
import { authenticatedOpener, authenticatedSealer } from '../../authenticated-protection.ts';
import type { CipherRow } from './row.ts';

type Declared = Pick<CipherRow, 'supportedBy' | 'defaultOrder' | 'keySizeBytes' | 'ivSizeBytes' | 'maximumBytes'> & {
  readonly name: PacketCipherName;
};

export function authenticatedCipher(declared: Declared): CipherRow {
  return {
    ...declared,
    hasOwnMac: true,
    sealer: (crypto, keys) => authenticatedSealer(crypto.packetCiphers[declared.name], keys),
    opener: (crypto, keys) => authenticatedOpener(crypto.packetCiphers[declared.name], keys),
  };
}
