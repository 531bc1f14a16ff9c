/** ssh-keygen -i: a public key of another format (-m) as OpenSSH's line. */
import { decodePublicKey, isKeyTypeOf, printPublicLine, publicKeyBlobType, type PublicKey } from '@seashell/core/keys';
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
    const key = readRfc4716(utf8DecodeLossy(file), run.system.host.openSsh);
    return 'fault' in key ? run.failAll(rfc4716Failures(run, key)) : print(run, key);
  }
  const key = readPublicPem(file, format, run.system.host.openSsh);
  if (key !== undefined && isKeyTypeOf(run.system.host.openSsh, key.type)) return print(run, key);
  return run.fail({ text: pemWords(key === undefined ? path : key, format), to: 'log', status: 255 });
}

/** EVP_PKEY_DSA: of what PEM can hold, the only type that a version of OpenSSH has lost. */
const lostTypeNumber = 116;

/** What is wrong with a file, or with a key that the version does not know. */
function pemWords(wrong: string | PublicKey, format: 'PKCS8' | 'PEM'): string {
  if (typeof wrong === 'object') return `do_convert_from_pkcs8: unsupported pubkey type ${lostTypeNumber}`;
  if (format === 'PEM') return 'do_convert_from_pem: unrecognised raw private key format';
  return `do_convert_from_pkcs8: ${wrong} is not a recognised public key format`;
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

interface Rfc4716Fault {
  readonly fault: 'private' | 'base64' | 'key' | 'type' | 'line';
  /** Behind the name of a type that is not known. */
  readonly sizeBytes?: number;
}

/** Of the length in front of a string. */
const uint32SizeBytes = 4;

/**
 * do_convert_from_ssh2(), which is laxer than RFC 4716: every line with a blank behind a colon is a header, one that ends in a
 * backslash goes on, and the rest up to `END` is Base64.
 */
function readRfc4716(text: string, openssh: '10' | '6.6'): PublicKey | Rfc4716Fault {
  let base64 = '';
  let continues = false;
  for (const line of linesOf(text)) {
    if (line.length > longestLine) return { fault: 'line' };
    const skips = continues;
    continues = line.endsWith('\\');
    if (line.startsWith('----') || line.includes(': ')) {
      if (line.includes('---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----')) return { fault: 'private' };
      if (line.includes(' END ')) break;
    } else if (!skips) {
      base64 += line.trim();
    }
  }
  const blob = base64Decode(base64);
  if (blob === undefined) return { fault: 'base64' };
  try {
    const type = publicKeyBlobType(blob);
    if (isKeyTypeOf(openssh, type)) return decodePublicKey(blob);
    return { fault: 'type', sizeBytes: blob.length - uint32SizeBytes - type.length };
  } catch (error) {
    if (error instanceof DecodeError) return { fault: 'key' };
    throw error;
  }
}

/** get_line(): each ends with CR, LF or both, and what stands behind the last end is none. */
function linesOf(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/).slice(0, -1);
}

/** Of its buffer of 1024 bytes. */
const longestLine = 1022;

/** Differs from OpenSSH: unencrypted private keys of ssh.com are not read. */
function rfc4716Failures(run: KeygenRun, { fault, sizeBytes = 0 }: Rfc4716Fault): readonly Failure[] {
  if (run.isOld && fault === 'type') return unknownType66(sizeBytes);
  if (fault === 'line') return [{ text: 'input line too long.', to: 'log', status: 255 }];
  if (run.isOld) {
    const words = fault === 'base64' ? 'uudecode failed.' : 'decode blob failed.';
    return [{ text: words, to: 'stderr', status: 1 }];
  }
  const words = {
    private: 'private key conversion failed',
    base64: 'base64 decode: invalid format',
    key: 'parse key: invalid format',
    type: 'parse key: unknown or unsupported key type',
  }[fault];
  return [{ text: `do_convert_from_ssh2: ${words}`, to: 'log', status: 255 }];
}

function unknownType66(sizeBytes: number): readonly Failure[] {
  const rest = sizeBytes === 0 ? [] : [`key_from_blob: remaining bytes in key blob ${sizeBytes}`];
  return [...rest, 'do_convert_from: unsupported key type unknown'].map((text) => ({ text, to: 'log', status: 255 }));
}
