/** ssh-keygen -l and -B: the fingerprint of each key in a file of public keys, known hosts, authorized keys, or of a private key. */
import { parseKeyLine } from '@seashell/core/certificates';
import { publicKeyOf } from '@seashell/core/keys';
import { isSystemError, type SystemError } from '@seashell/system';
import { loadPrivateKey } from '../identity/load-key.ts';
import { loadPublicFile } from '../identity/load-public.ts';
import { readFile, readToEnd } from '../storage/read-file.ts';
import { formatOpenFailure } from './load-identity.ts';
import { decodeKeepingBytes } from './printable.ts';
import { readSpacedLine, readSpacedPublicFile, uudecodeFailure } from './public-file-6.6.ts';
import type { KeygenRun } from './run.ts';
import { showKey, type ShownKey } from './show-key.ts';

export async function showFingerprints(run: KeygenRun): Promise<number> {
  const file = await run.askFile();
  if (typeof file === 'number') return file;
  const text = await readText(run, file);
  if (typeof text !== 'string') return run.fail(run.texts.missingForFingerprint(file, text.message));
  if (run.isOld) return showFile66(run, file, text);
  const lines = text.split(/\r?\n/);
  if (file !== '-' && /PRIVATE KEY/.test(lines[0] ?? '')) return showPrivateFile(run, file);
  return showLines(run, file, lines);
}

/** A directory opens but cannot be read: to OpenSSH it is an empty file. 6.6 knows no `-` for the standard input. */
async function readText(run: KeygenRun, file: string): Promise<string | SystemError> {
  try {
    const isStdin = file === '-' && !run.isOld;
    return decodeKeepingBytes(isStdin ? await readToEnd(run.system, 0) : await readFile(run.system, file));
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return error.code === 'EISDIR' ? '' : error;
  }
}

/** fingerprint_private(): the comment of the public file, else that of the private one. */
async function showPrivateFile(run: KeygenRun, file: string): Promise<number> {
  const loaded = await loadPublicFile(run.system, file);
  if (loaded === undefined) await run.log.debug1(`load public "${file}": No such file or directory`);
  const publicComment = loaded === undefined ? '' : loaded.commentOrPath;
  if (loaded !== undefined && publicComment !== '') return showOne(run, loaded.held, publicComment);
  const opened = await loadPrivateKey(run.system, { path: file, passphrase: '', log: run.log });
  if (opened.outcome === 'key') {
    const held = { kind: 'key', key: publicKeyOf(opened.key) } as const;
    return showOne(run, held, opened.hasComment ? opened.comment : undefined);
  }
  await run.log.debug1(`load private "${file}": ${formatOpenFailure(opened)}`);
  if (loaded !== undefined) return showOne(run, loaded.held, undefined);
  return run.fail({ text: `${file} is not a key file.`, to: 'log', status: 255 });
}

async function showOne(run: KeygenRun, held: ShownKey, comment: string | undefined): Promise<number> {
  await showKey(run, held, comment);
  return 0;
}

async function showLines(run: KeygenRun, file: string, lines: readonly string[]): Promise<number> {
  let shown = 0;
  const name = file === '-' && !run.isOld ? '(stdin)' : file;
  for (const [index, line] of lines.entries()) {
    const place = `${name}:${index + 1}`;
    if (await (run.isOld ? showLine66(run, line) : showLine(run, line, place))) shown += 1;
  }
  return shown > 0 ? 0 : run.fail(run.texts.notPublicKey(name));
}

/** do_fingerprint()'s order: a bare key, else a key behind host names or options, which stand for a comment that is not there. */
async function showLine(run: KeygenRun, line: string, place: string): Promise<boolean> {
  const text = line.replace(/^[ \t]+/, '');
  if (text === '' || text.startsWith('#')) return false;
  const known = { openssh: run.system.host.openSsh };
  const bare = parseKeyLine(text, known);
  if (bare.ok) {
    await showKey(run, bare.held, commentOf(bare.comment));
    return true;
  }
  const { leading, behind } = splitLeading(text);
  const rest = parseKeyLine(behind, known);
  if (!rest.ok) {
    if (behind !== '') await run.log.debug1(`${place}: not a public key`);
    return false;
  }
  await showKey(run, rest.held, commentOf(rest.comment) ?? leading);
  return true;
}

const commentOf = (text: string): string | undefined => (text === '' || text.startsWith('#') ? undefined : text);

/** Host names or options: up to the first blank that is not within double quotes. */
function splitLeading(text: string): { readonly leading: string; readonly behind: string } {
  const leading = /^(?:\\"|"(?:\\"|[^"])*(?:"|$)|[^ \t"])+/.exec(text)?.[0] ?? '';
  return { leading, behind: text.slice(leading.length) };
}

/** 6.6 takes the first key of a public file, or of the one beside it with `.pub`, before it looks at lines with something in front. */
async function showFile66(run: KeygenRun, file: string, text: string): Promise<number> {
  const found = await readSpacedPublicFile(run, file, text);
  if (found !== undefined) return showOne(run, found.held, found.comment);
  return showLines(run, file, text.split('\n'));
}

async function showLine66(run: KeygenRun, line: string): Promise<boolean> {
  const text = line.replace(/^[ \t]+/, '');
  if (text === '' || text.startsWith('#')) return false;
  const { leading, behind } = splitLeading(text);
  const failure = uudecodeFailure(behind);
  if (failure !== undefined) await run.log.error(failure);
  const found = readSpacedLine(behind);
  if (found === undefined) return false;
  await showKey(run, found.held, found.comment === '' ? leading : found.comment);
  return true;
}
