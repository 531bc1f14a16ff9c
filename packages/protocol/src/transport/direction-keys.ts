/** From the negotiated names of one direction and the keys derived for it to what seals or opens its packets. */
import type { CryptoProvider } from '@seashell/core/crypto';
import type { DirectionAlgorithms } from '../events.ts';
import { findCipher } from './algorithms/cipher/index.ts';
import type { DirectionKeys } from './algorithms/cipher/row.ts';
import { findMac } from './algorithms/mac/index.ts';
import type { Agreed } from './key-exchange.ts';
import { deriveKey, type KeyLetter, type KeySource } from './key-derivation.ts';
import type { PacketOpener, PacketSealer } from './protection.ts';

export type Direction = 'clientToServer' | 'serverToClient';

const letters: Readonly<Record<Direction, Readonly<Record<'iv' | 'key' | 'mac', KeyLetter>>>> = {
  clientToServer: { iv: 'A', key: 'C', mac: 'E' },
  serverToClient: { iv: 'B', key: 'D', mac: 'F' },
};

/** A direction, what was agreed for it, and where its keys come from. */
interface DirectionSetup {
  readonly direction: Direction;
  readonly algorithms: DirectionAlgorithms;
  readonly source: KeySource;
  readonly crypto: CryptoProvider;
}

/** What an exchange agreed upon for one direction. */
export function directionOf(direction: Direction, agreed: Agreed): Omit<DirectionSetup, 'crypto'> {
  return { direction, algorithms: agreed.algorithms[direction], source: agreed.source };
}

export function sealerFor(setup: DirectionSetup): PacketSealer {
  return findCipher(setup.algorithms.cipher).sealer(setup.crypto, keysFor(setup));
}

export function openerFor(setup: DirectionSetup): PacketOpener {
  return findCipher(setup.algorithms.cipher).opener(setup.crypto, keysFor(setup));
}

function keysFor({ direction, algorithms, source }: DirectionSetup): DirectionKeys {
  const cipher = findCipher(algorithms.cipher);
  const letter = letters[direction];
  return {
    iv: deriveKey(source, letter.iv, cipher.ivSizeBytes),
    key: deriveKey(source, letter.key, cipher.keySizeBytes),
    mac: cipher.hasOwnMac ? undefined : macFor({ name: algorithms.mac, letter: letter.mac }, source),
  };
}

function macFor({ name, letter }: { name: string; letter: KeyLetter }, source: KeySource): DirectionKeys['mac'] {
  const row = findMac(name);
  return { row, key: deriveKey(source, letter, row.keySizeBytes) };
}
