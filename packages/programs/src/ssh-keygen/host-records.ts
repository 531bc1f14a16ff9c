/** ssh-keygen -r: SSHFP records of a host's keys. do_print_resource_record() of ssh-keygen.c, export_dns_rr() of dns.c. */
import { printSshfp, sshfpHashNames, sshfpRecord, type SshfpHashName } from '@seashell/core/files';
import { findFingerprintHash } from '@seashell/core/keys';
import { isSystemError } from '@seashell/system';
import { loadPublic, publicMissing, type LoadedPublic } from './load-public.ts';
import type { KeygenRun } from './run.ts';
import type { Failure } from './texts.ts';

const fatal = (text: string): Failure => ({ text, to: 'log', status: 255 });

/** Where hosts keep their keys, in the order in which a version asks for them. */
const hostKeyFiles = {
  '10': ['rsa', 'ecdsa', 'ed25519'],
  '6.6': ['rsa', 'dsa', 'ecdsa'],
} as const;

/** A record line was printed, or a word said; or the file is not there. */
type Outcome = 'done' | 'missing' | number;

export async function printHostRecords(run: KeygenRun): Promise<number> {
  const { file } = run.request;
  if (file !== undefined) {
    const outcome = await printRecords(run, file);
    if (outcome === 'missing')
      return run.fail(run.isOld ? plain(`${file}: ${publicMissing}`) : fatal(`${file}: ${publicMissing}`));
    return outcome === 'done' ? 0 : outcome;
  }
  let done = 0;
  for (const name of hostKeyFiles[run.system.host.openSsh]) {
    const outcome = await printRecords(run, `/etc/ssh/ssh_host_${name}_key`);
    if (typeof outcome === 'number') return outcome;
    if (outcome === 'done') done += 1;
  }
  return done > 0 ? 0 : run.fail(fatal('no keys found.'));
}

const plain = (text: string): Failure => ({ text, to: 'stderr', status: 1 });

async function printRecords(run: KeygenRun, file: string): Promise<Outcome> {
  const hashes = readHashes(run.isOld ? [] : run.request.options);
  if (!Array.isArray(hashes)) {
    const status = await run.fail(hashes);
    return status === 0 ? 'done' : status;
  }
  try {
    await run.system.files.status(file);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (error.code === 'ENOENT') return 'missing';
    return run.fail(run.isOld ? plain(`${file}: ${error.message}`) : fatal(`${file}: ${error.message}`));
  }
  const loaded = await loadPublic(run, file);
  if (loaded === undefined) return run.fail(readFailure(run, file));
  await printKey(run, loaded, hashes);
  return 'done';
}

function readFailure(run: KeygenRun, file: string): Failure {
  if (run.isOld) return { text: `failed to read v2 public key from ${file}.`, to: 'stdout', status: 1 };
  return fatal(`Failed to read v2 public key from "${file}": ${publicMissing}`);
}

/** -O hashalg: one hash alone. A word that is none is an error that does not count as one. */
function readHashes(options: readonly string[]): string[] | Failure {
  let chosen: string[] = [...sshfpHashNames];
  for (const option of options) {
    const [, name] = /^hashalg=(.*)$/is.exec(option) ?? [];
    if (name === undefined) return { text: `Invalid option "${option}"`, to: 'log', status: 0 };
    const hash = findFingerprintHash(name);
    if (hash === undefined) return fatal('Unsupported hash algorithm');
    chosen = [hash];
  }
  return chosen;
}

const sshfpNames: ReadonlyMap<string, SshfpHashName> = new Map(sshfpHashNames.map((name) => [name, name]));

async function printKey(run: KeygenRun, { held }: LoadedPublic, hashes: readonly string[]): Promise<void> {
  // 6.6 is older than the number of Ed25519; a certificate has none.
  const hasNumber = held.kind === 'key' && !(run.isOld && held.key.type === 'ssh-ed25519');
  const records = hashes.flatMap((name) => {
    const hash = sshfpNames.get(name);
    return hash === undefined || !hasNumber ? [] : (sshfpRecord(held.key, hash) ?? []);
  });
  const { hostname = '', generic } = run.request;
  for (const record of records) await run.print(printSshfp(hostname, record, { generic }));
  if (records.length === 0) await run.log.error('export_dns_rr: unsupported algorithm and/or digest_type');
}
