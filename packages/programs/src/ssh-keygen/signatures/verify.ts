/** ssh-keygen -Y verify and check-novalidate: the message on standard input, the signature in a file. */
import { findRevocation } from '@seashell/core/files';
import { encodePublicKey, fingerprint, keyTypeOf, publicKeyBlobType } from '@seashell/core/keys';
import {
  checkSshsig,
  decodeSshsig,
  findAllowance,
  keyListRevokes,
  parseAllowedSigners,
  sshsigBlob,
  type HashedMessage,
  type Signer,
  type SshsigFault,
  type SshsigQuestion,
} from '@seashell/core/signatures';
import { base64Encode, DecodeError, equalBytes, utf8DecodeLossy, utf8Encode } from '@seashell/core/wire';
import { isSystemError, type SystemError } from '@seashell/system';
import { readFile } from '../../storage/read-file.ts';
import type { KeygenRun } from '../run.ts';
import { openKrl } from '../revocation-lists.ts';
import { readSignatureOptions } from './options.ts';
import { beginningErrorWords, decodeErrorWords, hashDescriptor, readSignatureFile } from './read-signature.ts';
import { readAllowedSigners, saySteps } from './show-principals.ts';

/** Who is believed; nobody has to be for check-novalidate. */
export interface Trust {
  readonly allowed: { readonly path: string; readonly principal: string } | undefined;
  /** A KRL or a list of keys. */
  readonly revoked: string | undefined;
}

/** Checks and says what came out; the exit status. */
export async function verifyMessage(run: KeygenRun, trust: Trust): Promise<number> {
  const options = await readSignatureOptions(run, ['verify-time', 'print-pubkey']);
  const signer = options === undefined ? undefined : await findSigner(run);
  const isGood =
    options !== undefined && signer !== undefined && (await isTrusted(run, { trust, signer, now: options.verifyTime }));
  if (!isGood) {
    if (!run.request.quiet) await run.print('Could not verify signature.');
    return 255;
  }
  const namespace = run.request.principals ?? '';
  const by = trust.allowed === undefined ? 'with' : `for ${trust.allowed.principal} with`;
  const shown = `${shortNameOf(signer)} key ${fingerprintOf(run, signer)}`;
  if (!run.request.quiet) await run.print(`Good "${namespace}" signature ${by} ${shown}`);
  if (options.printPublicKey) await run.print(`${publicKeyBlobType(signer.blob)} ${base64Encode(signer.blob)}`);
  return 0;
}

/** As `ssh-keygen -l` names it, like `ED25519` or `ED25519-CERT`. */
function shortNameOf({ key, certificate }: Signer): string {
  const { shortName } = keyTypeOf(key);
  return certificate === undefined ? shortName : `${shortName}-CERT`;
}

/** Of a certificate, the certified key's. */
function fingerprintOf(run: KeygenRun, { key }: Signer): string {
  return fingerprint(encodePublicKey(key), run.fingerprintHash);
}

/** Who made the signature in the file; undefined if nobody did, which has been said then. */
async function findSigner(run: KeygenRun): Promise<Signer | undefined> {
  const bytes = await readSignatureFile(run, 'sig_verify');
  if (bytes === undefined) return undefined;
  const hashName = await peekHash(run, bytes);
  const message = hashName === undefined ? undefined : await hashMessage(run, hashName);
  return message === undefined ? undefined : checkMessage(run, bytes, message);
}

/** sshsig_peek_hashalg(): the hash has to be known before the message is read. */
async function peekHash(run: KeygenRun, bytes: Uint8Array): Promise<string | undefined> {
  try {
    const hashName = sshsigBlob.decodePrefix(bytes).value.hashAlgorithm;
    await run.log.write('DEBUG1', `sshsig_verify_fd: signature made with hash "${hashName}"`);
    return hashName;
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const words = `sshsig_peek_hashalg: parse signature object: ${decodeErrorWords(error)}`;
    await run.log.error(beginningErrorWords(error) ?? words);
    return undefined;
  }
}

async function hashMessage(run: KeygenRun, hashName: string): Promise<HashedMessage | undefined> {
  try {
    const message = await hashDescriptor(run, 0, hashName);
    if (message === undefined) await run.log.error('sshsig_verify_fd: hash_file: signature algorithm not supported');
    return message;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    await run.log.error(`hash_file: read: ${error.message}`);
    await run.log.error(`sshsig_verify_fd: hash_file: ${error.message}`);
    return undefined;
  }
}

/** sshsig_wrap_verify(). */
async function checkMessage(run: KeygenRun, bytes: Uint8Array, message: HashedMessage): Promise<Signer | undefined> {
  await run.log.write('DEBUG1', `sshsig_wrap_verify: verify message length ${message.digest.length}`);
  try {
    const signature = decodeSshsig(bytes);
    const check = checkSshsig({ signature, message, namespace: run.request.principals ?? '' });
    if (check.outcome === 'signed') {
      const { signer } = check;
      await run.log.write('DEBUG1', `Valid (unverified) signature from key ${fingerprintOf(run, signer)}`);
      return signer;
    }
    await run.log.error(check.message);
    const mismatch = mismatchWords[check.fault]?.(check.question);
    if (mismatch !== undefined) await run.log.debug1(`sshsig_wrap_verify: expected ${mismatch}`);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const isTrailing = error.reason.startsWith('expected the end') && error.path === 'sshsig';
    const words = `sshsig_wrap_verify: parse signature object: ${decodeErrorWords(error)}`;
    await run.log.error(isTrailing ? 'Signature contains trailing data' : words);
  }
  return undefined;
}

/** What was expected and what the signature says, of the two that are told with `-v`. */
const mismatchWords: Partial<Record<SshsigFault, (question: SshsigQuestion) => string>> = {
  'namespace-mismatch': ({ namespace, signature }) => `namespace "${namespace}" received "${signature.namespace}"`,
};

interface TrustQuestion {
  readonly trust: Trust;
  readonly signer: Signer;
  readonly now: bigint;
}

async function isTrusted(run: KeygenRun, { trust, signer, now }: TrustQuestion): Promise<boolean> {
  if (trust.revoked !== undefined && !(await isKnownUnrevoked(run, trust.revoked, signer))) return false;
  if (trust.allowed === undefined) return true;
  const { path, principal } = trust.allowed;
  const text = await readAllowedSigners(run, path);
  if (typeof text !== 'string') return refuseAllowance(run, text.message);
  const allowedSigners = parseAllowedSigners(text, run.zone);
  const namespace = run.request.principals ?? '';
  const found = findAllowance({ allowedSigners, signer, principal, namespace, now, zone: run.zone });
  await saySteps(run, path, found.steps);
  return found.entry !== undefined || refuseAllowance(run, 'key not found');
}

async function refuseAllowance(run: KeygenRun, why: string): Promise<boolean> {
  await run.log.debug3(`sig_verify: sshsig_check_allowed_keys: ${why}`);
  return false;
}

const krlMagic = utf8Encode('SSHKRL\n\0');

function isKrl(bytes: Uint8Array): boolean {
  return equalBytes(bytes.subarray(0, krlMagic.length), krlMagic);
}

/** sshkey_check_revoked(): what cannot be read revokes, which is told with `-vvv` alone. */
async function isKnownUnrevoked(run: KeygenRun, path: string, signer: Signer): Promise<boolean> {
  const refusal = await findListRefusal(run, path, signer);
  if (refusal !== undefined) await run.log.debug3(`sig_verify: sshkey_check_revoked: ${refusal}`);
  return refusal === undefined;
}

/** In ssherr.c's words. */
async function findListRefusal(run: KeygenRun, path: string, signer: Signer): Promise<string | undefined> {
  const bytes = await readOr(run, path);
  if (!(bytes instanceof Uint8Array)) return bytes.message;
  if (isKrl(bytes)) return findKrlRefusal(run, { path, bytes, signer });
  await run.log.debug2('ssh_krl_from_blob: bad KRL magic header');
  const { outcome } = keyListRevokes(utf8DecodeLossy(bytes), signer);
  return { 'not-listed': undefined, revoked: revokedWords, unreadable: 'invalid format' }[outcome];
}

async function readOr(run: KeygenRun, path: string): Promise<Uint8Array | SystemError> {
  try {
    return await readFile(run.system, path);
  } catch (error) {
    if (isSystemError(error)) return error;
    throw error;
  }
}

const revokedWords = 'Key is revoked';

interface KrlQuestion {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly signer: Signer;
}

async function findKrlRefusal(run: KeygenRun, { path, bytes, signer }: KrlQuestion): Promise<string | undefined> {
  const krl = await openKrl(run, bytes);
  if (typeof krl === 'string') return krl;
  await run.log.debug2(`ssh_krl_file_contains_key: checking KRL ${path}`);
  return findRevocation(krl, signer) === undefined ? undefined : revokedWords;
}
