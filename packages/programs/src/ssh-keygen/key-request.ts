/** Which key `-t` and `-b` ask for, by OpenSSH version. */
import { keyTypes, type PublicKey } from '@seashell/core/keys';
import type { HostFacts } from '@seashell/system';
import type { Failure, KeygenTexts } from './texts.ts';

export interface WantedKey {
  readonly type: PublicKey['type'];
  /** As written after `-t`: it stands in messages. */
  readonly shown: string;
  /** For the default file name: `ed25519`. */
  readonly keygenName: string;
  readonly bits: number;
}

export type ReadKey =
  | { readonly type: 'key'; readonly key: WantedKey }
  | { readonly type: 'failure'; readonly failure: Failure }
  /** A type that OpenSSH has and this program not yet. */
  | { readonly type: 'later'; readonly name: string };

const laterTypes: Readonly<Record<HostFacts['openSsh'], readonly string[]>> = {
  '10': ['ecdsa', 'ecdsa-sk', 'ed25519-sk', 'mldsa44-ed25519'],
  '6.6': ['rsa1', 'dsa', 'ecdsa'],
};
const defaults = { '10': { type: 'ed25519', rsaBits: 3072 }, '6.6': { type: 'rsa', rsaBits: 2048 } } as const;
/** Differs from OpenSSH: 6.6 made keys of 768 bits and more; the core makes none below 1,024. */
const rsaMinimum = 1024;
const rsaMaximum = 16_384;
export interface KeyWish {
  readonly type: string | undefined;
  readonly bits: number | undefined;
}

export function readKeyWish(wish: KeyWish, version: HostFacts['openSsh'], texts: KeygenTexts): ReadKey {
  const shown = wish.type ?? defaults[version].type;
  const row = keyTypes.find((each) => each.keygenName === shown.toLowerCase() || each.name === shown);
  if (row === undefined) {
    if (laterTypes[version].includes(shown)) return { type: 'later', name: shown };
    return { type: 'failure', failure: texts.unknownType(shown) };
  }
  const { minimum, maximum, usual } = row.allowedBits;
  const wanted = minimum === maximum ? usual : (wish.bits ?? defaults[version].rsaBits);
  const failure = minimum === maximum ? undefined : checkRsaBits(wanted, texts);
  if (failure !== undefined) return { type: 'failure', failure };
  return { type: 'key', key: { type: row.name, shown, keygenName: row.keygenName, bits: wanted } };
}

function checkRsaBits(bits: number, texts: KeygenTexts): Failure | undefined {
  if (bits < rsaMinimum) return texts.tooFewBits(rsaMinimum);
  return bits > rsaMaximum ? texts.tooManyBits(rsaMaximum) : undefined;
}
