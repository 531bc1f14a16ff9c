/** ssh-keygen -e: a public key, or the public half of a private one, in another format (-m): RFC 4716, PKCS8 or PEM. */
import type { KeyOrCertificate } from '@seashell/core/certificates';
import { encodePublicKey, keyBits, publicKeyOf } from '@seashell/core/keys';
import { base64Encode } from '@seashell/core/wire';
import { loadPublicFile, loadPublicLine } from '../identity/load-public.ts';
import { statusError } from '../storage/read-file.ts';
import { writeAll } from '../storage/write-all.ts';
import { loadIdentity } from './load-identity.ts';
import { printPublicPem } from './public-pem.ts';
import type { KeygenRun } from './run.ts';
import { shortNameOf } from './show-key.ts';

export async function exportKey(run: KeygenRun): Promise<number> {
  const path = await run.askFile();
  if (typeof path === 'number') return path;
  const missing = await statusError(run.system, path);
  if (missing !== undefined) {
    return run.fail({ text: `ssh-keygen: ${path}: ${missing}`, to: 'log', status: 255 });
  }
  // 6.6 opens the private file where 10 reads its public half.
  const loadPublic = run.isOld ? loadPublicLine : loadPublicFile;
  const held = (await loadPublic(run.system, path))?.held ?? (await loadPublicHalf(run, path));
  if (typeof held === 'number') return held;
  const format = run.request.format ?? 'RFC4716';
  const text =
    format === 'RFC4716' ? printRfc4716(run, held) : printPublicPem(held.key, format, run.system.host.openSsh);
  if (text === undefined) {
    const operation = format === 'PEM' ? 'do_convert_to_pem' : 'do_convert_to_pkcs8';
    const words = `${operation}: unsupported key type ${shortNameOf(held)}`;
    return run.fail({ text: words, to: 'log', status: 255 });
  }
  await writeAll(run.system.streams, 1, text);
  return 0;
}

async function loadPublicHalf(run: KeygenRun, path: string): Promise<KeyOrCertificate | number> {
  const loaded = await loadIdentity(run, path);
  if (typeof loaded === 'number') return loaded;
  const key = publicKeyOf(loaded.key);
  return { kind: 'key', key, blob: encodePublicKey(key) };
}

/** RFC 4716 3.3: with its quotes and its tag the comment's line fits into 72 characters. */
const maximumCommentLength = 60;
const lineLength = 70;

/** As ssh-keygen writes it: with a comment that says what was converted, by whom. */
function printRfc4716(run: KeygenRun, held: KeyOrCertificate): string {
  const comment = `${keyBits(held.key)}-bit ${shortNameOf(held)}, converted by ${run.usualComment} from OpenSSH`;
  const base64 = base64Encode(held.blob);
  const lines = base64.match(new RegExp(`.{1,${lineLength}}`, 'g')) ?? [];
  // 6.6 ends the last line twice when it is full.
  const full = run.isOld && base64.length % lineLength === 0 ? [''] : [];
  return [
    '---- BEGIN SSH2 PUBLIC KEY ----',
    `Comment: "${comment.slice(0, maximumCommentLength)}"`,
    ...lines,
    ...full,
    '---- END SSH2 PUBLIC KEY ----',
    '',
  ].join('\n');
}
