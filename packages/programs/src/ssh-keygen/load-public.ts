/** A key or certificate from a file: sshkey_load_public() of authfile.c, which takes `.pub` beside it and a private key's public half. */
import { parseKeyLine, type KeyOrCertificate } from '@seashell/core/certificates';
import { utf8DecodeLossy } from '@seashell/core/wire';
import { isSystemError } from '@seashell/system';
import { loadPublicKey } from '../identity/load-key.ts';
import { readFile } from '../storage/read-file.ts';
import type { KeygenRun } from './run.ts';

export interface LoadedPublic {
  readonly held: KeyOrCertificate;
  /** The path where the file has none; empty for a private key's file. */
  readonly comment: string;
}

/** What OpenSSH says whatever the cause. */
export const publicMissing = 'No such file or directory';

export async function loadPublic(run: KeygenRun, path: string): Promise<LoadedPublic | undefined> {
  const found = (await tryFile(run, path)) ?? (await tryFile(run, `${path}.pub`));
  if (found !== undefined || run.isOld) return found;
  const loaded = await loadPublicKey(run.system, path);
  if (loaded === undefined) return undefined;
  return { held: { kind: 'key', key: loaded.key, blob: loaded.blob }, comment: loaded.commentOrPath };
}

/** The first line that is no comment decides. */
async function tryFile(run: KeygenRun, path: string): Promise<LoadedPublic | undefined> {
  const text = await readText(run, path);
  const line = text?.split('\n').find((each) => !/^[ \t]*(?:#|\r?$)/.test(each));
  const read = line === undefined ? undefined : parseKeyLine(line);
  if (read === undefined || !read.ok) return undefined;
  if (read.comment === '') return { held: read.held, comment: path };
  // 6.6 keeps the blank that stands before the comment.
  return { held: read.held, comment: run.isOld ? ` ${read.comment}` : read.comment };
}

async function readText(run: KeygenRun, path: string): Promise<string | undefined> {
  try {
    return utf8DecodeLossy(await readFile(run.system, path));
  } catch (error) {
    if (isSystemError(error)) return undefined;
    throw error;
  }
}

/** tilde_expand_filename() for the user's own home. */
export function expandTilde(run: KeygenRun, path: string): string {
  return path === '~' || path.startsWith('~/') ? run.user.home + path.slice(1) : path;
}
