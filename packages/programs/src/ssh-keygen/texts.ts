/** What ssh-keygen says, by OpenSSH version: lists/messages.tsv (ssh-keygen.c, ssherr.c) and lists-6.6/differences.tsv. */
import type { HostFacts } from '@seashell/system';
import { usage10, usage66 } from './usage.ts';

/** Why a key was not saved: the system's words, or the program's own. */
export type SaveFailure =
  | { readonly type: 'system'; readonly why: string }
  | { readonly type: 'short-passphrase'; readonly sizeBytes: number }
  /** 6.6 looks -Z up here. */
  | { readonly type: 'bad-cipher' }
  | { readonly type: 'invalid-format' };

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
  readonly badDsaBits: Failure;
  readonly badEcdsaBits: Failure;
  /** `-t` where a default file is to be named. */
  readonly badKeyType: Failure;
  /** `-t` with the name of a certificate's type. */
  readonly certificateNotGenerated: Failure;
  missing(file: string, why: string): Failure;
  missingForFingerprint(file: string, why: string): Failure;
  notPublicKey(path: string): Failure;
  loadKey(file: string, why: string): Failure;
  /** One line or two about a key that cannot be written. */
  saveFailed(file: string, failure: SaveFailure): readonly Failure[];
  savePublicFailed(file: string, why: string): Failure;
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
  directoryFailed(path: string, why: string): string;
  /** Of -p. */
  changeLoadFailed(file: string, why: string): Failure;
  /** Of -c. */
  commentLoadFailed(file: string, why: string): Failure;
  /** Of -c, for keys that hold none. */
  readonly commentsUnsupported: Failure;
}

const fatal = (text: string): Failure => ({ text, to: 'log', status: 255 });
/** Before the usage. */
const misuse = (text: string): Failure => ({ text, to: 'log', status: 1 });
const misuse66 = (text: string): Failure => ({ text, to: 'stdout', status: 1 });
const plain = (text: string): Failure => ({ text, to: 'stderr', status: 1 });

/** ssherr.c. */
function formatSaveFailure(failure: SaveFailure): string {
  if (failure.type === 'system') return failure.why;
  if (failure.type === 'short-passphrase') return 'passphrase is too short (minimum five characters)';
  return failure.type === 'bad-cipher' ? 'invalid argument' : 'invalid format';
}

function saveFailed66(file: string, failure: SaveFailure): readonly Failure[] {
  if (failure.type === 'bad-cipher') return [{ text: 'invalid cipher', to: 'log', status: 255 }];
  const cause =
    failure.type === 'short-passphrase'
      ? `passphrase too short: have ${failure.sizeBytes} bytes, need > 4`
      : `open ${file} failed: ${formatSaveFailure(failure)}.`;
  return [
    { text: cause, to: 'log', status: 1 },
    { text: `Saving the key failed: ${file}.`, to: 'stdout', status: 1 },
  ];
}

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
  badDsaBits: fatal('DSA keys must be 1024 bits'),
  badEcdsaBits: fatal('Invalid ECDSA key length: valid lengths are 256, 384 or 521 bits'),
  badKeyType: fatal('bad key type'),
  certificateNotGenerated: fatal('sshkey_generate failed'),
  missing: (file, why) => fatal(`${file}: ${why}`),
  missingForFingerprint: (file, why) => fatal(`ssh-keygen: ${file}: ${why}`),
  notPublicKey: (path) => fatal(`${path} is not a public key file.`),
  loadKey: (file, why) => fatal(`Load key "${file}": ${why}`),
  saveFailed: (file, failure) => [
    { text: `Saving key "${file}" failed: ${formatSaveFailure(failure)}`, to: 'log', status: 1 },
  ],
  savePublicFailed: (file, why) => fatal(`Unable to save public key to ${file}: ${why}`),
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
  directoryFailed: (path, why) => `Could not create directory '${path}' (${why}).`,
  changeLoadFailed: (file, why) => fatal(`Failed to load key ${file}: ${why}`),
  commentLoadFailed: (file, why) => fatal(`Cannot load private key "${file}": ${why}`),
  commentsUnsupported: {
    text: 'Comments are only supported for keys stored in the new format (-o).',
    to: 'log',
    status: 1,
  },
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
  badEcdsaBits: fatal('Invalid ECDSA key length - valid lengths are 256, 384 or 521 bits'),
  badKeyType: plain('bad key type'),
  certificateNotGenerated: fatal('key_generate: cert keys cannot be generated directly'),
  tooFewBits: (minimum) => fatal(`Key must at least be ${minimum} bits`),
  tooManyBits: (maximum) => plain(`key bits exceeds maximum ${maximum}`),
  missing: (file, why) => plain(`${file}: ${why}`),
  missingForFingerprint: (file, why) => plain(`${file}: ${why}`),
  notPublicKey: (path) => ({ text: `${path} is not a public key file.`, to: 'stdout', status: 1 }),
  loadKey: () => plain('load failed'),
  saveFailed: saveFailed66,
  savePublicFailed: (file) => plain(`Could not save your public key in ${file}`),
  askPassphrase: () => 'Enter passphrase (empty for no passphrase): ',
  askPassphraseToLoad: () => 'Enter passphrase: ',
  identificationSaved: (file) => `Your identification has been saved in ${file}.`,
  publicKeySaved: (file) => `Your public key has been saved in ${file}.`,
  directoryFailed: (path, why) => `Could not create directory '${path}': ${why}`,
  changeLoadFailed: () => misuse66('Bad passphrase.'),
  commentLoadFailed: () => misuse66('Bad passphrase.'),
  commentsUnsupported: plain('Comments are only supported for RSA1 keys.'),
};

export const texts: Readonly<Record<HostFacts['openSsh'], KeygenTexts>> = { '10': texts10, '6.6': texts66 };
