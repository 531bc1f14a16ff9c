/** The registry of private key formats: one row each, found by what the file says it is or by name. */
import { assert } from '../../assertion.ts';
import type { LongWork } from '../../long-work.ts';
import { DecodeError } from '../../wire/decode-error.ts';
import { findKeyType, type PrivateKey } from '../key-types/index.ts';
import { pemCiphers } from './block-ciphers.ts';
import { opensshFormat } from './openssh.ts';
import { allKeyFileCiphers } from './openssh-other-ciphers.ts';
import { pkcs8Format } from './pkcs8.ts';
import { ppk2Format, ppk3Format } from './ppk.ts';
import type {
  KnownAlgorithms,
  OpenedPrivateKey,
  OpenOptions,
  PrivateKeyFormat,
  PrivateKeyFormatRow,
  PrivateKeyInspection,
  WriteOptions,
} from './private-key-file.ts';
import { traditionalFormatsWith } from './traditional.ts';

const traditionalFormats = traditionalFormatsWith(pemCiphers);

/** All formats of private key files, in the order in which programs list them. */
export const privateKeyFormats: readonly PrivateKeyFormatRow[] = [
  opensshFormat,
  ...traditionalFormats,
  pkcs8Format,
  ppk3Format,
  ppk2Format,
];

const everything: KnownAlgorithms = { keyTypes: { find: findKeyType }, ciphers: allKeyFileCiphers };

/** The row of a format, if it is known. */
export function findPrivateKeyFormat(name: string): PrivateKeyFormatRow | undefined {
  return privateKeyFormats.find((row) => row.name === name);
}

function rowOf(file: Uint8Array): PrivateKeyFormatRow {
  const row = privateKeyFormats.find((each) => each.recognizes(file));
  if (row === undefined) throw new DecodeError('expected a private key file', { path: 'file', offset: 0 });
  return row;
}

/** The format that a file says it has, if it is known; the rest of the file may be damaged. */
export function privateKeyFormatOf(file: Uint8Array): PrivateKeyFormat | undefined {
  return privateKeyFormats.find((row) => row.recognizes(file))?.name;
}

/** What a private key file of any known format shows without its passphrase. Throws DecodeError. */
export function inspectPrivateKey(file: Uint8Array): PrivateKeyInspection {
  return rowOf(file).inspect(file, everything.keyTypes);
}

/**
 * Opens a private key file of any known format, as long work. Throws DecodeError for what is malformed: its offset is in the
 * file where its path starts with `pem` or `ppk`, and in the decoded body elsewhere.
 *
 * @example
 * const opened = runAtOnce(openPrivateKey(file, { passphrase: utf8Encode('secret') }));
 * if (opened.outcome === 'key') console.log(printPublicLine(opened.key));
 */
export function openPrivateKey(file: Uint8Array, options: OpenOptions = {}): LongWork<OpenedPrivateKey> {
  return rowOf(file).open(file, { ...options, ...everything });
}

/** What a private key file shall hold besides the key, and in which format. */
export interface WritePrivateKeyOptions extends WriteOptions {
  /** `openssh` if not given. */
  readonly format?: PrivateKeyFormat;
}

/**
 * The text of a private key file, which ends in a line end, as long work. A key type that the format does not hold is an
 * assertion: ask `findPrivateKeyFormat(format).holds(key.type)` first.
 *
 * @example
 * const text = runAtOnce(writePrivateKey(key, { format: 'pkcs8', passphrase: utf8Encode('secret'), random }));
 */
export function writePrivateKey(key: PrivateKey, options: WritePrivateKeyOptions): LongWork<string> {
  const { format = 'openssh' } = options;
  const row = findPrivateKeyFormat(format);
  assert(row?.holds(key.type) === true, `${key.type} keys do not stand in ${format} files`);
  return row.write(key, { ...options, ...everything });
}

/** The text of an openssh-key-v1 file: `writePrivateKey` with `format: 'openssh'`. */
export function writeOpensshKey(key: PrivateKey, options: WriteOptions): LongWork<string> {
  return writePrivateKey(key, { ...options, format: 'openssh' });
}

/** The traditional PEM format of a key type, which `ssh-keygen -m PEM` writes; undefined where it has none. */
export function traditionalFormatOf(keyType: string): PrivateKeyFormat | undefined {
  return traditionalFormats.find((row) => row.holds(keyType))?.name;
}

/** Shorter passphrases are refused by OpenSSH for PEM files (PKCS#1, SEC1, DSA, PKCS#8), as it writes them. */
export const minimumPemPassphraseSizeBytes = 5;
