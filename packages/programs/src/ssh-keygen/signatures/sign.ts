/** ssh-keygen -Y sign: a signature beside each file, or of standard input on standard output. */
import { armourSshsig, signSshsig, signWithKey, type HashedMessage } from '@seashell/core/signatures';
import { keyTypeOf, type SecurityKey } from '@seashell/core/keys';
import { isSystemError, type SystemError } from '@seashell/system';
import { isSecurityKey, wantsPin, wantsTouch } from '../../identity/security-key-device.ts';
import { writeAll } from '../../storage/write-all.ts';
import { mayWrite } from '../confirm-overwrite.ts';
import { readPassphrase } from '../../terminal/read-passphrase.ts';
import type { KeygenRun } from '../run.ts';
import { presenceWords, runWithDevice } from '../security-key.ts';
import { readSignatureOptions } from './options.ts';
import { hashDescriptor } from './read-signature.ts';
import { loadSigningKey, type SigningKey } from './signing-key.ts';

/** Signs; the exit status. The first file that fails ends it. */
export async function signFiles(run: KeygenRun): Promise<number> {
  const { operands } = run;
  if (operands.length > 1 && operands.includes('-')) {
    await run.log.error('Cannot sign mix of paths and standard input');
    return 255;
  }
  const options = await readSignatureOptions(run, ['hashalg']);
  const key = options === undefined ? undefined : await loadSigningKey(run, run.request.file ?? '');
  if (options === undefined || key === undefined) return 255;
  const job = { key, hashName: options.hashName };
  for (const path of operands.length === 0 ? ['-'] : operands) {
    const isDone = path === '-' ? await signStandardInput(run, job) : await signFile(run, path, job);
    if (!isDone) return 255;
  }
  return 0;
}

interface SigningJob {
  readonly key: SigningKey;
  readonly hashName: string;
}

async function signStandardInput(run: KeygenRun, job: SigningJob): Promise<boolean> {
  const shown = run.operands.length === 0 ? '(stdin)' : '-';
  const text = await signDescriptor(run, { ...job, descriptor: 0, shown });
  if (text === undefined) return false;
  await writeAll(run.system.streams, 1, text);
  return true;
}

async function signFile(run: KeygenRun, path: string, job: SigningJob): Promise<boolean> {
  const descriptor = await openOr(() => run.system.files.open(path, { access: 'read' }));
  if (typeof descriptor !== 'number') {
    await run.log.error(`Cannot open ${path} for signing: ${descriptor.message}`);
    return false;
  }
  try {
    const text = await signDescriptor(run, { ...job, descriptor, shown: path });
    return text !== undefined && (await saveSignature(run, `${path}.sig`, text));
  } finally {
    await run.system.streams.close(descriptor);
  }
}

async function openOr(open: () => Promise<number>): Promise<number | SystemError> {
  try {
    return await open();
  } catch (error) {
    if (isSystemError(error)) return error;
    throw error;
  }
}

interface DescriptorJob extends SigningJob {
  readonly descriptor: number;
  readonly shown: string;
}

/** The armoured signature; undefined if there is none, which has been said then. */
async function signDescriptor(run: KeygenRun, job: DescriptorJob): Promise<string | undefined> {
  if (!run.request.quiet) {
    const what = job.descriptor === 0 ? 'data on standard input' : `file ${job.shown}`;
    await writeAll(run.system.streams, 2, `Signing ${what}\n`);
  }
  const message = await hashMessage(run, job);
  if (typeof message === 'string') {
    await run.log.error(`sshsig_sign_fd: hash_file: ${message}`);
    await run.log.error(`Signing ${job.shown} failed: ${message}`);
    return undefined;
  }
  const { key, signer } = job.key;
  const work = signSshsig({ signer, message, namespace: run.request.principals ?? '' });
  if (isSecurityKey(key)) return signByDevice(run, work, { ...job, securityKey: key });
  const random = (sizeBytes: number): Uint8Array => run.system.random.bytes(sizeBytes);
  return armourSshsig(signWithKey(work, { key, random }));
}

/** The PIN is asked for before the device is; the touch is asked for even with -q. */
async function signByDevice(
  run: KeygenRun,
  work: ReturnType<typeof signSshsig>,
  job: DescriptorJob & { readonly securityKey: SecurityKey },
): Promise<string | undefined> {
  const { securityKey: key, shown } = job;
  const pin = wantsPin(key) ? await askPin(run, key) : undefined;
  if (wantsTouch(key)) await writeAll(run.system.streams, 2, `${presenceWords(key)}\n`);
  const signed = await runWithDevice(run, work, { key, pin });
  if (typeof signed !== 'string') return armourSshsig(signed);
  await run.log.error(`Couldn't sign message: ${signed}`);
  await run.log.error(`Signing ${shown} failed: ${signed}`);
  return undefined;
}

function askPin(run: KeygenRun, key: SecurityKey): Promise<string> {
  return readPassphrase(run.system, `Enter PIN for ${keyTypeOf(key).shortName} key: `, { allowStdin: true });
}

/** The hash of what is signed, or in ssherr.c's words why there is none. */
async function hashMessage(run: KeygenRun, { descriptor, hashName }: DescriptorJob): Promise<HashedMessage | string> {
  try {
    return (await hashDescriptor(run, descriptor, hashName)) ?? 'signature algorithm not supported';
  } catch (error) {
    if (!isSystemError(error)) throw error;
    await run.log.error(`hash_file: read: ${error.message}`);
    return error.message;
  }
}

/** Asks before it writes over a file; a no is no failure. */
async function saveSignature(run: KeygenRun, path: string, text: string): Promise<boolean> {
  if (!(await mayWrite(run, path))) return true;
  const options = { access: 'write', create: true, truncate: true, mode: 0o666 } as const;
  const descriptor = await openOr(() => run.system.files.open(path, options));
  if (typeof descriptor !== 'number') {
    await run.log.error(`Cannot open ${path}: ${descriptor.message}`);
    return false;
  }
  try {
    await writeAll(run.system.streams, descriptor, text);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    await run.log.error(`Cannot write to ${path}: ${error.message}`);
    return false;
  } finally {
    await run.system.streams.close(descriptor);
  }
  if (!run.request.quiet) await writeAll(run.system.streams, 2, `Write signature to ${path}\n`);
  return true;
}
