/** ssh-keygen -s: certifies public keys. do_ca_sign() of ssh-keygen.c, and what main() checks before it. */
import {
  certificateNonceSizeBytes,
  certificateTypeFor,
  formatValidity,
  issueCertificate,
  latestTime,
  maximumCertificatePrincipals,
  printCertificateLine,
  type Certificate,
  type CertificateUsage,
  type CertificateValidity,
} from '@seashell/core/certificates';
import { publicKeyOf, type PublicKey } from '@seashell/core/keys';
import { utf8Encode } from '@seashell/core/wire';
import { isSystemError } from '@seashell/system';
import { answerLater } from '../later.ts';
import { saveFile } from '../storage/save-file.ts';
import { loadAuthority, signAsAuthority, type Authority } from './certificate-authority.ts';
import { readCertificateOptions, type CertificateOptions } from './certificate-options.ts';
import { expandTilde, loadPublic, publicMissing } from './load-public.ts';
import type { KeygenRun } from './run.ts';
import type { Failure } from './texts.ts';

const fatal = (text: string): Failure => ({ text, to: 'log', status: 255 });

export async function signCertificates(run: KeygenRun): Promise<number> {
  const { request } = run;
  const { keyId, validity = { after: 0n, before: latestTime } } = request;
  if (keyId === undefined) return run.fail(fatal('Must specify key id (-I) when certifying'));
  if (request.principals === undefined && !run.isOld) {
    await run.log.error('Warning: certificate will contain no principals (-n)');
  }
  const context = { version: run.system.host.openSsh, isHost: request.hostCertificate };
  const options = readCertificateOptions(request.options, context);
  if (!('extensions' in options)) return run.failAll(options.map(fatal));
  if (request.pkcs11Provider !== undefined) return answerLater(run.system, 'ssh-keygen', 'option -D');
  const authority = await loadAuthority(run);
  if (typeof authority === 'number') return authority;
  const principals = readPrincipals(request.principals);
  if (typeof principals === 'string') return run.fail(fatal(principals));
  return signFiles(run, { authority, validity, keyId, options, principals });
}

function readPrincipals(text: string | undefined): readonly string[] | string {
  const principals = text?.split(',') ?? [];
  if (principals.includes('')) return 'Empty principal name';
  return principals.length > maximumCertificatePrincipals ? 'Too many certificate principals specified' : principals;
}

interface Issue {
  readonly authority: Authority;
  readonly validity: CertificateValidity;
  readonly keyId: string;
  readonly options: CertificateOptions;
  readonly principals: readonly string[];
}

async function signFiles(run: KeygenRun, issue: Issue): Promise<number> {
  const { serial: text = '0' } = run.request;
  const counts = text.startsWith('+') && !run.isOld;
  let serial = BigInt(text.replace(/^\+/, ''));
  for (const operand of run.operands) {
    const failed = await signFile(run, expandTilde(run, operand), { ...issue, serial });
    if (failed !== undefined) return failed;
    if (counts) serial = BigInt.asUintN(64, serial + 1n);
  }
  return 0;
}

async function signFile(
  run: KeygenRun,
  path: string,
  issue: Issue & { readonly serial: bigint },
): Promise<number | undefined> {
  const loaded = await loadPublic(run, path);
  if (loaded === undefined) {
    const missing = run.isOld ? `do_ca_sign: unable to open "${path}"` : `load pubkey "${path}": ${publicMissing}`;
    return run.fail(fatal(missing));
  }
  const { key } = loaded.held;
  if (loaded.held.kind === 'certificate') {
    const type = certificateTypeFor(key).shortName;
    return run.fail(fatal(`do_ca_sign: key "${path}" type ${type} cannot be certified`));
  }
  const certificate = await certify(run, key, issue);
  if (typeof certificate === 'string') return run.fail(fatal(`Couldn't certify key ${path}: ${certificate}`));
  const out = `${path.endsWith('.pub') ? path.slice(0, -'.pub'.length) : path}-cert.pub`;
  const failure = await save(run, out, `${printCertificateLine(certificate)} ${loaded.comment}\n`);
  if (failure !== undefined) return run.fail(fatal(saveWords(run, out, failure)));
  if (!run.request.quiet) await run.log.info(signedWords(run, certificate, out));
  return undefined;
}

/** The certificate, or in ssherr.c's words why there is none. */
function certify(
  run: KeygenRun,
  key: PublicKey,
  issue: Issue & { readonly serial: bigint },
): Promise<Certificate | string> {
  const { authority, options, keyId, principals, serial, validity } = issue;
  const usage: CertificateUsage = run.request.hostCertificate ? 'host' : 'user';
  const work = issueCertificate({
    key,
    usage,
    serial,
    keyId,
    principals,
    validity,
    ...options,
    authority: publicKeyOf(authority.key),
    nonce: run.system.random.bytes(certificateNonceSizeBytes),
    signatureAlgorithm: authority.signatureAlgorithm,
  });
  return signAsAuthority(run, work, authority);
}

async function save(run: KeygenRun, path: string, line: string): Promise<string | undefined> {
  try {
    await saveFile(run.system, path, { bytes: utf8Encode(line), mode: 0o644 });
    return undefined;
  } catch (error) {
    if (isSystemError(error)) return error.message;
    throw error;
  }
}

/** OpenSSH 10 names the file of -f, which is none. */
function saveWords(run: KeygenRun, path: string, why: string): string {
  if (run.isOld) return `Could not open "${path}" for writing: ${why}`;
  return `Unable to save public key to ${run.request.file ?? ''}: ${why}`;
}

function signedWords(run: KeygenRun, certificate: Certificate, path: string): string {
  const { usage, keyId, serial, validity } = certificate;
  const { principals } = run.request;
  const names = principals === undefined ? '' : ` for ${principals}`;
  const valid = formatValidity(validity, run.zone);
  return `Signed ${usage} key ${path}: id "${keyId}" serial ${serial}${names} valid ${valid}`;
}
