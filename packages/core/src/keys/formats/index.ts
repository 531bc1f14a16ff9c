/** Private key files of any format: told apart by the BEGIN line, one row each. */
import type { LongWork } from '../../long-work.ts';
import { DecodeError } from '../../wire/decode-error.ts';
import { inspectOpensshKey, openOpensshKey, opensshLabel } from './openssh.ts';
import { decodePem } from './pem.ts';
import { inspectPkcs1Key, openPkcs1Key, pkcs1Label } from './pkcs1.ts';
import type { OpenedPrivateKey, OpenOptions, PrivateKeyInspection } from './private-key-file.ts';

interface FormatRow {
  readonly label: string;
  inspect(file: Uint8Array): PrivateKeyInspection;
  open(file: Uint8Array, options: OpenOptions): LongWork<OpenedPrivateKey>;
}

// oxlint-disable-next-line require-yield -- the legacy key derivation takes no time
function* openPkcs1(file: Uint8Array, options: OpenOptions): LongWork<OpenedPrivateKey> {
  return openPkcs1Key(file, options);
}

const rows: readonly FormatRow[] = [
  { label: opensshLabel, inspect: inspectOpensshKey, open: openOpensshKey },
  { label: pkcs1Label, inspect: inspectPkcs1Key, open: openPkcs1 },
];

function rowOf(file: Uint8Array): FormatRow {
  const { label } = decodePem(file);
  const row = rows.find((each) => each.label === label);
  if (row === undefined) throw new DecodeError(`unknown private key format ${label}`, { path: 'pem', offset: 0 });
  return row;
}

/** What a private key file of any known format shows without its passphrase. Throws DecodeError. */
export function inspectPrivateKey(file: Uint8Array): PrivateKeyInspection {
  return rowOf(file).inspect(file);
}

/**
 * Opens a private key file of any known format, as long work. Throws DecodeError for what is malformed.
 *
 * @example
 * const opened = runAtOnce(openPrivateKey(file, { passphrase: utf8Encode('secret') }));
 * if (opened.outcome === 'key') use(opened.key);
 */
export function openPrivateKey(file: Uint8Array, options: OpenOptions = {}): LongWork<OpenedPrivateKey> {
  return rowOf(file).open(file, options);
}
