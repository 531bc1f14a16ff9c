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
import { refuseCost } from './form-request.ts';
import type { SaveRequest, SaveTarget } from './surface.ts';

/** What a format's file is called, after the key's name. */
const endings: Readonly<Record<PrivateKeyFormat, string>> = {
  openssh: '',
  pkcs1: '.rsa.pem',
  sec1: '.ec.pem',
  dsa: '.dsa.pem',
  pkcs8: '.pk8.pem',
  ppk2: '.v2.ppk',
  ppk3: '.ppk',
};

/** The options of writing that a request's cipher and cost are, or why this format has none such. */
export type WritingChoice = { readonly options: Partial<WriteOptions> } | { readonly refused: string };

export function choiceOf(
  row: PrivateKeyFormatRow,
  { cipher, cost }: Pick<SaveRequest, 'cipher' | 'cost'>,
): WritingChoice {
  if (cipher !== undefined && !row.sealingCiphers.includes(cipher))
    return { refused: `${row.title} files are not encrypted with ${cipher}.` };
  const refused = cost === undefined ? undefined : refuseCost(row, cost);
  if (refused !== undefined) return { refused };
  const slow = cost === undefined ? {} : row.cost?.toOptions(cost);
  return { options: { ...(cipher === undefined ? {} : { cipher }), ...slow } };
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

/** Without what cannot leave the worker. */
function costOf({ cost }: PrivateKeyFormatRow): SaveTarget['cost'] {
  if (cost === undefined) return undefined;
  const { derivation, unit, usual, minimum, maximum } = cost;
  return { derivation, unit, usual, minimum, maximum };
}

function privateTarget(row: PrivateKeyFormatRow, base: string): SaveTarget {
  return {
    id: row.name,
    title: row.title,
    secret: true,
    fileName: `${base}${endings[row.name]}`,
    ciphers: row.sealingCiphers,
    cost: costOf(row),
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
      cost: undefined,
      keepsComment,
    }));
}

/** The text of a public file; undefined if there is no such format. */
export function writePublic(id: string, key: PublicKey, comment: string): string | undefined {
  return publicFormats.find((format) => format.id === id && format.holds(key))?.write(key, comment);
}
