/** The options of ssh-keygen(1), by OpenSSH version: what is built here, and what only a later version of this program does. */
import type { HostFacts } from '@seashell/system';
import type { OptionLetters, ParsedOption } from '../options/getopt.ts';

export const letters: Readonly<Record<HostFacts['openSsh'], OptionLetters>> = {
  '10': { plain: 'ABHKLQUXceghiklopquvy', withArgument: 'CDEFIMNOPRVYZabfmnrstwz' },
  '6.6': { plain: 'ABHLQXceghiklopquvxy', withArgument: 'CDFGIJKMNOPRSTVWZabfjmnrstz' },
};

/** What ssh-keygen is asked to do. */
export type Operation = 'generate' | 'fingerprint' | 'print-public';

export interface KeygenRequest {
  readonly operation: Operation;
  readonly type: string | undefined;
  /** As written: its check depends on the key type. */
  readonly bits: string | undefined;
  readonly file: string | undefined;
  readonly newPassphrase: string | undefined;
  readonly passphrase: string | undefined;
  readonly comment: string | undefined;
  readonly quiet: boolean;
  readonly verbosity: number;
  readonly fingerprintHash: string | undefined;
  readonly rounds: string | undefined;
}

const nothing: KeygenRequest = {
  operation: 'generate',
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
};

type Effect = (request: KeygenRequest, argument: string) => KeygenRequest;

/** One row per option that is built; every other letter of the table above belongs to a later version. */
const effects: ReadonlyMap<string, Effect> = new Map<string, Effect>([
  ['l', (request) => ({ ...request, operation: 'fingerprint' })],
  ['y', (request) => ({ ...request, operation: 'print-public' })],
  ['q', (request) => ({ ...request, quiet: true })],
  ['v', (request) => ({ ...request, verbosity: request.verbosity + 1 })],
  ['t', (request, type) => ({ ...request, type })],
  ['b', (request, bits) => ({ ...request, bits })],
  ['f', (request, file) => ({ ...request, file })],
  ['N', (request, newPassphrase) => ({ ...request, newPassphrase })],
  ['P', (request, passphrase) => ({ ...request, passphrase })],
  ['C', (request, comment) => ({ ...request, comment })],
  ['E', (request, fingerprintHash) => ({ ...request, fingerprintHash })],
  ['a', (request, rounds) => ({ ...request, rounds })],
]);

export type ReadRequest =
  | { readonly type: 'request'; readonly request: KeygenRequest }
  | { readonly type: 'wrong'; readonly option: Exclude<ParsedOption, { readonly type: 'option' }> }
  | { readonly type: 'later'; readonly flag: string };

/** Reads the parsed options in their order; the first wrong one, or else the first of a later version, is the answer. */
export function readRequest(options: readonly ParsedOption[]): ReadRequest {
  let request = nothing;
  let later: string | undefined;
  for (const option of options) {
    if (option.type !== 'option') return { type: 'wrong', option };
    const effect = effects.get(option.flag);
    if (effect === undefined) later ??= option.flag;
    else request = effect(request, option.argument);
  }
  return later === undefined ? { type: 'request', request } : { type: 'later', flag: later };
}
