/** The options of sshd(8); sshd-session takes the same, handed on. */
import type { HostFacts } from '@seashell/system';
import { quoteArgument } from '../options/quote-argument.ts';
import { parseOptions, type OptionLetters, type ParsedOption } from '../options/getopt.ts';

export const letters: Readonly<Record<HostFacts['openSsh'], OptionLetters>> = {
  '10': { plain: '46DGQRTVdeiqrt', withArgument: 'CEbcfghkopu' },
  '6.6': { plain: '46DQRTdeiqrt', withArgument: 'CEbfghkopu' },
};

export interface SshdRequest {
  readonly configFile: string;
  /** Lines of sshd_config from the command line. */
  readonly lines: readonly string[];
  readonly debug: number;
  readonly quiet: boolean;
  readonly foreground: boolean;
  /** `-e`. */
  readonly logToStderr: boolean;
  readonly logFile: string | undefined;
  readonly mode: 'serve' | 'test' | 'print' | 'print-unchecked';
  /** `-C`, as written. */
  readonly connection: readonly string[];
  /** `-R`: this is the process of one connection. */
  readonly reexecuted: boolean;
}

export type ReadRequest =
  | { readonly type: 'request'; readonly request: SshdRequest }
  | { readonly type: 'usage'; readonly wrong?: Exclude<ParsedOption, { readonly type: 'option' }> }
  | { readonly type: 'version' }
  | { readonly type: 'bad'; readonly line: string; readonly status: number }
  | { readonly type: 'later'; readonly flag: string };

const nothing: SshdRequest = {
  configFile: '/etc/ssh/sshd_config',
  lines: [],
  debug: 0,
  quiet: false,
  foreground: false,
  logToStderr: false,
  logFile: undefined,
  mode: 'serve',
  connection: [],
  reexecuted: false,
};

type Effect = (
  request: SshdRequest,
  argument: string,
) => SshdRequest | Exclude<ReadRequest, { readonly type: 'request' }>;

const unchanged: Effect = (request) => request;
const addLine = (request: SshdRequest, line: string): SshdRequest => ({ ...request, lines: [...request.lines, line] });

const effects: ReadonlyMap<string, Effect> = new Map<string, Effect>([
  ['4', (request) => addLine(request, 'AddressFamily inet')],
  ['6', (request) => addLine(request, 'AddressFamily inet6')],
  ['b', unchanged],
  ['C', (request, text) => ({ ...request, connection: [...request.connection, text] })],
  ['D', (request) => ({ ...request, foreground: true })],
  ['d', (request) => ({ ...request, debug: Math.min(request.debug + 1, 3), foreground: true })],
  ['E', (request, logFile) => ({ ...request, logFile })],
  ['e', (request) => ({ ...request, logToStderr: true })],
  ['f', (request, configFile) => ({ ...request, configFile })],
  ['g', (request, text) => readGraceTime(request, text)],
  ['G', (request) => ({ ...request, mode: 'print-unchecked' })],
  ['h', (request, file) => addLine(request, `HostKey ${quoteArgument(file)}`)],
  ['k', unchanged],
  ['o', (request, text) => addLine(request, text)],
  ['p', (request, text) => readPort(request, text)],
  ['Q', unchanged],
  ['q', (request) => ({ ...request, quiet: true })],
  ['R', (request) => ({ ...request, reexecuted: true })],
  ['r', unchanged],
  ['T', (request) => ({ ...request, mode: 'print' })],
  ['t', (request) => ({ ...request, mode: 'test' })],
  ['u', unchanged],
  ['V', () => ({ type: 'version' })],
]);

function readPort(request: SshdRequest, text: string): ReturnType<Effect> {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65_535
    ? addLine(request, `Port ${port}`)
    : { type: 'bad', line: 'Bad port number.', status: 1 };
}

function readGraceTime(request: SshdRequest, text: string): ReturnType<Effect> {
  return /^(\d+[smhdwSMHDW]?)+$/.test(text)
    ? addLine(request, `LoginGraceTime ${text}`)
    : { type: 'bad', line: 'Invalid login grace time.', status: 1 };
}

/** Reads sshd's argv. */
export function readRequest(argv: readonly string[], version: HostFacts['openSsh']): ReadRequest {
  const parsed = parseOptions(argv, 1, letters[version]);
  let request = nothing;
  for (const option of parsed.options) {
    if (option.type !== 'option') return { type: 'usage', wrong: option };
    const effect = effects.get(option.flag);
    if (effect === undefined) return { type: 'later', flag: option.flag };
    const outcome = effect(request, option.argument);
    if ('type' in outcome) return outcome;
    request = outcome;
  }
  const extra = argv[parsed.next];
  if (extra !== undefined) return { type: 'bad', line: `Extra argument ${extra}.`, status: 1 };
  return { type: 'request', request };
}
