/** ssh-keygen -k and -Q: makes key revocation lists and asks them. do_gen_krl(), do_check_krl() and krl_dump(). */
import {
  decodeKrl,
  emptyKrl,
  encodeKrl,
  findRevocation,
  krlFaults,
  parseKrlSpecification,
  revoke,
  type Krl,
  type KrlAuthority,
  type RevokedCertificates,
} from '@seashell/core/files';
import { formatAbsoluteTime, type TimeZone } from '@seashell/core/certificates';
import { encodePublicKey, fingerprint, isKeyTypeOf, publicKeyBlobType } from '@seashell/core/keys';
import { DecodeError, hexEncode, utf8DecodeLossy } from '@seashell/core/wire';
import { isSystemError } from '@seashell/system';
import { epochSeconds } from '../local-time.ts';
import { readFile, readToEnd } from '../storage/read-file.ts';
import { saveFile } from '../storage/save-file.ts';
import { expandTilde, loadPublic, publicMissing } from './load-public.ts';
import type { KeygenRun } from './run.ts';
import type { Failure } from './texts.ts';

const fatal = (text: string): Failure => ({ text, to: 'log', status: 255 });

export async function generateKrl(run: KeygenRun): Promise<number> {
  const { file, updateKrl } = run.request;
  if (file === undefined) return run.fail(fatal('KRL generation requires an output file'));
  const absence = await findAbsence(run, file);
  if (absence !== undefined && (absence.code !== 'ENOENT' || updateKrl)) {
    const isMissing = absence.code === 'ENOENT';
    return run.fail(
      fatal(isMissing ? `KRL "${file}" does not exist` : `Cannot access KRL "${file}": ${absence.message}`),
    );
  }
  const authority = await readAuthority(run);
  if (typeof authority === 'object' && 'failure' in authority) return run.fail(authority.failure);
  const before = updateKrl ? await loadKrl(run, file) : emptyKrl({ generated: epochSeconds(run.system) });
  if ('text' in before) return run.fail(before);
  const { serial, comment } = run.request;
  let krl: Krl = {
    ...before,
    ...(serial === undefined ? {} : { version: BigInt(serial.replace(/^\+/, '')) }),
    ...(comment === undefined ? {} : { comment }),
  };
  for (const operand of run.operands) {
    const added = await addFile(run, krl, { path: expandTilde(run, operand), authority });
    if ('text' in added) return run.fail(added);
    krl = added;
  }
  return saveKrl(run, file, krl);
}

async function findAbsence(run: KeygenRun, file: string) {
  try {
    await run.system.files.status(file);
    return undefined;
  } catch (error) {
    if (isSystemError(error)) return error;
    throw error;
  }
}

/** -s: the authority's public key, or `none` for any authority. */
async function readAuthority(run: KeygenRun): Promise<KrlAuthority | { readonly failure: Failure }> {
  const { caKey } = run.request;
  if (caKey === undefined) return undefined;
  if (caKey.toLowerCase() === 'none' && !run.isOld) return 'any';
  const path = expandTilde(run, caKey);
  const loaded = await loadPublic(run, path);
  if (loaded !== undefined) return loaded.held.key;
  return { failure: fatal(`Cannot load CA public key ${path}${run.isOld ? '' : `: ${publicMissing}`}`) };
}

interface Addition {
  readonly path: string;
  readonly authority: KrlAuthority;
}

/** update_krl_from_file(): `-` is the standard input. */
async function addFile(run: KeygenRun, krl: Krl, { path, authority }: Addition): Promise<Krl | Failure> {
  const text = await readSpecification(run, path);
  if (typeof text !== 'string') return text;
  const name = path === '-' ? '(standard input)' : path;
  if (!run.request.quiet) await run.print(`Revoking from ${name}`);
  const read = parseKrlSpecification(text, authority, run.system.host.openSsh);
  if (read.ok) return revoke(krl, read.revocations);
  const place = { none: '', input: `${name}:${read.line}: `, path: `${path}:${read.line}: ` }[read.place];
  return fatal(place + read.message);
}

async function readSpecification(run: KeygenRun, path: string): Promise<string | Failure> {
  try {
    return utf8DecodeLossy(path === '-' ? await readToEnd(run.system, 0) : await readFile(run.system, path));
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return error.code === 'EISDIR' ? '' : fatal(`fopen ${path}: ${error.message}`);
  }
}

async function saveKrl(run: KeygenRun, file: string, krl: Krl): Promise<number> {
  try {
    await saveFile(run.system, file, { bytes: encodeKrl(krl), mode: 0o644 });
    return 0;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return run.fail(fatal(`${run.isOld ? 'open' : 'write'} ${file}: ${error.message}`));
  }
}

/** load_krl(). */
async function loadKrl(run: KeygenRun, path: string): Promise<Krl | Failure> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(run.system, path);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (!run.isOld) return fatal(`Unable to load KRL ${path}: ${error.message}`);
    return fatal(error.code === 'EISDIR' ? 'Unable to load KRL' : `open ${path}: ${error.message}`);
  }
  const krl = await openKrl(run, bytes);
  if (typeof krl === 'string') return fatal(run.isOld ? 'Invalid KRL file' : `Invalid KRL file ${path}: ${krl}`);
  return krl;
}

/** ssh_krl_from_blob(): the list, or in ssherr.c's words why it is none. 10 says more of its header. */
export async function openKrl(run: KeygenRun, bytes: Uint8Array): Promise<Krl | string> {
  try {
    const krl = decodeKrl(bytes);
    if (!run.isOld) await run.log.debug1(describeKrl(run, krl));
    return hasUnknownAuthority(run, krl) ? unknownType : krl;
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const words = wordsOf(error, bytes);
    if (!run.isOld && headerFields.has(error.path))
      await run.log.error(`ssh_krl_from_blob: parse KRL header: ${words}`);
    return words;
  }
}

function describeKrl(run: KeygenRun, { version, generated, comment }: Krl): string {
  const remark = comment === '' ? '' : `: ${comment}`;
  return `KRL version ${version} generated at ${formatTimestamp(generated, run.zone)}${remark}`;
}

const unknownType = 'unknown or unsupported key type';

function hasUnknownAuthority(run: KeygenRun, krl: Krl): boolean {
  const { openSsh } = run.system.host;
  return krl.certificates.some(({ authority }) => authority !== undefined && !isKeyTypeOf(openSsh, authority.type));
}

/** Of which 10 has a word more. */
const headerFields: ReadonlySet<string> = new Set(
  ['version', 'generated', 'flags', 'reserved', 'comment'].map((field) => `krl.${field}`),
);

const magicSizeBytes = 8;

function wordsOf({ reason }: DecodeError, bytes: Uint8Array): string {
  const known = Object.values(krlFaults).find((each) => each === reason);
  if (known !== undefined) return known;
  if (bytes.length < magicSizeBytes) return krlFaults.magic;
  return /^(?:length|expected \d+ bytes)/.test(reason) ? 'incomplete message' : 'invalid format';
}

export async function checkKrl(run: KeygenRun): Promise<number> {
  const { file, operations } = run.request;
  if (file === undefined) return run.fail(fatal('KRL checking requires an input file'));
  const krl = await loadKrl(run, file);
  if ('text' in krl) return run.fail(krl);
  if (operations.has('fingerprint') && !run.isOld) await listKrl(run, krl);
  let revoked = 0;
  for (const path of run.operands) {
    const loaded = await loadPublic(run, path);
    if (loaded === undefined) {
      return run.fail(fatal(`Cannot load public key ${path}${run.isOld ? '' : `: ${publicMissing}`}`));
    }
    const { held, comment } = loaded;
    const isRevoked = findRevocation(krl, held) !== undefined;
    if (isRevoked) revoked += 1;
    await run.print(`${path}${comment === '' ? '' : ` (${comment})`}: ${isRevoked ? 'REVOKED' : 'ok'}`);
  }
  return revoked > 0 ? 1 : 0;
}

async function listKrl(run: KeygenRun, krl: Krl): Promise<void> {
  const head = [
    `# KRL version ${krl.version}`,
    `# Generated at ${formatTimestamp(krl.generated, run.zone)}`,
    ...(krl.comment === '' ? [] : [`# Comment: ${krl.comment}`]),
    '',
  ];
  for (const line of head) await run.print(line);
  for (const blob of krl.keys) await listKey(run, blob);
  const lines = [
    ...krl.sha256.map((digest) => `hash: SHA256:${hexEncode(digest)}`),
    ...krl.sha1.map((digest) => `# hash SHA1:${hexEncode(digest)}`),
    ...krl.certificates.flatMap(describeCertificates),
  ];
  for (const line of lines) await run.print(line);
}

/** `20261123T223056`. */
function formatTimestamp(seconds: bigint, zone: TimeZone): string {
  return formatAbsoluteTime(seconds, zone).replaceAll(/[-:]/g, '');
}

/** A key of a type that this version does not know is an error that ends nothing. */
async function listKey(run: KeygenRun, blob: Uint8Array): Promise<void> {
  const type = publicKeyBlobType(blob);
  if (isKeyTypeOf(run.system.host.openSsh, type)) return run.print(`hash: ${fingerprint(blob)} # ${type}`);
  return run.log.error(`parse KRL key: ${unknownType}`);
}

function describeCertificates({ authority, serials, keyIds }: RevokedCertificates): readonly string[] {
  return [
    '',
    authority === undefined ? '# Wildcard CA' : `# CA key ${authority.type} ${fingerprint(encodePublicKey(authority))}`,
    ...serials.map(({ first, last }) => (first === last ? `serial: ${first}` : `serial: ${first}-${last}`)),
    ...keyIds.map((keyId) => `id: ${keyId}`),
  ];
}
