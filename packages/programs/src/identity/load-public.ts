/** Public keys and certificates from wherever a file shows them: sshkey_load_public() of authfile.c. */
import { parseKeyLine, type KeyOrCertificate } from '@seashell/core/certificates';
import { encodePublicKey, keyTypesOf, opensshFormat, type PrivateKeyFormatRow } from '@seashell/core/keys';
import { DecodeError, utf8DecodeLossy } from '@seashell/core/wire';
import { isSystemError, type System } from '@seashell/system';
import { readFile } from '../storage/read-file.ts';
import { keyFileReaderOf } from './key-file-format.ts';

export type PublicLoadingSystem = Pick<System, 'files' | 'streams' | 'host'>;

export interface LoadedPublicFile {
  readonly held: KeyOrCertificate;
  readonly comment: string;
  /** As ssh-keygen -l shows it: the path of a public file without a comment, empty for a private file. */
  readonly commentOrPath: string;
}

/** The file as a public one, `.pub` beside it, or the public half that OpenSSH's own format bundles with a private key. */
export async function loadPublicFile(system: PublicLoadingSystem, path: string): Promise<LoadedPublicFile | undefined> {
  return (await loadPublicLine(system, path)) ?? (await loadHalf(system, path, ownFormatOf));
}

/** The file as a public one, or `.pub` beside it. */
export async function loadPublicLine(system: PublicLoadingSystem, path: string): Promise<LoadedPublicFile | undefined> {
  return (await tryLines(system, path)) ?? (await tryLines(system, `${path}.pub`));
}

/** The first line that is a key of a type that this version knows; what stands before it is no matter. */
async function tryLines(system: PublicLoadingSystem, path: string): Promise<LoadedPublicFile | undefined> {
  const bytes = await tryRead(system, path);
  if (bytes === undefined) return undefined;
  for (const line of utf8DecodeLossy(bytes).split('\n')) {
    if (line.startsWith('-----BEGIN')) return undefined;
    const read = parseKeyLine(line, { openssh: system.host.openSsh });
    if (!read.ok) continue;
    const { held, comment } = read;
    return { held, comment, commentOrPath: comment === '' ? path : comment };
  }
  return undefined;
}

/** The public half that stands in the clear in a private key's file, or can be told from it. */
export function loadPublicHalf(system: PublicLoadingSystem, path: string): Promise<LoadedPublicFile | undefined> {
  return loadHalf(system, path, formatOf);
}

type FindFormat = (file: Uint8Array) => PrivateKeyFormatRow | undefined | Promise<PrivateKeyFormatRow | undefined>;

const ownFormatOf: FindFormat = (file) => (opensshFormat.recognizes(file) ? opensshFormat : undefined);

const formatOf: FindFormat = async (file) => {
  const reader = await keyFileReaderOf(file);
  return reader === 'not loaded' ? undefined : reader?.format;
};

async function loadHalf(
  system: PublicLoadingSystem,
  path: string,
  find: FindFormat,
): Promise<LoadedPublicFile | undefined> {
  const bytes = await tryRead(system, path);
  const format = bytes && (await find(bytes));
  if (bytes === undefined || format === undefined) return undefined;
  try {
    const key = format.inspect(bytes, keyTypesOf(system.host.openSsh)).publicKey;
    if (key === undefined) return undefined;
    return { held: { kind: 'key', key, blob: encodePublicKey(key) }, comment: '', commentOrPath: '' };
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

async function tryRead(system: PublicLoadingSystem, path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(system, path);
  } catch (error) {
    if (isSystemError(error)) return undefined;
    throw error;
  }
}
