/** Which key `-t` and `-b` ask for, by OpenSSH version: sshkey_type_from_name() and type_bits_valid(). */
import { certificateTypeName } from '@seashell/core/certificates';
import { keyTypes, type AnyKeyType, type PublicKey } from '@seashell/core/keys';
import type { HostFacts } from '@seashell/system';
import type { Failure, KeygenTexts } from './texts.ts';

type Version = HostFacts['openSsh'];

export interface WantedKey {
  readonly type: PublicKey['type'];
  /** As written after `-t`: it stands in messages. */
  readonly shown: string;
  readonly bits: number;
  /** Whether the key lies in an authenticator. */
  readonly inAuthenticator: boolean;
}

export type ReadKey =
  | { readonly type: 'key'; readonly key: WantedKey }
  | { readonly type: 'failure'; readonly failure: Failure }
  /** A certificate's type: that none is made is said only after the announcement. */
  | { readonly type: 'certificate'; readonly shown: string }
  /** A type that OpenSSH has and this program has not. */
  | { readonly type: 'unavailable'; readonly name: string };

const defaultTypes: Readonly<Record<Version, string>> = { '10': 'ed25519', '6.6': 'rsa' };
const rsaBits: Readonly<Record<Version, number>> = { '10': 3072, '6.6': 2048 };
/** Differs from OpenSSH: 6.6 made keys of 768 bits and more; the core makes none below 1,024. */
const rsaMinimum = 1024;
/** OPENSSL_RSA_MAX_MODULUS_BITS, OPENSSL_DSA_MAX_MODULUS_BITS. */
const rsaMaximum = 16_384;
const dsaMaximum = 10_000;
const dsaBits = 1024;
/** Keys of SSH 1, which only 6.6 makes. */
const rsa1 = 'rsa1';

export interface KeyWish {
  readonly type: string | undefined;
  readonly bits: number | undefined;
}

/** The names of a type; to 10 those of its signature algorithms are some too. */
function namesOf(row: AnyKeyType, version: Version): readonly string[] {
  return version === '10' ? [row.name, ...row.signatureAlgorithms] : [row.name];
}

/** The rows of a name: one, or for `ecdsa` one a curve; short names in any case. */
function keyTypesNamed(name: string, version: Version): readonly AnyKeyType[] {
  const known = keyTypes.filter((row) => row.openSshVersions.includes(version));
  const row = known.find((each) => namesOf(each, version).includes(name));
  return row === undefined ? known.filter((each) => each.keygenName === name.toLowerCase()) : [row];
}

/** The row whose certificates have this name. */
function keyTypeCertifiedAs(name: string, version: Version): AnyKeyType | undefined {
  const known = keyTypes.filter((row) => row.openSshVersions.includes(version));
  return known.find((row) => namesOf(row, version).some((each) => certificateTypeName(each) === name));
}

/** The file below the home directory that ssh-keygen proposes for a type of `-t`; undefined for a type that it does not know. */
export function identityFileFor(type: string | undefined, version: Version): string | undefined {
  if (type?.toLowerCase() === rsa1 && version === '6.6') return 'identity';
  const name = type ?? defaultTypes[version];
  return (keyTypesNamed(name, version)[0] ?? keyTypeCertifiedAs(name, version))?.identityFile;
}

export function readKeyWish(wish: KeyWish, version: Version, texts: KeygenTexts): ReadKey {
  const shown = wish.type ?? defaultTypes[version];
  const rows = keyTypesNamed(shown, version);
  const [row] = rows;
  if (row === undefined) {
    if (version === '6.6' && shown.toLowerCase() === rsa1) return { type: 'unavailable', name: shown };
    if (keyTypeCertifiedAs(shown, version) !== undefined) return { type: 'certificate', shown };
    return { type: 'failure', failure: texts.unknownType(shown) };
  }
  const found = readBits[familyOf(row)]({ wish, row, version, texts });
  if (typeof found === 'object') return { type: 'failure', failure: found };
  const chosen = keyTypes.find((each) => isOfFamily(each, row) && allowsBits(each, found)) ?? row;
  const { name, inAuthenticator } = chosen;
  return { type: 'key', key: { type: name, shown, bits: found, inAuthenticator } };
}

const isOfFamily = (each: AnyKeyType, row: AnyKeyType): boolean => each.keygenName === row.keygenName;
const allowsBits = ({ allowedBits }: AnyKeyType, bits: number): boolean =>
  bits >= allowedBits.minimum && bits <= allowedBits.maximum;

interface BitsQuestion {
  readonly wish: KeyWish;
  readonly row: AnyKeyType;
  readonly version: Version;
  readonly texts: KeygenTexts;
}

/** How many bits a family of types makes of `-b`, or why it does not. */
type ReadBits = (question: BitsQuestion) => number | Failure;

const familyOf = (row: AnyKeyType): 'rsa' | 'dsa' | 'ecdsa' | 'fixed' =>
  familyNames.find((name) => name === row.keygenName) ?? 'fixed';
const familyNames = ['rsa', 'dsa', 'ecdsa'] as const;

/** 6.6 holds every type to RSA's maximum, DSA to its own. */
const tooMany66 = ({ wish, version, texts }: BitsQuestion, maximum = rsaMaximum): Failure | undefined =>
  version === '6.6' && (wish.bits ?? 0) > maximum ? texts.tooManyBits(maximum) : undefined;

const readBits: Readonly<Record<ReturnType<typeof familyOf>, ReadBits>> = {
  rsa({ wish, version, texts }) {
    const bits = wish.bits ?? rsaBits[version];
    if (bits < rsaMinimum) return texts.tooFewBits(rsaMinimum);
    return bits > rsaMaximum ? texts.tooManyBits(rsaMaximum) : bits;
  },
  dsa(question) {
    const bits = question.wish.bits ?? dsaBits;
    return tooMany66(question, dsaMaximum) ?? (bits === dsaBits ? bits : question.texts.badDsaBits);
  },
  ecdsa(question) {
    const { row, wish, version, texts } = question;
    const named = version === '10' && wish.type === row.name ? row.allowedBits.usual : 256;
    const bits = wish.bits ?? named;
    const isCurve = keyTypes.some((each) => isOfFamily(each, row) && allowsBits(each, bits));
    return tooMany66(question) ?? (isCurve ? bits : texts.badEcdsaBits);
  },
  fixed: (question) => tooMany66(question) ?? question.row.allowedBits.usual,
};
