/** The formats in which a key can be saved, each with the name that its file has. New formats come with the core's registry. */
import {
  encodePublicKey,
  encodePublicPem,
  encodeRfc4716,
  hasPublicPem,
  keyTypeOf,
  type PrivateKeyFormat,
  type PrivateKeyFormatRow,
  privateKeyFormats,
  printPublicLine,
  type PublicKey,
  type WriteOptions,
} from '@seashell/core/keys';
import type { SaveTarget } from './surface.ts';

/** What a format's file is called, after the key's name; and which option of writing the rounds are. */
interface FormatManners {
  readonly ending: string;
  readonly costOf: (rounds: number) => Partial<WriteOptions>;
}

const bcryptRounds = (rounds: number): Partial<WriteOptions> => ({ rounds });
const iterations = (rounds: number): Partial<WriteOptions> => ({ iterations: rounds });
const none = (): Partial<WriteOptions> => ({});

const manners: Readonly<Record<PrivateKeyFormat, FormatManners>> = {
  openssh: { ending: '', costOf: bcryptRounds },
  pkcs1: { ending: '.rsa.pem', costOf: none },
  sec1: { ending: '.ec.pem', costOf: none },
  dsa: { ending: '.dsa.pem', costOf: none },
  pkcs8: { ending: '.pk8.pem', costOf: iterations },
  ppk2: { ending: '.v2.ppk', costOf: none },
  ppk3: { ending: '.ppk', costOf: (passes) => ({ argon2: { passes } }) },
};

/** The option that makes the derivation of this format's cipher key slower. */
export function costOption(format: PrivateKeyFormat, rounds: number | undefined): Partial<WriteOptions> {
  return rounds === undefined ? {} : manners[format].costOf(rounds);
}

/** As ssh-keygen calls the file of a new key. */
export function usualName(key: { readonly type: PublicKey['type'] }): string {
  return `id_${keyTypeOf(key).keygenName.replaceAll('-', '_')}`;
}

const knownEndings = /(?:\.(?:pub|ppk|pem|key|v2|rsa|ec|dsa|pk8|spki|rfc4716))+$/i;

/** The name without what says the format; undefined when nothing is left of it. */
export function baseName(fileName: string | undefined): string | undefined {
  const base = fileName?.replace(/^.*[\\/]/, '').replace(knownEndings, '');
  return base === '' ? undefined : base;
}

function privateTarget(row: PrivateKeyFormatRow, base: string): SaveTarget {
  return {
    id: row.name,
    title: row.title,
    secret: true,
    fileName: `${base}${manners[row.name].ending}`,
    ciphers: row.ciphers,
    keepsComment: row.hasComment,
  };
}

/** Private files that hold keys of this type. */
export function privateTargets(type: PublicKey['type'], base: string): readonly SaveTarget[] {
  return privateKeyFormats.filter((row) => row.holds(type)).map((row) => privateTarget(row, base));
}

interface PublicFormat {
  readonly id: string;
  readonly title: string;
  readonly ending: string;
  readonly keepsComment: boolean;
  holds(key: PublicKey): boolean;
  write(key: PublicKey, comment: string): string;
}

const publicFormats: readonly PublicFormat[] = [
  {
    id: 'public-line',
    title: 'OpenSSH line',
    ending: '.pub',
    keepsComment: true,
    holds: () => true,
    write: (key, comment) => `${printPublicLine(key, comment)}\n`,
  },
  {
    id: 'rfc4716',
    title: 'RFC 4716',
    ending: '.rfc4716.pub',
    keepsComment: true,
    holds: () => true,
    write: (key, comment) =>
      encodeRfc4716({
        headers: comment === '' ? [] : [{ tag: 'Comment', value: `"${comment}"` }],
        blob: encodePublicKey(key),
      }),
  },
  {
    id: 'public-pem',
    title: 'PEM of OpenSSL',
    ending: '.pub.pem',
    keepsComment: false,
    holds: (key) => hasPublicPem(key.type),
    write: encodePublicPem,
  },
];

export function publicTargets(key: PublicKey, base: string): readonly SaveTarget[] {
  return publicFormats
    .filter((format) => format.holds(key))
    .map(({ id, title, ending, keepsComment }) => ({
      id,
      title,
      secret: false,
      fileName: `${base}${ending}`,
      ciphers: [],
      keepsComment,
    }));
}

/** The text of a public file; undefined if there is no such format. */
export function writePublic(id: string, key: PublicKey, comment: string): string | undefined {
  return publicFormats.find((format) => format.id === id && format.holds(key))?.write(key, comment);
}
