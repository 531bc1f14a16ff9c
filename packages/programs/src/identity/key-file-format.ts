/** Which of the core's formats of private key files are such to OpenSSH, and how to open them. */
import {
  aesKeyFileCiphers,
  findKeyType,
  opensshFormat,
  plainTraditionalFormats,
  type KeyFileCiphers,
  type PrivateKeyFormatRow,
} from '@seashell/core/keys';
import { DecodeError, utf8DecodeLossy } from '@seashell/core/wire';

/** A format, with the ciphers that its files may need. */
export interface KeyFileReader {
  readonly format: PrivateKeyFormatRow;
  readonly ciphers: KeyFileCiphers;
}

/** What virtual hosts and most people have: OpenSSH's own format, and plain files of the traditional ones. */
const usualFormats = [opensshFormat, ...plainTraditionalFormats];

/**
 * The reader of a file, if it is a private key file; PuTTY's are none to OpenSSH. The other formats and ciphers come when a file first
 * needs them; `not loaded` where they do not, as without a network.
 */
export async function keyFileReaderOf(file: Uint8Array): Promise<KeyFileReader | undefined | 'not loaded'> {
  const usual = usualFormats.find((format) => format.recognizes(file));
  if (usual !== undefined && !needsOtherCipher(usual, file)) return { format: usual, ciphers: aesKeyFileCiphers };
  // PuTTY's files have no such line.
  if (!utf8DecodeLossy(file).includes('-----BEGIN ')) return undefined;
  const all = await import('@seashell/core/key-formats').catch(() => undefined);
  if (all === undefined) return 'not loaded';
  const { allKeyFileCiphers, findPrivateKeyFormat, privateKeyFormatOf } = all;
  const name = privateKeyFormatOf(file);
  const format = name === undefined || name.startsWith('ppk') ? undefined : findPrivateKeyFormat(name);
  return format === undefined ? undefined : { format, ciphers: allKeyFileCiphers };
}

function needsOtherCipher(format: PrivateKeyFormatRow, file: Uint8Array): boolean {
  try {
    const { encrypted, cipher } = format.inspect(file, { find: findKeyType });
    return encrypted && aesKeyFileCiphers.find(cipher) === undefined;
  } catch (error) {
    if (error instanceof DecodeError) return false;
    throw error;
  }
}
