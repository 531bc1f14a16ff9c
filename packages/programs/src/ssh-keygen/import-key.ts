/** ssh-keygen -i: a public key of another format (-m) as OpenSSH's line. */
import { decodePublicKey, printPublicLine, type PublicKey } from '@seashell/core/keys';
import { base64Decode, DecodeError, utf8DecodeLossy } from '@seashell/core/wire';
import { isSystemError } from '@seashell/system';
import { readFile } from '../storage/read-file.ts';
import { readPublicPem } from './public-pem.ts';
import type { KeygenRun } from './run.ts';
import type { Failure } from './texts.ts';

export async function importKey(run: KeygenRun): Promise<number> {
  const path = await run.askFile();
  if (typeof path === 'number') return path;
  const file = await read(run, path);
  if (typeof file === 'number') return file;
  const format = run.request.format ?? 'RFC4716';
  if (format === 'RFC4716') {
    const key = readRfc4716(utf8DecodeLossy(file));
    return typeof key === 'string' ? run.failAll(rfc4716Failures(run, key)) : print(run, key);
  }
  const key = readPublicPem(file, format);
  if (key !== undefined) return print(run, key);
  const words =
    format === 'PEM'
      ? 'do_convert_from_pem: unrecognised raw private key format'
      : `do_convert_from_pkcs8: ${path} is not a recognised public key format`;
  return run.fail({ text: words, to: 'log', status: 255 });
}

async function print(run: KeygenRun, key: PublicKey): Promise<number> {
  await run.print(printPublicLine(key));
  return 0;
}

async function read(run: KeygenRun, path: string): Promise<Uint8Array | number> {
  try {
    return await readFile(run.system, path);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (error.code === 'EISDIR') return new Uint8Array();
    return run.fail({ text: `ssh-keygen: ${path}: ${error.message}`, to: 'log', status: 255 });
  }
}

type Rfc4716Fault = 'private' | 'base64' | 'key';

/**
 * do_convert_from_ssh2(), which is laxer than RFC 4716: every line with a blank behind a colon is a header, one that ends in a
 * backslash goes on, and the rest up to `END` is Base64.
 */
function readRfc4716(text: string): PublicKey | Rfc4716Fault {
  let base64 = '';
  let continues = false;
  for (const line of text.split('\n')) {
    const skips = continues;
    continues = line.endsWith('\\');
    if (line.startsWith('----') || line.includes(': ')) {
      if (line.includes('---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----')) return 'private';
      if (line.includes(' END ')) break;
    } else if (!skips) {
      base64 += line.trim();
    }
  }
  const blob = base64Decode(base64);
  if (blob === undefined) return 'base64';
  try {
    return decodePublicKey(blob);
  } catch (error) {
    if (error instanceof DecodeError) return 'key';
    throw error;
  }
}

/** Differs from OpenSSH: unencrypted private keys of ssh.com are not read. */
function rfc4716Failures(run: KeygenRun, fault: Rfc4716Fault): readonly Failure[] {
  if (run.isOld) {
    const words = fault === 'base64' ? 'uudecode failed.' : 'decode blob failed.';
    return [{ text: words, to: 'stderr', status: 1 }];
  }
  const words = {
    private: 'private key conversion failed',
    base64: 'base64 decode: invalid format',
    key: 'parse key: invalid format',
  }[fault];
  return [{ text: `do_convert_from_ssh2: ${words}`, to: 'log', status: 255 }];
}
