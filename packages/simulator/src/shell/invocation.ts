/** The command line of bash itself (bash(1), OPTIONS). */

export interface Invocation {
  /** `$0` before anything changes it. */
  readonly name: string;
  readonly command: string | undefined;
  readonly operands: readonly string[];
  readonly interactive: boolean;
  readonly login: boolean;
  readonly standardInput: boolean;
  readonly options: readonly string[];
  readonly unset: readonly string[];
  readonly readProfile: boolean;
  readonly readRc: boolean;
  readonly rcFile: string | undefined;
}

export interface InvocationAnswer {
  readonly message: string;
  readonly status: number;
}

export const optionLetters: Readonly<Record<string, string>> = {
  a: 'allexport',
  b: 'notify',
  e: 'errexit',
  f: 'noglob',
  h: 'hashall',
  m: 'monitor',
  n: 'noexec',
  u: 'nounset',
  v: 'verbose',
  x: 'xtrace',
  B: 'braceexpand',
  C: 'noclobber',
  H: 'histexpand',
};

interface Scan {
  /** `argv[0]`, for messages. */
  readonly name: string;
  /** Takes the next argument. */
  readonly next: () => string | undefined;
  readonly longs: Set<string>;
  readonly letters: Set<string>;
  readonly options: string[];
  readonly unset: string[];
  rcFile: string | undefined;
  error: InvocationAnswer | undefined;
}

const longOptions: ReadonlySet<string> = new Set([
  '--login',
  '--norc',
  '--noprofile',
  '--posix',
  '--noediting',
  '--verbose',
  '--restricted',
]);

const version = 'GNU bash, version 5.2.15(1)-release (x86_64-pc-linux-gnu)\n';

function scanLetters(scan: Scan, argument: string): void {
  const { name } = scan;
  const list = argument.startsWith('+') ? scan.unset : scan.options;
  for (const letter of argument.slice(1)) {
    if (letter === 'o') list.push(scan.next() ?? '');
    else if ('cils'.includes(letter)) scan.letters.add(letter);
    else if (optionLetters[letter] !== undefined) list.push(optionLetters[letter] ?? '');
    else
      scan.error ??= {
        message: `${name}: -${letter}: invalid option\nUsage:\t${name} [GNU long option] [option] ...\n\t${name} [GNU long option] [option] script-file ...\n`,
        status: 2,
      };
  }
}

function scanLong(scan: Scan, argument: string): void {
  const { name } = scan;
  if (argument === '--version') scan.error ??= { message: version, status: 0 };
  else if (argument === '--rcfile' || argument === '--init-file') scan.rcFile = scan.next();
  else if (longOptions.has(argument)) scan.longs.add(argument);
  else
    scan.error ??= {
      message: `${name}: ${argument}: invalid option\nUsage:\t${name} [GNU long option] [option] ...\n\t${name} [GNU long option] [option] script-file ...\n`,
      status: 2,
    };
}

/** Reads `argv`; an answer instead if there is nothing to run. */
export function parseInvocation(argv: readonly string[]): Invocation | InvocationAnswer {
  const [name = 'bash', ...args] = argv;
  let at = 0;
  const scan: Scan = {
    name,
    next: () => args[++at],
    longs: new Set(),
    letters: new Set(),
    options: [],
    unset: [],
    rcFile: undefined,
    error: undefined,
  };
  for (; at < args.length; at++) {
    const argument = args[at] ?? '';
    if (argument === '--' || argument === '-') {
      at++;
      break;
    }
    if (!/^[-+]./.test(argument)) break;
    if (argument.startsWith('--')) scanLong(scan, argument);
    else scanLetters(scan, argument);
  }
  if (scan.error) return scan.error;
  const operands = args.slice(at);
  const command = scan.letters.has('c') ? operands.shift() : undefined;
  if (scan.letters.has('c') && command === undefined)
    return { message: `${name}: -c: option requires an argument\n`, status: 2 };
  return {
    name,
    command,
    operands,
    interactive: scan.letters.has('i'),
    login: name.startsWith('-') || scan.letters.has('l') || scan.longs.has('--login'),
    standardInput: scan.letters.has('s'),
    options: scan.options,
    unset: scan.unset,
    readProfile: !scan.longs.has('--noprofile'),
    readRc: !scan.longs.has('--norc'),
    rcFile: scan.rcFile,
  };
}
