/** Arguments that only sshd_config has. */
import { parseAddressBlock } from '../../patterns/address.ts';
import { accept, refuse, refuseWith, type ArgumentInput, type ArgumentResult, type Grammar } from '../grammar.ts';
import { parseInteger, parsePort } from './number.ts';
import { parseTime } from './time.ts';

/** Where sshd listens; without a port on each Port. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number | undefined;
}

/** `host`, `host:port`, `[address]:port`; undefined if it is none. */
function splitHostPort(text: string): { readonly host: string; readonly port: string | undefined } | undefined {
  const colons = text.split(':').length - 1;
  if (!text.includes('[') && colons > 1) return { host: text, port: undefined };
  const match = /^(?:\[([^\]]*)\]|([^:[]*))(?::(.*))?$/.exec(text);
  if (match === null) return undefined;
  return { host: match[1] ?? match[2] ?? '', port: match[3] };
}

export const listenAddresses: Grammar<readonly ListenAddress[]> = {
  syntax: 'host[:port] [rdomain name]',
  parse: (input) => {
    const [word = '', domainWord, domain] = input.words;
    if (word === '') return refuse(input, 'missing-argument', 'missing address');
    const parts = splitHostPort(word);
    if (parts === undefined) return refuse(input, 'bad-address', 'bad address:port usage');
    const port = parts.port === undefined ? undefined : parsePort(parts.port);
    if (parts.port !== undefined && (port === undefined || port === 0))
      return refuse(input, 'bad-port', 'bad port number');
    if (domainWord !== undefined && (domainWord !== 'rdomain' || domain === undefined)) {
      return refuse(input, 'bad-address', 'bad ListenAddress syntax');
    }
    // Differs from OpenSSH on systems that have routing domains: Linux has none that sshd can use here.
    if (domainWord !== undefined) return refuse(input, 'bad-routing-domain', 'bad routing domain');
    return accept([{ host: parts.host, port }]);
  },
  format: (values) => values.map(formatListenAddress),
};

function formatListenAddress({ host, port }: ListenAddress): string {
  if (port === undefined) return host;
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** From `begin` connections on that have not logged in, `ratePercent` of new ones are refused, rising to all at `full`. */
export interface MaxStartups {
  readonly begin: number;
  readonly ratePercent: number;
  readonly full: number;
}

export const maxStartups: Grammar<MaxStartups> = {
  syntax: 'start[:rate:full]',
  parse: (input) => {
    const word = input.words[0] ?? '';
    if (word === '') return refuse(input, 'missing-argument', input.texts.missing(input.keyword));
    const match = /^(\d{1,9})(?::(\d{1,9}):(\d{1,9}))?$/.exec(word);
    const begin = Number(match?.[1]);
    const ratePercent = Number(match?.[2] ?? 30);
    const full = Number(match?.[3] ?? begin);
    const ok = match !== null && begin >= 1 && begin <= full && ratePercent >= 1 && ratePercent <= 100;
    return ok ? accept({ begin, ratePercent, full }) : refuse(input, 'bad-argument', `Invalid ${input.keyword} spec.`);
  },
  format: ({ begin, ratePercent, full }) => [`${begin}:${ratePercent}:${full}`],
};

/** A subsystem and what runs for it (sshd_config(5) Subsystem). */
export interface Subsystem {
  readonly name: string;
  /** `internal-sftp`, or a command with its arguments. */
  readonly command: string;
}

export const subsystems: Grammar<readonly Subsystem[]> = {
  syntax: 'name command',
  parse: (input) => {
    const [name = '', program = '', ...words] = input.words;
    if (name === '' || program === '') return refuse(input, 'missing-argument', input.texts.missing(input.keyword));
    return accept([{ name, command: [program, ...words].join(' ') }], input.words.length);
  },
  format: (values) => values.map((value) => `${value.name} ${value.command}`),
};

/** AllowUsers and DenyUsers: `user` and `user@host` patterns. */
export const userPatterns: Grammar<readonly string[]> = {
  syntax: 'user[@host]...',
  parse: (input) => {
    for (const word of input.words) {
      const host = word.includes('@') ? word.slice(word.lastIndexOf('@') + 1) : undefined;
      const bad = word === '' || (host !== undefined && parseAddressBlock(host.replace(/^!/, '')) === 'invalid');
      if (bad) return refuse(input, 'invalid-pattern', `invalid ${input.keyword} pattern: "${word}"`);
    }
    return accept(input.words, input.words.length);
  },
  format: (values) => values,
};

/** AllowGroups and DenyGroups. */
export const groupPatterns: Grammar<readonly string[]> = {
  syntax: 'group...',
  parse: (input) => {
    if (input.words.includes('')) return refuse(input, 'empty-pattern', `empty ${input.keyword} pattern`);
    return accept(input.words, input.words.length);
  },
  format: (values) => values,
};

interface PermissionOptions {
  /** PermitListen takes a port without a host. */
  readonly hostOptional: boolean;
}

function permissionProblem(word: string, input: ArgumentInput, options: PermissionOptions): string | undefined {
  if (word === 'any' || word === 'none') return `${word} must appear alone on a ${input.keyword} line.`;
  const parts = splitHostPort(word);
  const alone = options.hostOptional && parts?.port === undefined;
  if (parts === undefined) return `${input.keyword} missing host`;
  const port = alone ? parts.host : (parts.port ?? '');
  const value = port === '*' ? 1 : parsePort(port);
  return value === undefined || value === 0 ? `${input.keyword} bad port number` : undefined;
}

function permissions(options: PermissionOptions): Grammar<readonly string[]> {
  return {
    syntax: options.hostOptional ? '[host:]port...|any|none' : 'host:port...|any|none',
    words: ['any', 'none'],
    parse: (input) => {
      const first = input.words[0];
      const rest = first === 'any' || first === 'none' ? input.words.slice(1) : input.words;
      for (const word of rest) {
        const message = permissionProblem(word, input, options);
        if (message !== undefined) return refuse(input, 'bad-permission', message);
      }
      const isBare = (word: string): boolean => options.hostOptional && rest.includes(word) && !word.includes(':');
      return accept(
        input.words.map((word) => (isBare(word) ? `*:${word}` : word)),
        input.words.length,
      );
    },
    format: (values) => [values.join(' ')],
  };
}

export const permitOpen = permissions({ hostOptional: false });
export const permitListen = permissions({ hostOptional: true });

const authenticationMethodNames = [
  'none',
  'publickey',
  'password',
  'keyboard-interactive',
  'hostbased',
  'gssapi-with-mic',
];

function unknownMethod(list: string): string | undefined {
  return list.split(',').find((method) => !authenticationMethodNames.includes(method.split(':', 1)[0] ?? ''));
}

/** AuthenticationMethods: lists by commas, of which one must be gone through whole; `any` for any one method. */
export const authenticationMethods: Grammar<readonly string[]> = {
  syntax: 'method,method...|any',
  words: ['any', ...authenticationMethodNames],
  parse: (input) => {
    if (input.words.length > 1 && input.words.includes('any')) {
      return refuse(input, 'not-alone', `"any" must appear alone in ${input.keyword}`);
    }
    for (const word of input.words) {
      const unknown = word === 'any' ? undefined : unknownMethod(word);
      if (unknown === undefined) continue;
      const message = `invalid ${input.keyword} method list.`;
      const before = [unknown === '' ? 'empty method in list' : `Unknown authentication method "${unknown}" in list`];
      return refuseWith({ code: 'invalid-method-list', message, fatal: true, before });
    }
    return accept(input.words, input.words.length);
  },
  format: (values) => [values.join(' ')],
};

/** A command that must be an absolute path, or `none`; the rest of the line. */
export const absoluteCommand: Grammar<string> = {
  syntax: '/path arguments...|none',
  words: ['none'],
  parse: (input) => {
    if (!input.rest.startsWith('/') && input.rest.toLowerCase() !== 'none') {
      return refuse(input, 'not-absolute', `${input.keyword} must be an absolute path`);
    }
    return accept(input.rest, input.words.length);
  },
  format: (value) => [value],
};

/** PermitUserEnvironment: yes, no, or patterns of names. */
export const userEnvironment: Grammar<boolean | string> = {
  syntax: 'yes|no|pattern-list',
  words: ['yes', 'no'],
  parse: (input) => {
    const word = input.words[0] ?? '';
    if (word === '') return refuse(input, 'missing-argument', input.texts.missing(input.keyword));
    if (word === 'yes') return accept(true);
    return accept(word === 'no' ? false : word);
  },
  format: (value) => [typeof value === 'string' ? value : value ? 'yes' : 'no'],
};

/** PubkeyAuthOptions. */
export const pubkeyAuthOptions: Grammar<readonly string[]> = {
  syntax: 'touch-required|verify-required|none...',
  words: ['none', 'touch-required', 'verify-required'],
  parse: (input) => {
    const known = ['none', 'touch-required', 'verify-required'];
    const bad = input.words.find((word) => !known.includes(word.toLowerCase()));
    if (bad === undefined) return accept(input.words, input.words.length);
    const message = `unsupported ${input.keyword} option ${bad}`;
    return refuseWith({ code: 'unsupported-option', message, fatal: false });
  },
  format: (values) => [values.join(' ')],
};

/** PerSourceNetBlockSize: bits of IPv4 and IPv6 addresses that count as one source. */
export const netBlockSize: Grammar<readonly [ipv4Bits: number, ipv6Bits: number]> = {
  syntax: 'ipv4bits[:ipv6bits]',
  parse: (input) => {
    const match = /^(\d{1,3})(?::(\d{1,3}))?$/.exec(input.words[0] ?? '');
    const ipv4Bits = Number(match?.[1]);
    const ipv6Bits = Number(match?.[2] ?? 128);
    if (match === null || ipv4Bits > 32 || ipv6Bits > 128) {
      return refuse(input, 'bad-argument', `Invalid ${input.keyword} spec.`);
    }
    return accept([ipv4Bits, ipv6Bits]);
  },
  format: ([ipv4Bits, ipv6Bits]) => [`${ipv4Bits}:${ipv6Bits}`],
};

const penaltyTimes = ['crash', 'authfail', 'noauth', 'invaliduser', 'grace-exceeded', 'refuseconnection', 'max', 'min'];
const penaltyCounts = ['max-sources4', 'max-sources6'];

/** PerSourcePenalties: `yes`, `no`, or `reason:time` items. */
export const sourcePenalties: Grammar<readonly string[]> = {
  syntax: 'yes|no|reason:time...',
  words: ['yes', 'no', ...[...penaltyTimes, ...penaltyCounts].map((name) => `${name}:`)],
  parse: (input) => {
    for (const word of input.words) {
      const message = penaltyProblem(word, input);
      if (message !== undefined) return refuse(input, 'bad-penalty', message);
    }
    return accept(input.words, input.words.length);
  },
  format: (values) => [values.join(' ')],
};

function penaltyProblem(word: string, input: ArgumentInput): string | undefined {
  const [name = '', value] = word.split(':', 2);
  if (value === undefined && (word === 'yes' || word === 'no')) return undefined;
  if (value !== undefined && penaltyTimes.includes(name)) {
    return parseTime(value.replace(/\.\d+$/, '')) === undefined ? `invalid ${input.keyword} time value.` : undefined;
  }
  if (value !== undefined && penaltyCounts.includes(name)) {
    const count = parseInteger(value);
    return typeof count === 'string' ? `${input.keyword} value ${count}.` : undefined;
  }
  if ((name === 'overflow' || name === 'overflow6') && (value === 'permissive' || value === 'deny-all'))
    return undefined;
  return `unsupported ${input.keyword} keyword ${word}`;
}

/** RDomain, which Linux's build refuses. */
export const routingDomain: Grammar<string> = {
  syntax: 'domain',
  parse: (input): ArgumentResult<string> =>
    refuse(input, 'unsupported', 'setting RDomain not supported on this platform.'),
  format: (value) => [value],
};
