/** What the rows of the ciphers that need a MAC have in common. */
import type { CryptoProvider, StreamCipherName } from '@seashell/core/crypto';
import {
  encryptAndMacOpener,
  encryptAndMacSealer,
  encryptThenMacOpener,
  encryptThenMacSealer,
  type StreamKeys,
} from '../../stream-protection.ts';
import { maximumBytesByBlock, type CipherRow, type DirectionKeys } from './row.ts';

type Declared = Pick<CipherRow, 'supportedBy' | 'defaultOrder' | 'keySizeBytes'> & { readonly name: StreamCipherName };

const blockSizeBytes = 16;

export function streamCipher(declared: Declared): CipherRow {
  const open = (crypto: CryptoProvider, keys: DirectionKeys): StreamKeys & { isEncryptThenMac: boolean } => {
    if (keys.mac === undefined) throw new Error(`assertion failed: ${declared.name} without a MAC`);
    const { row, key } = keys.mac;
    return {
      cipher: crypto.streamCiphers[declared.name].open(keys.key, keys.iv),
      blockSizeBytes,
      mac: row.open(crypto, key),
      macSizeBytes: row.tagSizeBytes,
      isEncryptThenMac: row.isEncryptThenMac,
    };
  };
  return {
    ...declared,
    ivSizeBytes: blockSizeBytes,
    hasOwnMac: false,
    maximumBytes: maximumBytesByBlock.sixteen,
    sealer(crypto, keys) {
      const opened = open(crypto, keys);
      return opened.isEncryptThenMac ? encryptThenMacSealer(opened) : encryptAndMacSealer(opened);
    },
    opener(crypto, keys) {
      const opened = open(crypto, keys);
      return opened.isEncryptThenMac ? encryptThenMacOpener(opened) : encryptAndMacOpener(opened);
    },
  };
}
