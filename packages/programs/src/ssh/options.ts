/**
 * The options of ssh(1). What has a keyword of ssh_config becomes a line of it, in order, since the first obtained value wins there
 * too; the rest is kept as what it asks for.
 */
import { sshConfigRows } from '@seashell/core/config';
import type { HostFacts } from '@seashell/system';
import { parseOptions, type OptionLetters, type ParsedOption } from '../options/getopt.ts';
import { quoteArgument } from '../options/quote-argument.ts';
import { parseDestination, parsePort, type Destination } from './destination.ts';

export const letters: Readonly<Record<HostFacts['openSsh'], OptionLetters>> = {
  '10': { plain: '1246ACGKMNTVXYZafgknqstvxy', withArgument: 'BDEFIJLOPQRSWbceilmopw' },
  '6.6': { plain: '1246ACKMNPTVXYafgknqstvxy', withArgument: 'DEFILOQRSWbceilmopw' },
};

export interface SshRequest {
  readonly destination: Destination | undefined;
  /** Words of the remote command. */
  readonly command: readonly string[];
  /** Lines of ssh_config from the command line. */
  readonly lines: readonly string[];
  /** As written; each is looked for before it is taken. */
  readonly identityFiles: readonly string[];
  readonly configFile: string | undefined;
  readonly logFile: string | undefined;
  /** `-v` once to three times; `-q` is -1 until a `-v` follows. */
  readonly verbosity: number;
  readonly terminal: 'yes' | 'force' | 'no' | undefined;
  readonly printConfig: boolean;
  readonly subsystem: boolean;
  /** `-f`, `-n`, `-N`: 6.6 has no keywords for them. */
  readonly background: boolean;
  readonly noInput: boolean;
  readonly noCommand: boolean;
}

export type ReadRequest =
  | { readonly type: 'request'; readonly request: SshRequest }
  /** Prints the usage; before it getopt's line about a wrong option. */
  | { readonly type: 'usage'; readonly wrong?: Exclude<ParsedOption, { readonly type: 'option' }> }
  | { readonly type: 'version' }
  | { readonly type: 'protocol1' }
  | { readonly type: 'query'; readonly name: string }
  /** One line on stderr, exit status 255. */
  | { readonly type: 'bad'; readonly what: 'port' | 'escape' | 'cipher' | 'mac'; readonly value: string }
  | { readonly type: 'later'; readonly flag: string };

const nothing: SshRequest = {
  destination: undefined,
  command: [],
  lines: [],
  identityFiles: [],
  configFile: undefined,
  logFile: undefined,
  verbosity: 0,
  terminal: undefined,
  printConfig: false,
  subsystem: false,
  background: false,
  noInput: false,
  noCommand: false,
};

/** A change to the request, or an answer that ends the reading. */
type Effect = (
  request: SshRequest,
  argument: string,
) => SshRequest | Exclude<ReadRequest, { readonly type: 'request' }>;

const addLines = (request: SshRequest, ...lines: readonly string[]): SshRequest => ({
  ...request,
  lines: [...request.lines, ...lines],
});
const line =
  (text: string): Effect =>
  (request) =>
    addLines(request, text);
const keyword =
  (name: string): Effect =>
  (request, argument) =>
    addLines(request, `${name} ${quoteArgument(argument)}`);
const unchanged: Effect = (request) => request;

interface ListOption {
  readonly keyword: 'Ciphers' | 'MACs';
  readonly what: 'cipher' | 'mac';
}

/** A list of names that OpenSSH must know, with `+`, `-` or `^` before it as in the configuration. */
function list({ keyword: name, what }: ListOption): Effect {
  const known = sshConfigRows[name].grammar.words ?? [];
  return (request, text) => {
    const names = text.replace(/^[+^-]/, '').split(',');
    const isKnown = text.startsWith('-') || names.every((each) => known.includes(each));
    return isKnown ? addLines(request, `${name} ${quoteArgument(text)}`) : { type: 'bad', what, value: text };
  };
}

/** ssh.c: one character, `^X` for a control character, or `none`. */
function parseEscape(text: string): string | undefined {
  if (/^\^[@-~]$/.test(text) || text === 'none') return text;
  return text.length === 1 ? text : undefined;
}

/** One row per option that is built; every other letter of the table above belongs to a later version. */
const effects: ReadonlyMap<string, Effect> = new Map<string, Effect>([
  ['1', () => ({ type: 'protocol1' })],
  ['2', unchanged],
  ['4', line('AddressFamily inet')],
  ['6', line('AddressFamily inet6')],
  ['a', line('ForwardAgent no')],
  ['c', list({ keyword: 'Ciphers', what: 'cipher' })],
  ['C', line('Compression yes')],
  ['e', (request, text) => readEscape(request, text)],
  ['E', (request, logFile) => ({ ...request, logFile })],
  ['f', (request) => ({ ...request, background: true, noInput: true })],
  ['F', (request, configFile) => ({ ...request, configFile })],
  ['G', (request) => ({ ...request, printConfig: true })],
  ['i', (request, file) => ({ ...request, identityFiles: [...request.identityFiles, file] })],
  ['k', unchanged],
  ['l', keyword('User')],
  ['m', list({ keyword: 'MACs', what: 'mac' })],
  ['n', (request) => ({ ...request, noInput: true })],
  ['N', (request) => ({ ...request, noCommand: true })],
  ['o', (request, text) => addLines(request, text)],
  ['p', (request, text) => readPort(request, text)],
  ['q', (request) => ({ ...request, verbosity: -1 })],
  ['Q', (_, name) => ({ type: 'query', name })],
  ['s', (request) => ({ ...request, subsystem: true })],
  ['t', (request) => ({ ...request, terminal: request.terminal === 'yes' ? 'force' : 'yes' })],
  ['T', (request) => ({ ...request, terminal: 'no' })],
  ['v', (request) => ({ ...request, verbosity: Math.min(Math.max(request.verbosity, 0) + 1, 3) })],
  ['V', () => ({ type: 'version' })],
  ['x', line('ForwardX11 no')],
]);

function readEscape(request: SshRequest, text: string): ReturnType<Effect> {
  const escape = parseEscape(text);
  return escape === undefined
    ? { type: 'bad', what: 'escape', value: text }
    : addLines(request, `EscapeChar ${quoteArgument(escape)}`);
}

function readPort(request: SshRequest, text: string): ReturnType<Effect> {
  const port = parsePort(text);
  return port === undefined ? { type: 'bad', what: 'port', value: text } : addLines(request, `Port ${port}`);
}

/** Reads `ssh`'s argv: options, destination, options again, command. */
export function readRequest(argv: readonly string[], version: HostFacts['openSsh']): ReadRequest {
  const first = parseOptions(argv, 1, letters[version]);
  const before = applyOptions(nothing, first.options);
  if (before.type !== 'request') return before;
  const target = argv[first.next];
  if (target === undefined) return { type: 'usage' };
  const destination = parseDestination(target);
  if (destination === undefined) return { type: 'usage' };
  const request = addLines({ ...before.request, destination }, ...destinationLines(destination));
  if (first.endedByDashes) return finish(request, argv.slice(first.next + 1));
  const second = parseOptions(argv, first.next + 1, letters[version]);
  const after = applyOptions(request, second.options);
  return after.type === 'request' ? finish(after.request, argv.slice(second.next)) : after;
}

function finish(request: SshRequest, command: readonly string[]): ReadRequest {
  return { type: 'request', request: { ...request, command } };
}

function destinationLines(destination: Destination): readonly string[] {
  const lines: string[] = [];
  if (destination.user !== undefined) lines.push(`User ${quoteArgument(destination.user)}`);
  if (destination.port !== undefined) lines.push(`Port ${destination.port}`);
  return lines;
}

function applyOptions(start: SshRequest, options: readonly ParsedOption[]): ReadRequest {
  let request = start;
  for (const option of options) {
    if (option.type !== 'option') return { type: 'usage', wrong: option };
    const effect = effects.get(option.flag);
    if (effect === undefined) return { type: 'later', flag: option.flag };
    const outcome = effect(request, option.argument);
    if ('type' in outcome) return outcome;
    request = outcome;
  }
  return { type: 'request', request };
}
