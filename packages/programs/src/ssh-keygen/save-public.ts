/** A public key's file: one line. */
import { printPublicLine, type PublicKey } from '@seashell/core/keys';
import { utf8Encode } from '@seashell/core/wire';
import { isSystemError } from '@seashell/system';
import { saveFile } from '../storage/save-file.ts';
import type { KeygenRun } from './run.ts';

/**
 * Writes `type base64 comment`; the system's words if it cannot. The blank stands even before an empty comment. Differs from OpenSSH:
 * a line end within the comment becomes a blank, and no second line.
 */
export async function savePublicKey(
  run: KeygenRun,
  path: string,
  { key, comment }: { readonly key: PublicKey; readonly comment: string },
): Promise<string | undefined> {
  try {
    const bytes = utf8Encode(`${printPublicLine(key)} ${comment.replaceAll(/[\r\n]/g, ' ')}\n`);
    await saveFile(run.system, path, { bytes, mode: 0o644 });
    return undefined;
  } catch (error) {
    if (isSystemError(error)) return error.message;
    throw error;
  }
}
