/**
 * The options of ssh-keygen(1), one row a letter: what it takes, which versions of OpenSSH have it, what it asks for, and what of
 * its argument is refused while the options are read. Which operation runs when several are asked for: `modes.ts`.
 */
import { parseValidity, type CertificateValidity, type TimeZone } from '@seashell/core/certificates';
import { keyFileCipherNames } from '@seashell/core/keys';
import type { HostFacts } from '@seashell/system';
import type { OptionLetters, ParsedOption } from '../options/getopt.ts';
import { parseNumber } from './parse-number.ts';
import type { Failure } from './texts.ts';

type Version = HostFacts['openSsh'];

/** What ssh-keygen can be asked to do; without any it makes a key. */
export type Operation =
  | 'all-host-keys'
  | 'bubble-babble'
  | 'change-comment'
  | 'change-passphrase'
  | 'check-krl'
  | 'download-resident-keys'
  | 'export'
  | 'find-host'
  | 'fingerprint'
  | 'generate-krl'
  | 'hash-hosts'
  | 'import'
  | 'moduli'
  | 'print-public'
  | 'remove-host'
  | 'show-certificate';

/** The format of `-m`: of public keys for -e and -i, and in 10 of private keys. */
export type RequestedFormat = 'RFC4716' | 'PKCS8' | 'PEM';

export interface KeygenRequest {
  readonly operations: ReadonlySet<Operation>;
  /** `-t`, as written. */
  readonly type: string | undefined;
  /** `-b`. */
  readonly bits: number | undefined;
  /** `-f`. */
  readonly file: string | undefined;
  /** `-N`. */
  readonly newPassphrase: string | undefined;
  /** `-P`. */
  readonly passphrase: string | undefined;
  /** `-C`. */
  readonly comment: string | undefined;
  /** `-q`. */
  readonly quiet: boolean;
  /** How often `-v` was given. */
  readonly verbosity: number;
  /** `-E`, a name that the version knows. */
  readonly fingerprintHash: FingerprintHashOption | undefined;
  /** `-a`. */
  readonly rounds: number | undefined;
  /** `-m`. */
  readonly format: RequestedFormat | undefined;
  /** `-Z`. */
  readonly cipher: string | undefined;
  /** `-o`: in 6.6 the new private key format, in 10 nothing. */
  readonly newFormat: boolean;
  /** `-F`, `-R` or `-r`, whichever came last. */
  readonly hostname: string | undefined;
  /** `-g`: SSHFP records in the generic form. */
  readonly generic: boolean;
  /** `-O`, in order. */
  readonly options: readonly string[];
  /** `-w`, else SSH_SK_PROVIDER. */
  readonly securityKeyProvider: string | undefined;
  /** `-D`. */
  readonly pkcs11Provider: string | undefined;
  /** `-s`: the CA's key, or the file of a signature. */
  readonly caKey: string | undefined;
  /** `-I`. */
  readonly keyId: string | undefined;
  /** `-n`: principals, or the namespace of a signature. */
  readonly principals: string | undefined;
  /** `-h`: a host certificate. */
  readonly hostCertificate: boolean;
  /** `-U`: the CA's private key is in the agent. */
  readonly preferAgent: boolean;
  /** `-V`. */
  readonly validity: CertificateValidity | undefined;
  /** `-z`, as written. */
  readonly serial: string | undefined;
  /** `-u`: the KRL is added to. */
  readonly updateKrl: boolean;
  /** `-Y`. */
  readonly signatureOperation: string | undefined;
}

export type FingerprintHashOption = (typeof fingerprintHashes)[number];
const fingerprintHashes = ['md5', 'sha1', 'sha256', 'sha384', 'sha512'] as const;

const nothing: KeygenRequest = {
  operations: new Set(),
  type: undefined,
  bits: undefined,
  file: undefined,
  newPassphrase: undefined,
  passphrase: undefined,
  comment: undefined,
  quiet: false,
  verbosity: 0,
  fingerprintHash: undefined,
  rounds: undefined,
  format: undefined,
  cipher: undefined,
  newFormat: false,
  hostname: undefined,
  generic: false,
  options: [],
  securityKeyProvider: undefined,
  pkcs11Provider: undefined,
  caKey: undefined,
  keyId: undefined,
  principals: undefined,
  hostCertificate: false,
  preferAgent: false,
  validity: undefined,
  serial: undefined,
  updateKrl: false,
  signatureOperation: undefined,
};

type Part = Partial<KeygenRequest>;

interface FlagRow {
  readonly letter: string;
  readonly takesArgument: boolean;
  readonly versions: readonly Version[];
  /** What it changes of the request, or why its argument is refused. */
  read(argument: string, before: KeygenRequest, context: OptionContext): Part | Refusal;
}

/** What the meaning of an argument depends on. */
export interface OptionContext {
  readonly version: Version;
  /** Seconds since the epoch, from which -V counts. */
  readonly now: bigint;
  readonly zone: TimeZone;
}

/** Why reading the options ends, in the words of OpenSSH's fatal(). */
interface Refusal {
  readonly refusal: string;
}

const both: readonly Version[] = ['10', '6.6'];

const plain = (letter: string, part: Part, versions = both): FlagRow => ({
  letter,
  takesArgument: false,
  versions,
  read: () => part,
});

const operation = (letter: string, asked: Operation, versions = both): FlagRow => ({
  letter,
  takesArgument: false,
  versions,
  read: (_argument, { operations }) => ({ operations: new Set([...operations, asked]) }),
});

const value = (letter: string, read: FlagRow['read'], versions = both): FlagRow => ({
  letter,
  takesArgument: true,
  versions,
  read,
});

const onHost = (letter: string, asked: Operation): FlagRow =>
  value(letter, (hostname, { operations }) => ({ hostname, operations: new Set([...operations, asked]) }));

/** The moduli are out of scope: whatever asks for them is answered as one. */
const moduli = (letter: string, versions: readonly Version[]): FlagRow =>
  value(letter, (_argument, { operations }) => ({ operations: new Set([...operations, 'moduli']) }), versions);

const flags: readonly FlagRow[] = [
  operation('A', 'all-host-keys'),
  operation('B', 'bubble-babble'),
  value('C', (comment) => ({ comment })),
  value('D', (pkcs11Provider) => ({ pkcs11Provider })),
  value('E', readHash, ['10']),
  onHost('F', 'find-host'),
  moduli('G', ['6.6']),
  operation('H', 'hash-hosts'),
  value('I', (keyId) => ({ keyId })),
  value('J', () => ({}), ['6.6']),
  operation('K', 'download-resident-keys', ['10']),
  value('K', () => ({}), ['6.6']),
  operation('L', 'show-certificate'),
  value('M', readModuliOperation, ['10']),
  value('M', () => ({}), ['6.6']),
  value('N', (newPassphrase) => ({ newPassphrase })),
  value('O', readOption),
  value('P', (passphrase) => ({ passphrase })),
  operation('Q', 'check-krl'),
  onHost('R', 'remove-host'),
  value('S', () => ({}), ['6.6']),
  moduli('T', ['6.6']),
  plain('U', { preferAgent: true }, ['10']),
  value('V', readValidity),
  value('W', () => ({}), ['6.6']),
  operation('X', 'import'),
  value('Y', (signatureOperation) => ({ signatureOperation }), ['10']),
  value('Z', readCipher),
  value('a', readRounds),
  value('b', readBits),
  operation('c', 'change-comment'),
  operation('e', 'export'),
  value('f', (file) => (file.length < maximumPathLength ? { file } : { refusal: 'Identity filename too long' })),
  plain('g', { generic: true }),
  plain('h', { hostCertificate: true }),
  operation('i', 'import'),
  value('j', () => ({}), ['6.6']),
  operation('k', 'generate-krl'),
  operation('l', 'fingerprint'),
  value('m', readFormat),
  value('n', (principals) => ({ principals })),
  plain('o', { newFormat: true }),
  operation('p', 'change-passphrase'),
  plain('q', { quiet: true }),
  value('r', (hostname) => ({ hostname })),
  value('s', (caKey) => ({ caKey })),
  value('t', (type) => ({ type })),
  plain('u', { updateKrl: true }),
  { ...plain('v', {}), read: (_argument, { verbosity }) => ({ verbosity: verbosity + 1 }) },
  value('w', (securityKeyProvider) => ({ securityKeyProvider }), ['10']),
  operation('x', 'export', ['6.6']),
  operation('y', 'print-public'),
  value('z', readSerial),
];

/** PATH_MAX. */
const maximumPathLength = 4096;

function readHash(name: string): Part | Refusal {
  const known = fingerprintHashes.find((hash) => hash === name.toLowerCase());
  return known === undefined ? { refusal: `Invalid hash algorithm "${name}"` } : { fingerprintHash: known };
}

/** 6.6 knows options of certificates only, and looks at once. */
function readOption(option: string, { options }: KeygenRequest, { version }: OptionContext): Part | Refusal {
  if (version === '6.6' && !certificateOption66.test(option)) {
    return { refusal: `Unsupported certificate option "${option}"` };
  }
  return { options: [...options, option] };
}

const certificateOption66 =
  /^(?:clear|(?:no-|permit-)(?:x11-forwarding|agent-forwarding|port-forwarding|pty|user-rc)|(?:force-command|source-address)=.*)$/is;

function readModuliOperation(name: string, { operations }: KeygenRequest): Part | Refusal {
  if (name !== 'generate' && name !== 'screen') return { refusal: `Unsupported moduli option ${name}` };
  return { operations: new Set([...operations, 'moduli']) };
}

function readValidity(text: string, _before: KeygenRequest, context: OptionContext): Part | Refusal {
  const read = parseValidity(text, { ...context, openssh: context.version });
  return read.ok ? { validity: read.validity } : { refusal: read.message };
}

/** 6.6 looks the cipher up only when it writes. */
function readCipher(cipher: string, _before: KeygenRequest, { version }: OptionContext): Part | Refusal {
  if (version === '6.6' || keyFileCipherNames.includes(cipher)) return { cipher };
  return { refusal: `Invalid OpenSSH-format cipher '${cipher}'` };
}

function readRounds(text: string): Part | Refusal {
  const rounds = parseNumber(text, { minimum: 1, maximum: 2 ** 31 - 1 });
  return typeof rounds === 'string' ? { refusal: `Invalid number: ${text} (${rounds})` } : { rounds };
}

const bitsRange = { '10': { minimum: 1, maximum: 2 ** 32 - 1 }, '6.6': { minimum: 256, maximum: 32_768 } } as const;

function readBits(text: string, _before: KeygenRequest, { version }: OptionContext): Part | Refusal {
  const bits = parseNumber(text, bitsRange[version]);
  return typeof bits === 'string' ? { refusal: `Bits has bad value ${text} (${bits})` } : { bits };
}

function readFormat(text: string): Part | Refusal {
  const format = formats.get(text.toUpperCase());
  return format === undefined ? { refusal: `Unsupported conversion format "${text}"` } : { format };
}

const formats: ReadonlyMap<string, RequestedFormat> = new Map<string, RequestedFormat>([
  ['RFC4716', 'RFC4716'],
  ['SSH2', 'RFC4716'],
  ['PKCS8', 'PKCS8'],
  ['PEM', 'PEM'],
]);

/** `+` in front counts on from the number, in 10. */
function readSerial(serial: string, _before: KeygenRequest, { version }: OptionContext): Part | Refusal {
  const digits = version === '10' && serial.startsWith('+') ? serial.slice(1) : serial;
  const isSerial = /^\d+$/.test(digits) && BigInt(digits) < maximumSerial;
  return isSerial ? { serial } : { refusal: `Invalid serial number "${digits}"` };
}

/** strtoull(3) stops here. */
const maximumSerial = 2n ** 64n;

const rowsOf = (version: Version): readonly FlagRow[] => flags.filter((row) => row.versions.includes(version));

/** The letters of a version, for getopt. */
export function lettersOf(version: Version): OptionLetters {
  const rows = rowsOf(version);
  const join = (takesArgument: boolean): string =>
    rows
      .filter((row) => row.takesArgument === takesArgument)
      .map((row) => row.letter)
      .join('');
  return { plain: join(false), withArgument: join(true) };
}

export type ReadRequest =
  | { readonly type: 'request'; readonly request: KeygenRequest }
  | { readonly type: 'wrong'; readonly option: Exclude<ParsedOption, { readonly type: 'option' }> }
  | { readonly type: 'refused'; readonly failure: Failure };

/** Reads the parsed options in their order; the first wrong one is the answer. */
export function readRequest(options: readonly ParsedOption[], context: OptionContext): ReadRequest {
  const rows = new Map(rowsOf(context.version).map((row) => [row.letter, row]));
  let request = nothing;
  for (const option of options) {
    if (option.type !== 'option') return { type: 'wrong', option };
    const part = rows.get(option.flag)?.read(option.argument, request, context);
    if (part !== undefined && 'refusal' in part) {
      return { type: 'refused', failure: { text: part.refusal, to: 'log', status: 255 } };
    }
    request = { ...request, ...part };
  }
  return { type: 'request', request };
}
