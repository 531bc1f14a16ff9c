/** What ssh-keygen says, by OpenSSH version: lists/messages.tsv (ssh-keygen.c, ssherr.c) and lists-6.6/differences.tsv. */
import type { HostFacts } from '@seashell/system';
import { usage10, usage66 } from './usage.ts';

/** Where a message goes and how the program ends after it. */
export interface Failure {
  readonly text: string;
  /** `log` ends the line with CR LF, as OpenSSH's log does. */
  readonly to: 'log' | 'stderr' | 'stdout';
  readonly status: number;
}

export interface KeygenTexts {
  readonly usage: string;
  /** Exit status where the user has no account. */
  readonly noUserStatus: number;
  readonly tooManyArguments: Failure;
  readonly tooFewArguments: Failure;
  readonly passphraseAndComment: Failure;
  readonly fingerprintOfHosts: Failure;
  unknownType(type: string): Failure;
  tooFewBits(minimum: number): Failure;
  tooManyBits(maximum: number): Failure;
  missing(file: string, why: string): Failure;
  missingForFingerprint(file: string, why: string): Failure;
  notPublicKey(path: string): Failure;
  loadKey(file: string, why: string): Failure;
  /** One line or two about a key that cannot be written. */
  saveFailed(file: string, why: string): readonly Failure[];
  generating(type: string): string;
  readonly askSaveFile: string;
  readonly askFile: string;
  exists(file: string): string;
  readonly askOverwrite: string;
  askPassphrase(file: string): string;
  readonly askPassphraseAgain: string;
  readonly passphrasesDiffer: string;
  askPassphraseToLoad(file: string): string;
  identificationSaved(file: string): string;
  publicKeySaved(file: string): string;
  readonly fingerprintIs: string;
  readonly randomartIs: string;
  createdDirectory(path: string): string;
  fingerprintLine(parts: FingerprintParts): string;
}

export interface FingerprintParts {
  readonly bits: number;
  readonly fingerprint: string;
  readonly comment: string;
  readonly type: string;
}

const fatal = (text: string): Failure => ({ text, to: 'log', status: 255 });
/** Before the usage. */
const misuse = (text: string): Failure => ({ text, to: 'log', status: 1 });
const misuse66 = (text: string): Failure => ({ text, to: 'stdout', status: 1 });
const plain = (text: string): Failure => ({ text, to: 'stderr', status: 1 });

const texts10: KeygenTexts = {
  usage: usage10,
  noUserStatus: 255,
  tooManyArguments: misuse('Too many arguments.'),
  tooFewArguments: misuse('Too few arguments.'),
  passphraseAndComment: misuse('Can only have one of -p and -c.'),
  fingerprintOfHosts: misuse('Cannot use -l with -H or -R.'),
  unknownType: (type) => fatal(`unknown key type ${type}`),
  tooFewBits: (minimum) => fatal(`Invalid RSA key length: minimum is ${minimum} bits`),
  tooManyBits: (maximum) => fatal(`Invalid RSA key length: maximum is ${maximum} bits`),
  missing: (file, why) => fatal(`${file}: ${why}`),
  missingForFingerprint: (file, why) => fatal(`ssh-keygen: ${file}: ${why}`),
  notPublicKey: (path) => fatal(`${path} is not a public key file.`),
  loadKey: (file, why) => fatal(`Load key "${file}": ${why}`),
  saveFailed: (file, why) => [{ text: `Saving key "${file}" failed: ${why}`, to: 'log', status: 1 }],
  generating: (type) => `Generating public/private ${type} key pair.`,
  askSaveFile: 'Enter file in which to save the key',
  askFile: 'Enter file in which the key is',
  exists: (file) => `${file} already exists.`,
  askOverwrite: 'Overwrite (y/n)? ',
  askPassphrase: (file) => `Enter passphrase for "${file}" (empty for no passphrase): `,
  askPassphraseAgain: 'Enter same passphrase again: ',
  passphrasesDiffer: 'Passphrases do not match.  Try again.',
  askPassphraseToLoad: (file) => `Enter passphrase for "${file}": `,
  identificationSaved: (file) => `Your identification has been saved in ${file}`,
  publicKeySaved: (file) => `Your public key has been saved in ${file}`,
  fingerprintIs: 'The key fingerprint is:',
  randomartIs: "The key's randomart image is:",
  createdDirectory: (path) => `Created directory '${path}'.`,
  fingerprintLine: (parts) => `${parts.bits} ${parts.fingerprint} ${parts.comment} (${parts.type})`,
};

const texts66: KeygenTexts = {
  ...texts10,
  usage: usage66,
  noUserStatus: 1,
  tooManyArguments: misuse66('Too many arguments.'),
  tooFewArguments: misuse66('Too few arguments.'),
  passphraseAndComment: misuse66('Can only have one of -p and -c.'),
  fingerprintOfHosts: misuse66('Cannot use -l with -H or -R.'),
  unknownType: (type) => plain(`unknown key type ${type}`),
  tooFewBits: (minimum) => fatal(`Key must at least be ${minimum} bits`),
  tooManyBits: (maximum) => plain(`key bits exceeds maximum ${maximum}`),
  missing: (file, why) => plain(`${file}: ${why}`),
  missingForFingerprint: (file, why) => plain(`${file}: ${why}`),
  notPublicKey: (path) => ({ text: `${path} is not a public key file.`, to: 'stdout', status: 1 }),
  loadKey: () => plain('load failed'),
  saveFailed: (file, why) => [
    { text: `open ${file} failed: ${why}.`, to: 'log', status: 1 },
    { text: `Saving the key failed: ${file}.`, to: 'stdout', status: 1 },
  ],
  askPassphrase: () => 'Enter passphrase (empty for no passphrase): ',
  askPassphraseToLoad: () => 'Enter passphrase: ',
  identificationSaved: (file) => `Your identification has been saved in ${file}.`,
  publicKeySaved: (file) => `Your public key has been saved in ${file}.`,
  fingerprintLine: (parts) => `${parts.bits} ${parts.fingerprint}  ${parts.comment} (${parts.type})`,
};

export const texts: Readonly<Record<HostFacts['openSsh'], KeygenTexts>> = { '10': texts10, '6.6': texts66 };
