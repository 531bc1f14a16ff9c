/** The -O of certificates: add_cert_option() of ssh-keygen.c, with the options that a version knows. */
import { flagOption, textOption, usualExtensions, type CertificateOption } from '@seashell/core/certificates';
import { parseAddress, parseAddressBlock } from '@seashell/core/config';
import { utf8Encode } from '@seashell/core/wire';
import type { HostFacts } from '@seashell/system';

export interface CertificateOptions {
  readonly criticalOptions: readonly CertificateOption[];
  readonly extensions: readonly CertificateOption[];
}

/** What is wrong: lines for the log, the last of which ends the program. */
export type OptionFault = readonly string[];

interface Draft {
  /** Flags that are set, extensions and `verify-required`. */
  readonly flags: Set<string>;
  forceCommand: string | undefined;
  sourceAddress: string | undefined;
  readonly critical: CertificateOption[];
  readonly extensions: CertificateOption[];
}

/** -O words without an argument: the flag, and whether it is set. */
const switches: Readonly<Record<HostFacts['openSsh'], ReadonlyMap<string, readonly [flag: string, set: boolean]>>> = {
  '6.6': new Map(permitSwitches()),
  '10': new Map([
    ...permitSwitches(),
    ['no-touch-required', ['no-touch-required', true]],
    ['touch-required', ['no-touch-required', false]],
    ['verify-required', ['verify-required', true]],
    ['no-verify-required', ['verify-required', false]],
  ]),
};

type Switch = readonly [word: string, effect: readonly [flag: string, set: boolean]];

function permitSwitches(): readonly Switch[] {
  return usualExtensions.flatMap(({ name }): readonly Switch[] => {
    const what = name.slice('permit-'.length).toLowerCase();
    return [
      [`permit-${what}`, [name, true]],
      [`no-${what}`, [name, false]],
    ];
  });
}

export interface OptionContext {
  readonly version: HostFacts['openSsh'];
  /** A host's certificate begins with no flags. */
  readonly isHost: boolean;
}

/** Reads all -O, or says what is wrong with the first that is. */
export function readCertificateOptions(
  options: readonly string[],
  { version, isHost }: OptionContext,
): CertificateOptions | OptionFault {
  const draft: Draft = {
    flags: new Set(isHost ? [] : usualExtensions.map(({ name }) => name)),
    forceCommand: undefined,
    sourceAddress: undefined,
    critical: [],
    extensions: [],
  };
  for (const option of options) {
    const fault = addOption(draft, option, version);
    if (fault !== undefined) return fault;
  }
  return finish(draft);
}

function addOption(draft: Draft, option: string, version: HostFacts['openSsh']): OptionFault | undefined {
  const word = option.toLowerCase();
  const [flag, set] = switches[version].get(word) ?? [];
  if (word === 'clear') draft.flags.clear();
  else if (flag !== undefined) draft.flags[set === true ? 'add' : 'delete'](flag);
  else return addValue(draft, option, version);
  return undefined;
}

function addValue(draft: Draft, option: string, version: HostFacts['openSsh']): OptionFault | undefined {
  const [, name = '', value = ''] = /^([a-z-]+[=:])(.*)$/is.exec(option) ?? [];
  const add = valueOptions[version].get(name.toLowerCase());
  return add === undefined ? [`Unsupported certificate option "${option}"`] : add(draft, value);
}

type ValueOption = (draft: Draft, value: string) => OptionFault | undefined;

const forceCommand: ValueOption = (draft, value) => {
  if (value === '') return ['Empty force-command option'];
  if (draft.forceCommand !== undefined) return ['force-command already specified'];
  draft.forceCommand = value;
  return undefined;
};

const sourceAddress: ValueOption = (draft, value) => {
  if (value === '') return ['Empty source-address option'];
  if (draft.sourceAddress !== undefined) return ['source-address already specified'];
  const fault = findAddressFault(value);
  if (fault !== undefined) return [...fault, 'Invalid source-address list'];
  draft.sourceAddress = value;
  return undefined;
};

const other =
  (list: 'critical' | 'extensions'): ValueOption =>
  (draft, value) => {
    const [name = ''] = value.split('=', 1);
    const text = value.slice(name.length + 1);
    draft[list].push(value.includes('=') ? textOption(name, text) : flagOption(name));
    return undefined;
  };

const oldValueOptions: readonly (readonly [string, ValueOption])[] = [
  ['force-command=', forceCommand],
  ['source-address=', sourceAddress],
];

const valueOptions: Readonly<Record<HostFacts['openSsh'], ReadonlyMap<string, ValueOption>>> = {
  '6.6': new Map(oldValueOptions),
  '10': new Map([...oldValueOptions, ['extension:', other('extensions')], ['critical:', other('critical')]]),
};

/** INET6_ADDRSTRLEN and a mask. */
const longestEntry = 46 + 3;

/**
 * addr_match_cidr_list() with no address: what it says of the first wrong entry.
 * Differs from OpenSSH: addresses of fewer than four numbers, like 1.2.3, are wrong.
 */
function findAddressFault(list: string): readonly string[] | undefined {
  const entries = list.split(',');
  for (const [index, entry] of entries.entries()) {
    if (entry === '') {
      const before = entries.slice(0, index).at(-1) ?? '';
      return [`addr_match_cidr_list: empty entry in list "${before}"`];
    }
    if (utf8Encode(entry).length > longestEntry) return [`addr_match_cidr_list: list entry "${entry}" too long`];
    const invalid = `Invalid network entry "${entry}"`;
    if (/[^0-9a-fA-F.:/]/.test(entry)) {
      return [`addr_match_cidr_list: list entry "${entry}" contains invalid characters`, invalid];
    }
    const block = parseAddressBlock(entry);
    if (block === undefined || parseAddress(entry.split('/', 1)[0] ?? '') === undefined) return [invalid];
    if (block === 'invalid') return [`Inconsistent mask length for network "${entry}"`];
  }
  return undefined;
}

function finish(draft: Draft): CertificateOptions {
  const critical = [...draft.critical];
  if (draft.forceCommand !== undefined) critical.push(textOption('force-command', draft.forceCommand));
  if (draft.sourceAddress !== undefined) critical.push(textOption('source-address', draft.sourceAddress));
  if (draft.flags.delete('verify-required')) critical.push(flagOption('verify-required'));
  return { criticalOptions: critical, extensions: [...draft.extensions, ...[...draft.flags].map(flagOption)] };
}
