/** A key or certificate from a file, as most operations take it, and the user's own `~` in a path. */
import type { KeyOrCertificate } from '@seashell/core/certificates';
import { loadPublicFile, loadPublicLine } from '../identity/load-public.ts';
import type { KeygenRun } from './run.ts';

export interface LoadedPublic {
  readonly held: KeyOrCertificate;
  /** The path where the file has none; empty for a private key's file. */
  readonly comment: string;
}

/** What OpenSSH says whatever the cause. */
export const publicMissing = 'No such file or directory';

/** 6.6 does not look into private keys, and keeps the blank that stands before the comment. */
export async function loadPublic(run: KeygenRun, path: string): Promise<LoadedPublic | undefined> {
  const loaded = await (run.isOld ? loadPublicLine : loadPublicFile)(run.system, path);
  if (loaded === undefined) return undefined;
  const { held, comment, commentOrPath } = loaded;
  return { held, comment: run.isOld && comment !== '' ? ` ${comment}` : commentOrPath };
}

/** tilde_expand_filename() for the user's own home. */
export function expandTilde(run: KeygenRun, path: string): string {
  return path === '~' || path.startsWith('~/') ? run.user.home + path.slice(1) : path;
}
