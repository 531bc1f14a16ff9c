/** Tells the formats apart, one row each, and describes a file: at once as it is, or opened with its passphrase. */
import { allKeyFileCiphers } from '../keys/formats/openssh-other-ciphers.ts';
import { checkNumbersFormat, openOpensshSection, opensshFormat } from '../keys/formats/openssh.ts';
import { findKeyType } from '../keys/key-types/index.ts';
import type { KeyFileLimits, OpenedPrivateKey } from '../keys/formats/private-key-file.ts';
import { isPpk } from '../keys/formats/ppk-text.ts';
import { openPkcs8Der } from '../keys/formats/pkcs8.ts';
import { openPpkBlob, ppk3Format } from '../keys/formats/ppk.ts';
import { isRfc4716 } from '../keys/formats/rfc4716.ts';
import { pemCiphers } from '../keys/formats/block-ciphers.ts';
import { openTraditionalDer } from '../keys/formats/traditional.ts';
import type { LongWork } from '../long-work.ts';
import type { Anatomy } from './anatomy.ts';
import { describeKeyLine } from './formats/key-line.ts';
import { describeKrl, isKrl } from './formats/krl.ts';
import { describeOpenssh } from './formats/openssh.ts';
import { describePem, isPem } from './formats/pem.ts';
import { describePpk } from './formats/ppk.ts';
import { describeRfc4716 } from './formats/rfc4716.ts';
import { describeSshsig, isSshsig } from './formats/sshsig.ts';

/** What describing an encrypted file takes. The passphrase is only read. */
export interface DescribeOptions {
  /** As typed, in UTF-8. */
  readonly passphrase: Uint8Array;
  /** What the file may ask for: the usual limits if not given. */
  readonly limits?: Partial<KeyFileLimits>;
}

/** The anatomy with the decrypted part, or why it cannot be opened. A file that is malformed is described with its fault. */
export type DescribedKeyFile =
  | { readonly outcome: 'anatomy'; readonly anatomy: Anatomy }
  | Exclude<OpenedPrivateKey, { readonly outcome: 'key' }>;

interface DescriptionRow {
  recognizes(file: Uint8Array): boolean;
  describe(file: Uint8Array): Anatomy;
  /** Absent where nothing is ever encrypted. */
  open?(file: Uint8Array, options: DescribeOptions): LongWork<DescribedKeyFile>;
}

const keyTypes = { find: findKeyType };

function* openOpenssh(file: Uint8Array, options: DescribeOptions): LongWork<DescribedKeyFile> {
  const opened = yield* openOpensshSection(file, { ...options, keyTypes, ciphers: allKeyFileCiphers });
  if (opened.outcome !== 'section') return opened;
  const { first, second } = checkNumbersFormat.decode(opened.section);
  if (first !== second) return { outcome: 'wrong-passphrase' };
  const { encrypted } = opensshFormat.inspect(file, keyTypes);
  return { outcome: 'anatomy', anatomy: describeOpenssh(file, encrypted ? opened.section : undefined) };
}

function* openPpk(file: Uint8Array, options: DescribeOptions): LongWork<DescribedKeyFile> {
  const opened = yield* openPpkBlob(file, { ...options, keyTypes });
  if (opened.outcome !== 'blob') return opened;
  const { encrypted } = ppk3Format.inspect(file, keyTypes);
  return { outcome: 'anatomy', anatomy: describePpk(file, encrypted ? opened.blob : undefined) };
}

function* openPem(file: Uint8Array, options: DescribeOptions): LongWork<DescribedKeyFile> {
  if (!describePem(file).isPrivate) return yield* describePlain(file);
  const opened = openTraditionalDer(file, { ...options, ciphers: pemCiphers }) ?? (yield* openPkcs8Der(file, options));
  return opened.outcome === 'der' ? { outcome: 'anatomy', anatomy: describePem(file, opened.der) } : opened;
}

const rows: readonly DescriptionRow[] = [
  {
    recognizes: (file) => opensshFormat.recognizes(file),
    describe: (file) => describeOpenssh(file),
    open: openOpenssh,
  },
  { recognizes: (file) => isPpk(file), describe: (file) => describePpk(file), open: openPpk },
  { recognizes: isPem, describe: (file) => describePem(file), open: openPem },
  { recognizes: isSshsig, describe: describeSshsig },
  { recognizes: isKrl, describe: describeKrl },
  { recognizes: isRfc4716, describe: describeRfc4716 },
  { recognizes: () => true, describe: describeKeyLine },
];

/**
 * What every byte of a key file or line is. Never throws for bytes: where they are malformed, `fault` says so, and the fields before
 * are there.
 *
 * @example
 * const { title, fields } = describeKeyFile(utf8Encode('ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI... demo@laptop'));
 */
export function describeKeyFile(file: Uint8Array): Anatomy {
  return rowOf(file).describe(file);
}

/** The same with what the passphrase opens, as long work. Throws DecodeError where opening does. */
export function describeOpenedKeyFile(file: Uint8Array, options: DescribeOptions): LongWork<DescribedKeyFile> {
  const row = rowOf(file);
  return row.open?.(file, options) ?? describePlain(file);
}

// oxlint-disable-next-line require-yield -- nothing to decrypt
function* describePlain(file: Uint8Array): LongWork<DescribedKeyFile> {
  return { outcome: 'anatomy', anatomy: describeKeyFile(file) };
}

function rowOf(file: Uint8Array): DescriptionRow {
  const row = rows.find((each) => each.recognizes(file));
  if (row === undefined) throw new Error('assertion failed: the last row takes every file');
  return row;
}
