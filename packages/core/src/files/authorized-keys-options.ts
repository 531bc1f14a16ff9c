/** The options of an authorized_keys line: sshd(8), OpenSSH's auth-options.c and the words of its errors. */
import { parseAbsoluteTime, utc, type TimeZone } from '../calendar.ts';
import type { Span } from '../diagnostic.ts';

/** A permitopen or permitlisten item. */
export interface Permission {
  readonly host: string;
  readonly port: number | '*';
}

/** What the options of a line of authorized_keys allow and force (sshd(8) AUTHORIZED_KEYS FILE FORMAT). */
export interface AuthorizedKeyOptions {
  readonly restrict: boolean;
  readonly certAuthority: boolean;
  readonly portForwarding: boolean;
  readonly agentForwarding: boolean;
  readonly x11Forwarding: boolean;
  readonly pty: boolean;
  readonly userRc: boolean;
  readonly touchRequired: boolean;
  readonly verifyRequired: boolean;
  readonly command: string | undefined;
  readonly principals: string | undefined;
  /** A pattern list of client names and addresses; `matchHostAndAddress` decides. */
  readonly from: string | undefined;
  /** The last second since the epoch at which the key counts; the earliest of several. */
  readonly expires: bigint | undefined;
  /** The first of several for a name holds. */
  readonly environment: ReadonlyMap<string, string>;
  readonly permitOpen: readonly Permission[];
  readonly permitListen: readonly Permission[];
  readonly tunnelDevice: string | undefined;
}

/** The options, or why sshd refuses the line. */
export type KeyOptionsResult =
  | { readonly ok: true; readonly options: AuthorizedKeyOptions }
  /** OpenSSH's reason, such as `unknown key option`. */
  | { readonly ok: false; readonly message: string };

type Mutable<T> = { -readonly [Name in keyof T]: T[Name] };
type Draft = Mutable<Omit<AuthorizedKeyOptions, 'environment' | 'permitOpen' | 'permitListen'>> & {
  readonly environment: Map<string, string>;
  readonly permitOpen: Permission[];
  readonly permitListen: Permission[];
};

function unrestricted(): Draft {
  return {
    restrict: false,
    certAuthority: false,
    portForwarding: true,
    agentForwarding: true,
    x11Forwarding: true,
    pty: true,
    userRc: true,
    touchRequired: true,
    verifyRequired: false,
    command: undefined,
    principals: undefined,
    from: undefined,
    expires: undefined,
    environment: new Map(),
    permitOpen: [],
    permitListen: [],
    tunnelDevice: undefined,
  };
}

/** A flag: its name, whether `no-` may stand before it, and what it does. */
interface Flag {
  readonly name: string;
  readonly negatable: boolean;
  set(draft: Draft, value: boolean): void;
}

const flags: readonly Flag[] = [
  {
    name: 'restrict',
    negatable: false,
    set: (draft) => {
      const off = { portForwarding: false, agentForwarding: false, x11Forwarding: false, pty: false, userRc: false };
      Object.assign(draft, off, { restrict: true });
    },
  },
  { name: 'cert-authority', negatable: false, set: (draft) => (draft.certAuthority = true) },
  { name: 'port-forwarding', negatable: true, set: (draft, value) => (draft.portForwarding = value) },
  { name: 'agent-forwarding', negatable: true, set: (draft, value) => (draft.agentForwarding = value) },
  { name: 'x11-forwarding', negatable: true, set: (draft, value) => (draft.x11Forwarding = value) },
  { name: 'touch-required', negatable: true, set: (draft, value) => (draft.touchRequired = value) },
  { name: 'verify-required', negatable: true, set: (draft, value) => (draft.verifyRequired = value) },
  { name: 'pty', negatable: true, set: (draft, value) => (draft.pty = value) },
  { name: 'user-rc', negatable: true, set: (draft, value) => (draft.userRc = value) },
];

/** An option with a value: gives what is wrong with it, if anything. */
type ValueOption = (draft: Draft, value: string, zone: TimeZone) => string | undefined;

function once(name: 'command' | 'principals' | 'from'): ValueOption {
  return (draft, value) => {
    if (draft[name] !== undefined) return `multiple "${name}" clauses`;
    draft[name] = value;
    return undefined;
  };
}

function permission(list: 'permitOpen' | 'permitListen'): ValueOption {
  return (draft, value) => {
    const text = list === 'permitListen' && !value.includes(':') ? `*:${value}` : value;
    const match = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::(.*))?$/.exec(text);
    if (match === null) return 'invalid permission hostname';
    const port = readPermissionPort(match[3] ?? '');
    if (port === undefined) return 'invalid permission port';
    draft[list].push({ host: match[1] ?? match[2] ?? '', port });
    return undefined;
  };
}

function readPermissionPort(text: string): number | '*' | undefined {
  if (text === '*') return '*';
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port > 0 && port <= 65_535 ? port : undefined;
}

const valueOptions: Readonly<Record<string, ValueOption>> = {
  command: once('command'),
  principals: once('principals'),
  from: once('from'),
  'expiry-time': (draft, value, zone) => {
    const seconds = parseAbsoluteTime(value, zone);
    if (seconds === undefined || seconds <= 0n) return 'invalid expires time';
    if (draft.expires === undefined || seconds < draft.expires) draft.expires = seconds;
    return undefined;
  },
  environment: (draft, value) => {
    const [, name, content = ''] = /^([A-Za-z0-9_]+)=(.*)$/s.exec(value) ?? [];
    if (name === undefined) return 'invalid environment string';
    if (!draft.environment.has(name)) draft.environment.set(name, content);
    return undefined;
  },
  permitopen: permission('permitOpen'),
  permitlisten: permission('permitListen'),
  tunnel: (draft, value) => {
    if (!/^(?:any|\d+)$/.test(value)) return 'invalid tun device';
    draft.tunnelDevice = value;
    return undefined;
  },
};

/** Parses the options of a line. An empty text has none. Times without `Z` are in `zone`, that of the server. */
export function parseKeyOptions(text: string, zone: TimeZone = utc): KeyOptionsResult {
  return readOptions(text, { draft: unrestricted(), zone, spans: [] });
}

/** Where each option of a line stands, its commas left out; up to the first that is wrong. */
export function locateKeyOptions(text: string): readonly Span[] {
  const spans: Span[] = [];
  readOptions(text, { draft: unrestricted(), zone: utc, spans });
  return spans;
}

interface OptionsReading {
  readonly draft: Draft;
  readonly zone: TimeZone;
  readonly spans: Span[];
}

function readOptions(text: string, reading: OptionsReading): KeyOptionsResult {
  let at = 0;
  while (at < text.length) {
    const step = readOption(text, at, reading);
    if (typeof step === 'string') return { ok: false, message: step };
    reading.spans.push({ start: at, end: step });
    if (step === text.length) break;
    if (text[step] !== ',') return { ok: false, message: 'unknown key option' };
    at = step + 1;
    if (at === text.length) return { ok: false, message: 'unexpected end-of-options' };
  }
  return { ok: true, options: reading.draft };
}

/** Reads one option; gives where it ends, or what is wrong. */
function readOption(text: string, start: number, { draft, zone }: OptionsReading): number | string {
  for (const flag of flags) {
    const end = flagEnd(text, start, flag);
    if (end === undefined) continue;
    flag.set(draft, !end.negated);
    return end.at;
  }
  const name = /^([a-z-]+)=/i.exec(text.slice(start, start + 20))?.[1]?.toLowerCase();
  const option = name !== undefined && Object.hasOwn(valueOptions, name) ? valueOptions[name] : undefined;
  if (name === undefined || option === undefined) return 'unknown key option';
  const quoted = dequote(text, start + name.length + 1);
  if (typeof quoted === 'string') return quoted;
  return option(draft, quoted.value, zone) ?? quoted.end;
}

function flagEnd(
  text: string,
  start: number,
  flag: Flag,
): { readonly at: number; readonly negated: boolean } | undefined {
  const negated = flag.negatable && text.slice(start, start + 3).toLowerCase() === 'no-';
  const at = negated ? start + 3 : start;
  const end = at + flag.name.length;
  return text.slice(at, end).toLowerCase() === flag.name ? { at: end, negated } : undefined;
}

function dequote(text: string, start: number): { readonly value: string; readonly end: number } | string {
  if (text[start] !== '"') return 'missing start quote';
  let value = '';
  let at = start + 1;
  for (; at < text.length && text[at] !== '"'; at += 1) {
    if (text[at] === '\\' && text[at + 1] === '"') at += 1;
    value += text[at];
  }
  return at < text.length ? { value, end: at + 1 } : 'missing end quote';
}
