/** ssh-keygen -s: certifies public keys. do_ca_sign() of ssh-keygen.c, and what main() checks before it. */
import {
  certificateNonceSizeBytes,
  certificateTypeFor,
  formatValidity,
  issueCertificate,
  latestTime,
  maximumCertificatePrincipals,
  parseValidity,
  printCertificateLine,
  signWithKey,
  type Certificate,
  type CertificateUsage,
  type CertificateValidity,
} from '@seashell/core/certificates';
import { publicKeyOf, publicKeyTypeOf, type PrivateKey, type PublicKey } from '@seashell/core/keys';
import { utf8Encode } from '@seashell/core/wire';
import { isSystemError } from '@seashell/system';
import { answerLater } from '../later.ts';
import { epochSeconds } from '../local-time.ts';
import { saveFile } from '../storage/save-file.ts';
import { readCertificateOptions, type CertificateOptions } from './certificate-options.ts';
import { loadIdentity, openIdentity } from './load-identity.ts';
import { expandTilde, loadPublic, publicMissing } from './load-public.ts';
import type { KeygenRun } from './run.ts';
import type { Failure } from './texts.ts';

const fatal = (text: string): Failure => ({ text, to: 'log', status: 255 });

export async function signCertificates(run: KeygenRun): Promise<number> {
  const { request } = run;
  const validity = readValidity(run);
  if (typeof validity === 'string') return run.fail(fatal(validity));
  const { keyId } = request;
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

function readValidity(run: KeygenRun): CertificateValidity | string {
  const { validity } = run.request;
  if (validity === undefined) return { after: 0n, before: latestTime };
  const now = epochSeconds(run.system);
  const read = parseValidity(validity, { now, zone: run.zone, openssh: run.system.host.openSsh });
  return read.ok ? read.validity : read.message;
}

function readPrincipals(text: string | undefined): readonly string[] | string {
  const principals = text?.split(',') ?? [];
  if (principals.includes('')) return 'Empty principal name';
  return principals.length > maximumCertificatePrincipals ? 'Too many certificate principals specified' : principals;
}

/** The key that signs, and how. */
interface Authority {
  readonly key: PrivateKey;
  readonly signatureAlgorithm: string;
  /** Why -t asks for a signature that the key cannot make. */
  readonly algorithmFault: string | undefined;
}

async function loadAuthority(run: KeygenRun): Promise<Authority | number> {
  const path = expandTilde(run, run.request.caKey ?? '');
  if (run.isOld) return loadAuthority66(run, path);
  if (run.request.preferAgent) return loadAgentAuthority(run, path);
  const loaded = await loadIdentity(run, path);
  return typeof loaded === 'number' ? loaded : chooseAlgorithm(run, loaded.key);
}

/** 6.6 knows -t for old certificates only, and signs with the key type's own algorithm, which for RSA is over SHA-1. */
async function loadAuthority66(run: KeygenRun, path: string): Promise<Authority | number> {
  const { type } = run.request;
  if (type !== undefined) return run.fail({ text: `unknown key type ${type}`, to: 'stderr', status: 1 });
  const { loaded } = await openIdentity(run, path, run.texts.askPassphraseToLoad(path));
  if (loaded.outcome !== 'key') return run.fail(fatal(`Couldn't load CA key "${path}"`));
  return { key: loaded.key, signatureAlgorithm: loaded.key.type, algorithmFault: undefined };
}

/** The agent comes later; what is wrong with the file is said already. */
async function loadAgentAuthority(run: KeygenRun, path: string): Promise<number> {
  const loaded = await loadPublic(run, path);
  if (loaded === undefined) return run.fail(fatal(`Cannot load CA public key ${path}: ${publicMissing}`));
  return answerLater(run.system, 'ssh-keygen', 'option -U');
}

async function chooseAlgorithm(run: KeygenRun, key: PrivateKey): Promise<Authority | number> {
  const row = publicKeyTypeOf(key);
  const usual = row.signatureAlgorithms[0] ?? '';
  const wanted = run.request.type;
  if (wanted === undefined) return { key, signatureAlgorithm: usual, algorithmFault: undefined };
  if (row.signatureAlgorithms.includes(wanted)) return { key, signatureAlgorithm: wanted, algorithmFault: undefined };
  if (wanted.toLowerCase() === row.shortName.toLowerCase()) {
    const hasChoice = row.signatureAlgorithms.length > 1;
    const algorithmFault = hasChoice ? 'invalid argument' : 'signature algorithm not supported';
    return { key, signatureAlgorithm: usual, algorithmFault };
  }
  return run.fail(fatal(`CA key type ${row.name} doesn't match specified ${wanted}`));
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
  const { algorithmFault } = issue.authority;
  if (algorithmFault !== undefined) return run.fail(fatal(`Couldn't certify key ${path}: ${algorithmFault}`));
  const certificate = certify(run, key, issue);
  const out = `${path.endsWith('.pub') ? path.slice(0, -'.pub'.length) : path}-cert.pub`;
  const failure = await save(run, out, `${printCertificateLine(certificate)} ${loaded.comment}\n`);
  if (failure !== undefined) return run.fail(fatal(saveWords(run, out, failure)));
  if (!run.request.quiet) await run.log.info(signedWords(run, certificate, out));
  return undefined;
}

function certify(run: KeygenRun, key: PublicKey, issue: Issue & { readonly serial: bigint }): Certificate {
  const { authority, options, keyId, principals, serial, validity } = issue;
  const random = (size: number) => run.system.random.bytes(size);
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
    nonce: random(certificateNonceSizeBytes),
    signatureAlgorithm: authority.signatureAlgorithm,
  });
  return signWithKey(work, { key: authority.key, random });
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
