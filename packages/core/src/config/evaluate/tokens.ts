/** Expansion of percent tokens and environment variables: ssh_config(5) TOKENS and ENVIRONMENT VARIABLES. */
import { sha1 } from '@noble/hashes/legacy.js';

/** What each letter stands for. A letter that is missing is an error where it is used. */
export type TokenValues = Readonly<Record<string, string | undefined>>;

/** The expanded text, or what OpenSSH prints instead. */
export type Expansion =
  | { readonly ok: true; readonly value: string }
  /** What OpenSSH prints before it ends. */
  | { readonly ok: false; readonly printed: readonly string[] };

/** What stands behind tokens and variables. */
export interface ExpandOptions {
  readonly tokens: TokenValues;
  /** Expands `${NAME}` too, if given. */
  readonly environment?: ReadonlyMap<string, string>;
}

/** Expands `text`. */
export function expandTokens(text: string, options: ExpandOptions): Expansion {
  let value = '';
  let at = 0;
  while (at < text.length) {
    const step = expandOne(text, at, options);
    if (typeof step === 'string') return { ok: false, printed: [step, 'percent_expand: failed'] };
    value += step.value;
    at = step.next;
  }
  return { ok: true, value };
}

interface Step {
  readonly value: string;
  readonly next: number;
}

function expandOne(text: string, at: number, options: ExpandOptions): Step | string {
  if (options.environment !== undefined && text.startsWith('${', at))
    return expandVariable(text, at, options.environment);
  if (text[at] !== '%') {
    const next = nextSpecial(text, at + 1);
    return { value: text.slice(at, next), next };
  }
  const letter = text[at + 1];
  if (letter === undefined) return 'vdollar_percent_expand: invalid format';
  if (letter === '%') return { value: '%', next: at + 2 };
  const value = Object.hasOwn(options.tokens, letter) ? options.tokens[letter] : undefined;
  return value === undefined ? `vdollar_percent_expand: unknown key %${letter}` : { value, next: at + 2 };
}

function nextSpecial(text: string, start: number): number {
  let at = start;
  while (at < text.length && text[at] !== '%' && text[at] !== '$') at += 1;
  return at;
}

function expandVariable(text: string, at: number, environment: ReadonlyMap<string, string>): Step | string {
  const close = text.indexOf('}', at);
  if (close === -1) return `vdollar_percent_expand: environment variable '${text.slice(at + 2)}' missing closing '}'`;
  const name = text.slice(at + 2, close);
  if (name === '') return 'vdollar_percent_expand: zero-length environment variable';
  const value = environment.get(name);
  return value === undefined ? `vdollar_percent_expand: env var \${${name}} has no value` : { value, next: close + 1 };
}

/** The facts that the tokens of ssh_config stand for. */
export interface ClientTokenFacts {
  readonly localHostname: string;
  readonly homeDirectory: string;
  readonly userId: number;
  readonly localUser: string;
  /** The name to connect to, after HostName. */
  readonly hostname: string;
  /** The name on the command line. */
  readonly originalHost: string;
  readonly port: number;
  readonly remoteUser: string;
  readonly jumpHost: string;
  /** HostKeyAlias, or the name on the command line. */
  readonly hostKeyAlias: string;
}

/** The tokens that most keywords take: %C %L %d %h %i %j %k %l %n %p %r %u. */
export function clientTokens(facts: ClientTokenFacts): TokenValues {
  const port = String(facts.port);
  const digest = sha1(
    new TextEncoder().encode(facts.localHostname + facts.hostname + port + facts.remoteUser + facts.jumpHost),
  );
  return {
    C: Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join(''),
    L: facts.localHostname.split('.', 1)[0],
    d: facts.homeDirectory,
    h: facts.hostname,
    i: String(facts.userId),
    j: facts.jumpHost,
    k: facts.hostKeyAlias,
    l: facts.localHostname,
    n: facts.originalHost,
    p: port,
    r: facts.remoteUser,
    u: facts.localUser,
  };
}
