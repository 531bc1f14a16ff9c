/** The kinds of keys in the order in which a reader should consider them, and what speaks against some. A data table. */
import type { PublicKey } from '@seashell/core/keys';

interface KindWords {
  readonly mark: string;
  readonly note: string;
}

const plain: KindWords = { mark: '', note: '' };

/** What everybody reads today first, what nobody should take last; what is not listed stands between. */
const kinds: readonly (readonly [PublicKey['type'], KindWords])[] = [
  ['ssh-ed25519', plain],
  ['ecdsa-sha2-nistp256', plain],
  ['ecdsa-sha2-nistp384', plain],
  ['ecdsa-sha2-nistp521', plain],
  ['ssh-rsa', plain],
  [
    'ssh-mldsa44-ed25519@openssh.com',
    {
      mark: 'experimental, OpenSSH 10.5',
      note: 'Against quantum computers. Experimental: only OpenSSH 10.5 knows it, and its form may still change.',
    },
  ],
];

const old: Partial<Readonly<Record<PublicKey['type'], KindWords>>> = {
  'ssh-dss': {
    mark: 'for old machines only',
    note: 'Refused by OpenSSH since 7.0 unless it is told otherwise, and unknown to OpenSSH 10. For machines that read nothing else.',
  },
};

export function kindRank(type: PublicKey['type']): number {
  const rank = kinds.findIndex(([name]) => name === type);
  if (rank >= 0) return rank;
  return type in old ? kinds.length + 1 : kinds.length;
}

export function wordsOfKind(type: PublicKey['type']): KindWords {
  return kinds.find(([name]) => name === type)?.[1] ?? old[type] ?? plain;
}
