/** Public key files as OpenSSH 6.6's ssh-keygen -l reads them: key_load_public() of authfile.c and key_read() of key.c. */
import { parseKeyLine, type KeyOrCertificate } from '@seashell/core/certificates';
import { keyTypes } from '@seashell/core/keys';
import { base64Decode, utf8DecodeLossy } from '@seashell/core/wire';
import { isSystemError } from '@seashell/system';
import { readFile } from '../storage/read-file.ts';
import type { KeygenRun } from './run.ts';

export interface SpacedPublicKey {
  readonly held: KeyOrCertificate;
  /** With the blank in front of it, as 6.6 prints it; the file's name where there is none. */
  readonly comment: string;
}

/** The first key of the file, else of `.pub` beside it. */
export async function readSpacedPublicFile(
  run: KeygenRun,
  path: string,
  text: string,
): Promise<SpacedPublicKey | undefined> {
  return readSpacedLines(text, path) ?? readSpacedLines(await tryReadText(run, `${path}.pub`), path);
}

function readSpacedLines(text: string, path: string): SpacedPublicKey | undefined {
  for (const line of text.split('\n')) {
    if (line.startsWith('-----BEGIN')) return undefined;
    const found = line === '' || line.startsWith('#') ? undefined : readSpacedLine(line);
    if (found !== undefined) return { held: found.held, comment: found.comment === '' ? path : found.comment };
  }
  return undefined;
}

/** A key and all that follows it on the line, blanks too. */
export function readSpacedLine(line: string): SpacedPublicKey | undefined {
  const read = parseKeyLine(line, { openssh: '6.6' });
  if (!read.ok) return undefined;
  return { held: read.held, comment: /^\s*\S+\s+\S+([^\r\n]*)/.exec(line)?.[1] ?? '' };
}

async function tryReadText(run: KeygenRun, path: string): Promise<string> {
  try {
    return utf8DecodeLossy(await readFile(run.system, path));
  } catch (error) {
    if (isSystemError(error)) return '';
    throw error;
  }
}

/** What key_read() logs when the first word is a key type (`RSA PRIVATE KEY-----`) and no Base64 follows. */
export function uudecodeFailure(text: string): string | undefined {
  const [, type = '', rest] = /^\s*(\S+)\s+(\S.*)$/.exec(text) ?? [];
  const known = keyTypes.filter((row) => row.openSshVersions.includes('6.6'));
  const isType = known.some((row) => row.name === type || row.shortName.toLowerCase() === type.toLowerCase());
  const isBase64 = rest === undefined || base64Decode(rest.split(/\s/)[0] ?? '') !== undefined;
  return isType && !isBase64 ? `key_read: uudecode ${rest} failed` : undefined;
}
