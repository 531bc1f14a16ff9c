/** ssh-keygen -L: what stands in certificates. do_show_cert() and print_cert() of ssh-keygen.c. */
import {
  certificateOptions,
  certificateTypeFor,
  formatValidity,
  optionText,
  parseKeyLine,
  type Certificate,
  type CertificateOption,
} from '@seashell/core/certificates';
import { encodePublicKey, fingerprint, fingerprintBody, publicKeyTypeOf, type PublicKey } from '@seashell/core/keys';
import { hexEncode, utf8DecodeLossy } from '@seashell/core/wire';
import { isSystemError, type SystemError } from '@seashell/system';
import { readFile, readToEnd } from '../storage/read-file.ts';
import { loadPublic } from './load-public.ts';
import type { KeygenRun } from './run.ts';
import type { Failure } from './texts.ts';

const fatal = (text: string): Failure => ({ text, to: 'log', status: 255 });
const optionCorrupt = fatal('Option corrupt: extra data at end');

export async function listCertificates(run: KeygenRun): Promise<number> {
  const file = await run.askFile();
  if (typeof file === 'number') return file;
  if (run.isOld) return listOne66(run, file);
  const text = await readText(run, file);
  if (typeof text !== 'string') return run.fail(fatal(`ssh-keygen: ${file}: ${text.message}`));
  const lines = text.split('\n');
  // A blank line is a wrong one, but not at the very end.
  if (/^[ \t]*$/.test(lines.at(-1) ?? '')) lines.pop();
  let shown = 0;
  for (const [index, line] of lines.entries()) {
    const certificate = await readCertificate(run, line, { file, number: index + 1 });
    if (certificate === undefined) continue;
    if (!(await printCertificate(run, certificate))) return run.fail(optionCorrupt);
    shown += 1;
  }
  return shown > 0 ? 0 : 1;
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

interface LinePlace {
  readonly file: string;
  readonly number: number;
}

/** The certificate of a line, and its place printed. */
async function readCertificate(
  run: KeygenRun,
  line: string,
  { file, number }: LinePlace,
): Promise<Certificate | undefined> {
  if (/^[ \t]*#/.test(line)) return undefined;
  const path = file === '-' ? '(stdin)' : file;
  const read = parseKeyLine(line, { openssh: run.system.host.openSsh });
  if (!read.ok) await run.log.error(`${path}:${number}: invalid key: ${read.words}`);
  else if (read.held.kind !== 'certificate') await run.log.error(`${path}:${number} is not a certificate`);
  else {
    await run.print(number === 1 && file !== '-' ? `${path}:` : `${path}:${number}:`);
    return read.held.certificate;
  }
  return undefined;
}

async function listOne66(run: KeygenRun, file: string): Promise<number> {
  try {
    await run.system.files.status(file);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return run.fail(fatal(`ssh-keygen: ${file}: ${error.message}`));
  }
  const loaded = await loadPublic(run, file);
  if (loaded === undefined) return run.fail(fatal(`${file} is not a public key`));
  if (loaded.held.kind !== 'certificate') return run.fail(fatal(`${file} is not a certificate`));
  await run.print(`${file}:`);
  return (await printCertificate(run, loaded.held.certificate)) ? 0 : run.fail(optionCorrupt);
}

/** False if an option is corrupt, which ends the listing. */
async function printCertificate(run: KeygenRun, certificate: Certificate): Promise<boolean> {
  for (const line of describe(run, certificate)) await run.print(`        ${line}`);
  for (const title of ['Critical Options', 'Extensions'] as const) {
    const options = title === 'Extensions' ? certificate.extensions : certificate.criticalOptions;
    await run.print(`        ${title}: ${options.length === 0 ? '(none)' : ''}`);
    for (const option of options) {
      const shown = describeOption(run, option, title);
      if (shown === undefined) return false;
      await run.print(`                ${shown}`);
    }
  }
  return true;
}

function describe(run: KeygenRun, certificate: Certificate): readonly string[] {
  const { authority, key, keyId, principals, serial, signatureAlgorithm, type, usage, validity } = certificate;
  const signed = run.isOld ? '' : ` (using ${signatureAlgorithm})`;
  return [
    `Type: ${type} ${usage} certificate`,
    `Public key: ${certificateTypeFor(key).shortName} ${digestOf(run, key)}`,
    `Signing CA: ${publicKeyTypeOf(authority).shortName} ${digestOf(run, authority)}${signed}`,
    `Key ID: "${keyId}"`,
    `Serial: ${serial}`,
    `Valid: ${formatValidity(validity, run.zone)}`,
    `Principals: ${principals.length === 0 ? '(none)' : ''}`,
    ...principals.map((principal) => `        ${principal}`),
  ];
}

function digestOf(run: KeygenRun, key: PublicKey): string {
  const blob = encodePublicKey(key);
  return run.isOld ? fingerprintBody(blob, 'md5') : fingerprint(blob, run.fingerprintHash);
}

/** Which options 6.6 does not know. */
const newOptions: ReadonlySet<string> = new Set(['no-touch-required', 'verify-required']);

function describeOption(
  run: KeygenRun,
  option: CertificateOption,
  title: 'Critical Options' | 'Extensions',
): string | undefined {
  const { name, data } = option;
  const group = title === 'Extensions' ? 'extension' : 'critical';
  const row = certificateOptions.find((each) => each.name === name && each.class === group);
  if (row === undefined || (run.isOld && newOptions.has(name))) return `${name}${describeUnknown(run, data)}`;
  if (row.holds === 'flag') return data.length === 0 ? name : undefined;
  const text = optionText(option);
  return text === undefined ? undefined : `${name} ${text}`;
}

function describeUnknown(run: KeygenRun, data: Uint8Array): string {
  if (run.isOld) return ` UNKNOWN OPTION (len ${data.length})`;
  return data.length === 0 ? ' UNKNOWN FLAG OPTION' : ` UNKNOWN OPTION: ${hexEncode(data)} (len ${data.length})`;
}
