/** ssh-keygen -e: a public key, or the public half of a private one, in another format (-m): RFC 4716, PKCS8 or PEM. */
import { encodePublicKey, keyBits, publicKeyOf, publicKeyTypeOf, type PublicKey } from '@seashell/core/keys';
import { base64Encode } from '@seashell/core/wire';
import { loadPublicKey, loadPublicLine } from '../identity/load-key.ts';
import { statusError } from '../storage/read-file.ts';
import { writeAll } from '../storage/write-all.ts';
import { loadIdentity } from './load-identity.ts';
import { printPublicPem } from './public-pem.ts';
import type { KeygenRun } from './run.ts';

export async function exportKey(run: KeygenRun): Promise<number> {
  const path = await run.askFile();
  if (typeof path === 'number') return path;
  const missing = await statusError(run.system, path);
  if (missing !== undefined) {
    return run.fail({ text: `ssh-keygen: ${path}: ${missing}`, to: 'log', status: 255 });
  }
  // 6.6 opens the private file where 10 reads its public half.
  const loadPublic = run.isOld ? loadPublicLine : loadPublicKey;
  const key = (await loadPublic(run.system, path))?.key ?? (await loadPublicHalf(run, path));
  if (typeof key === 'number') return key;
  const format = run.request.format ?? 'RFC4716';
  const text = format === 'RFC4716' ? printRfc4716(run, key) : printPublicPem(key, format, run.system.host.openSsh);
  if (text === undefined) {
    const operation = format === 'PEM' ? 'do_convert_to_pem' : 'do_convert_to_pkcs8';
    const words = `${operation}: unsupported key type ${publicKeyTypeOf(key).shortName}`;
    return run.fail({ text: words, to: 'log', status: 255 });
  }
  await writeAll(run.system.streams, 1, text);
  return 0;
}

async function loadPublicHalf(run: KeygenRun, path: string): Promise<PublicKey | number> {
  const loaded = await loadIdentity(run, path);
  return typeof loaded === 'number' ? loaded : publicKeyOf(loaded.key);
}

/** RFC 4716 3.3: with its quotes and its tag the comment's line fits into 72 characters. */
const maximumCommentLength = 60;
const lineLength = 70;

/** As ssh-keygen writes it: with a comment that says what was converted, by whom. */
function printRfc4716(run: KeygenRun, key: PublicKey): string {
  const name = publicKeyTypeOf(key).shortName;
  const comment = `${keyBits(key)}-bit ${name}, converted by ${run.usualComment} from OpenSSH`;
  const base64 = base64Encode(encodePublicKey(key));
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
