/** A signature file and the message on standard input, read as OpenSSH reads them, with what it says when it cannot. */
import {
  dearmourSshsig,
  findSshsigHash,
  isCutArmour,
  maximumSshsigFileSize,
  type HashedMessage,
} from '@seashell/core/signatures';
import { DecodeError, hexEncode } from '@seashell/core/wire';
import { isSystemError } from '@seashell/system';
import { readTextFile } from '../../storage/read-file.ts';
import type { KeygenRun } from '../run.ts';

/** The bytes in a signature file; undefined when there are none, which has been said then. `within` is OpenSSH's function. */
export async function readSignatureFile(run: KeygenRun, within: string): Promise<Uint8Array | undefined> {
  const text = await readTextFile(run.system, run.request.caKey ?? '');
  if (typeof text !== 'string') {
    await run.log.error(`Couldn't read signature file: ${text.message}`);
    return undefined;
  }
  try {
    return dearmourSshsig(text);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    await run.log.error(error.reason);
    const why = isCutArmour(text, error) ? 'incomplete message' : 'invalid format';
    await run.log.error(`${within}: sshsig_armor: ${why}`);
    return undefined;
  }
}

/** What ssherr.c says of malformed bytes. */
export function decodeErrorWords(error: DecodeError): string {
  if (error.reason.startsWith('unknown key type')) return 'unknown or unsupported key type';
  const size = /^length (\d+) is more than/.exec(error.reason)?.[1];
  if (size !== undefined && Number(size) > largestString) return 'string is too large';
  return size !== undefined || /^expected \d+ bytes, found \d+$/.test(error.reason)
    ? 'incomplete message'
    : 'invalid format';
}

/** sshbuf.h, SSHBUF_SIZE_MAX without the length itself. */
const largestString = 128 * maximumSshsigFileSize - 4;

/** What goes wrong in the first two fields has words of its own; undefined for the others. */
export function beginningErrorWords(error: DecodeError): string | undefined {
  if (error.path === 'sshsig.version' && error.reason.startsWith('Signature version')) return error.reason;
  const isBeginning = error.path === 'sshsig.magic' || error.path === 'sshsig.version';
  return isBeginning ? "Couldn't verify signature: invalid format" : undefined;
}

const chunkBytes = 65_536;

/** The hash of all that a descriptor gives. A read that fails rejects with SystemError. */
export async function hashDescriptor(
  run: KeygenRun,
  descriptor: number,
  hashName: string,
): Promise<HashedMessage | undefined> {
  const found = findSshsigHash(hashName);
  if (found === undefined) {
    await run.log.error(`sshsig_check_hashalg: unsupported hash algorithm "${hashName.slice(0, 100)}"`);
    return undefined;
  }
  const running = found.hash.start();
  let sizeBytes = 0;
  for (;;) {
    const chunk = await readChunk(run, descriptor);
    if (chunk?.length === 0) break;
    if (chunk === undefined) continue;
    running.update(chunk);
    sizeBytes += chunk.length;
  }
  const digest = running.digest();
  await run.log.write('DEBUG2', `hash_file: hashed ${sizeBytes} bytes`);
  await run.log.write('DEBUG3', `hash_file: final hash: ${hexEncode(digest)}`);
  return { hashName: found.hashName, digest };
}

async function readChunk(run: KeygenRun, descriptor: number): Promise<Uint8Array | undefined> {
  try {
    return await run.system.streams.read(descriptor, chunkBytes);
  } catch (error) {
    if (isSystemError(error, 'EINTR')) return undefined;
    throw error;
  }
}
