/** The options of an allowed signers line: ssh-keygen(1) ALLOWED SIGNERS, OpenSSH's sshsig.c and the words of its errors. */
import { parseAbsoluteTime, utc, type TimeZone } from '../calendar.ts';

/** The options of a line of allowed_signers (ssh-keygen(1) ALLOWED SIGNERS). */
export interface AllowedSignerOptions {
  /** The key is an authority: its certificates sign, not itself. */
  readonly certAuthority: boolean;
  /** A pattern list; undefined allows every namespace. */
  readonly namespaces: string | undefined;
  /** Seconds since the epoch. */
  readonly validAfter: bigint | undefined;
  /** Seconds since the epoch, the last one included. */
  readonly validBefore: bigint | undefined;
}

export type AllowedSignerOptionsResult =
  | { readonly ok: true; readonly options: AllowedSignerOptions }
  /** OpenSSH's reason, such as `unknown key option`. */
  | { readonly ok: false; readonly message: string };

type Draft = { -readonly [Name in keyof AllowedSignerOptions]: AllowedSignerOptions[Name] };

/** Takes a value; gives what is wrong with it, if anything. */
type ValueOption = (draft: Draft, value: string, zone: TimeZone) => string | undefined;

function time(name: 'valid-after' | 'valid-before', field: 'validAfter' | 'validBefore'): ValueOption {
  return (draft, value, zone) => {
    const seconds = parseAbsoluteTime(value, zone);
    if (seconds === undefined || seconds <= 0n) return `invalid "${name}" time`;
    draft[field] = seconds;
    return undefined;
  };
}

interface OptionRow {
  readonly field: 'namespaces' | 'validAfter' | 'validBefore';
  readonly set: ValueOption;
}

const valueOptions: ReadonlyMap<string, OptionRow> = new Map<string, OptionRow>([
  [
    'namespaces',
    {
      field: 'namespaces',
      set: (draft, value) => {
        draft.namespaces = value;
        return undefined;
      },
    },
  ],
  ['valid-after', { field: 'validAfter', set: time('valid-after', 'validAfter') }],
  ['valid-before', { field: 'validBefore', set: time('valid-before', 'validBefore') }],
]);

const flagName = 'cert-authority';

/** Parses the options of a line; none for an empty text. Times without `Z` are in `zone`. */
export function parseAllowedSignerOptions(text: string, zone: TimeZone = utc): AllowedSignerOptionsResult {
  const draft: Draft = {
    certAuthority: false,
    namespaces: undefined,
    validAfter: undefined,
    validBefore: undefined,
  };
  let at = 0;
  while (at < text.length) {
    const next = readOption(text.slice(at), draft, zone);
    if (typeof next === 'string') return { ok: false, message: next };
    at += next;
    if (at === text.length) break;
    if (text[at] !== ',') return { ok: false, message: 'unknown key option' };
    at += 1;
    if (at === text.length) return { ok: false, message: 'unexpected end-of-options' };
  }
  const { validAfter, validBefore } = draft;
  if (validAfter !== undefined && validBefore !== undefined && validBefore <= validAfter) {
    return { ok: false, message: '"valid-before" time is before "valid-after"' };
  }
  return { ok: true, options: draft };
}

/** Reads one option; gives how long it is, or what is wrong. Names match in either case. */
function readOption(text: string, draft: Draft, zone: TimeZone): number | string {
  if (text.slice(0, flagName.length).toLowerCase() === flagName) {
    draft.certAuthority = true;
    return flagName.length;
  }
  const name = /^([a-z-]+)=/i.exec(text)?.[1]?.toLowerCase() ?? '';
  const row = valueOptions.get(name);
  // What is no option is no comma either, which is what OpenSSH finds wrong with it.
  if (row === undefined) return 0;
  if (draft[row.field] !== undefined) return `multiple "${name}" clauses`;
  const quoted = dequote(text, name.length + 1);
  if (typeof quoted === 'string') return quoted;
  return row.set(draft, quoted.value, zone) ?? quoted.end;
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
