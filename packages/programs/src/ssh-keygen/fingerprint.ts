/** ssh-keygen -l: the fingerprint of each key in a file of public keys, known hosts, authorized keys, or of a private key. */
import {
  encodePublicKey,
  fingerprint,
  fingerprintBody,
  keyBits,
  keyTypeOf,
  parsePublicLine,
  publicKeyOf,
  randomart,
  type FingerprintHashName,
  type PublicKey,
} from '@seashell/core/keys';
import { utf8DecodeLossy } from '@seashell/core/wire';
import { isSystemError, type SystemError } from '@seashell/system';
import { loadPrivateKey, loadPublicKey } from '../identity/load-key.ts';
import { readFile, readToEnd } from '../storage/read-file.ts';
import type { KeygenRun } from './run.ts';

export async function showFingerprints(run: KeygenRun): Promise<number> {
  const hash = run.fingerprintHash;
  const file = await run.askFile(run.texts.askFile, run.defaultFile(run.isOld ? 'rsa' : 'ed25519'));
  if (file === undefined) return 1;
  const text = await readText(run, file);
  if (typeof text !== 'string') return run.fail(run.texts.missingForFingerprint(file, text.message));
  const lines = text.split(/\r?\n/);
  if (file !== '-' && /PRIVATE KEY/.test(lines[0] ?? '')) return showPrivateFile(run, file, hash);
  let shown = 0;
  for (const line of lines) if (await showLine(run, line, hash)) shown += 1;
  return shown > 0 ? 0 : run.fail(run.texts.notPublicKey(file === '-' ? '(stdin)' : file));
}

/** A directory opens but cannot be read: to OpenSSH it is an empty file. */
async function readText(run: KeygenRun, file: string): Promise<string | SystemError> {
  try {
    return utf8DecodeLossy(file === '-' ? await readToEnd(run.system, 0) : await readFile(run.system, file));
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return error.code === 'EISDIR' ? '' : error;
  }
}

async function showPrivateFile(run: KeygenRun, file: string, hash: FingerprintHashName): Promise<number> {
  const loaded = await loadPublicKey(run.system, file);
  if (loaded !== undefined && loaded.comment !== '') {
    return show(run, { key: loaded.key, comment: loaded.comment, hash });
  }
  const opened = await loadPrivateKey(run.system, { path: file, passphrase: '', log: run.log });
  if (opened.outcome === 'key') return show(run, { key: publicKeyOf(opened.key), comment: opened.comment, hash });
  if (loaded !== undefined) return show(run, { key: loaded.key, comment: '', hash });
  return run.fail({ text: `${file} is not a key file.`, to: 'log', status: 255 });
}

/** do_fingerprint()'s order: a bare key, else a key behind host names or options. */
async function showLine(run: KeygenRun, line: string, hash: FingerprintHashName): Promise<boolean> {
  const text = line.trimStart();
  if (text === '' || text.startsWith('#')) return false;
  const bare = parsePublicLine(text);
  if (bare.ok) {
    await show(run, { key: bare.key, comment: bare.comment, hash });
    return true;
  }
  const leading = /^(?:\\"|"(?:\\"|[^"])*"|[^\s"])+/.exec(text)?.[0] ?? '';
  const rest = parsePublicLine(text.slice(leading.length));
  if (!rest.ok) return false;
  await show(run, { key: rest.key, comment: rest.comment === '' ? leading : rest.comment, hash });
  return true;
}

interface ShownKey {
  readonly key: PublicKey;
  readonly comment: string;
  readonly hash: FingerprintHashName;
}

async function show(run: KeygenRun, { key, comment, hash }: ShownKey): Promise<number> {
  const blob = encodePublicKey(key);
  await run.print(
    run.texts.fingerprintLine({
      bits: keyBits(key),
      fingerprint: run.isOld ? fingerprintBody(blob, hash) : fingerprint(blob, hash),
      comment: comment === '' ? 'no comment' : comment,
      type: keyTypeOf(key).shortName,
    }),
  );
  if (run.request.verbosity > 0) {
    await run.print(randomart(key, { hash, openssh: run.system.host.openSsh }));
  }
  return 0;
}
