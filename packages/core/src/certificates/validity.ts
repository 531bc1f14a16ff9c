/** Validity intervals as ssh-keygen -V takes them and -L prints them, by OpenSSH version, with its words for what is wrong. */
import { formatAbsoluteTime, parseAbsoluteTime, parseDigits, type TimeZone } from '../calendar.ts';
import { parseTime } from '../config/keywords/grammars/time.ts';
import type { CertificateValidity } from './certificate.ts';
import { latestTime } from './limits.ts';

/** What a validity's relative and local times refer to. */
export interface ValidityContext {
  /** Seconds since the epoch. */
  readonly now: bigint;
  /** Of times without `Z`. */
  readonly zone: TimeZone;
  /** 10 if not given. */
  readonly openssh?: '10' | '6.6';
}

/** The interval, or what ssh-keygen says instead. */
export type ParsedValidity =
  | { readonly ok: true; readonly validity: CertificateValidity }
  | { readonly ok: false; readonly message: string };

/** One end of the interval, or what is wrong with it. */
type End = bigint | string;

/**
 * Reads `+1w`, `-1d:+1w`, `20260101:20270101Z`, `always:forever`, `0x10:0x20`.
 *
 * @example
 * parseValidity('+52w', { now: 1_767_225_600n, zone: utc });
 */
export function parseValidity(text: string, context: ValidityContext): ParsedValidity {
  const { now } = context;
  if (text.startsWith('+') && !text.includes(':')) {
    const seconds = parseTime(text.slice(1));
    if (seconds === undefined) return { ok: false, message: `Invalid relative certificate life ${text}` };
    // A minute's grace for clocks that differ.
    return { ok: true, validity: { after: ((now - 59n) / 60n) * 60n, before: now + BigInt(seconds) } };
  }
  const colon = text.indexOf(':');
  const [from, to] = [text.slice(0, Math.max(colon, 0)), text.slice(colon + 1)];
  if (from === '' || to === '') return { ok: false, message: `Invalid certificate life specification ${text}` };
  const parseEnd = context.openssh === '6.6' ? parseOldEnd : parseNewEnd;
  const after = parseEnd(from, 'from', context);
  if (typeof after === 'string') return { ok: false, message: after };
  const before = parseEnd(to, 'to', context);
  if (typeof before === 'string') return { ok: false, message: before };
  if (before <= after) return { ok: false, message: 'Empty certificate validity interval' };
  return { ok: true, validity: { after, before } };
}

const unlimited = { from: { word: 'always', time: 0n }, to: { word: 'forever', time: latestTime } } as const;

function parseNewEnd(text: string, end: 'from' | 'to', { now, zone }: ValidityContext): End {
  if (/^[-+]/.test(text)) return parseRelative(text, now);
  const { word, time } = unlimited[end];
  if (text === word) return time;
  if (text.startsWith('0x')) return parseHexadecimal(text.slice(2));
  const absolute = parseAbsoluteTime(text, zone);
  // A time before the epoch becomes an uint64, as in OpenSSH.
  return absolute === undefined ? `Invalid ${end} time "${text}"` : BigInt.asUintN(64, absolute);
}

function parseOldEnd(text: string, _: 'from' | 'to', { now, zone }: ValidityContext): End {
  if (/^[-+]/.test(text)) return parseRelative(text, now);
  if (text.length !== 8 && text.length !== 14) return `Invalid certificate time format ${text}`;
  const absolute = parseDigits(text, zone);
  if (absolute === undefined) return `Invalid certificate time ${text}`;
  return absolute < 0n ? `Certificate time ${text} cannot be represented` : absolute;
}

function parseRelative(text: string, now: bigint): End {
  const seconds = parseTime(text.slice(1));
  if (seconds === undefined) return `Invalid relative certificate time ${text}`;
  const past = text.startsWith('-');
  if (past && BigInt(seconds) > now) return `Certificate time ${text} cannot be represented`;
  return past ? now - BigInt(seconds) : now + BigInt(seconds);
}

function parseHexadecimal(digits: string): End {
  if (!/^[0-9a-fA-F]{1,200}$/.test(digits)) return 'Invalid certificate time: not a number';
  const value = BigInt(`0x${digits}`);
  return value > latestTime ? 'parse_hex_u64: Invalid certificate time: Numerical result out of range' : value;
}

/** `forever`, `before ...`, `after ...` or `from ... to ...`. */
export function formatValidity({ after, before }: CertificateValidity, zone: TimeZone): string {
  if (after === 0n && before === latestTime) return 'forever';
  if (after === 0n) return `before ${formatAbsoluteTime(before, zone)}`;
  if (before === latestTime) return `after ${formatAbsoluteTime(after, zone)}`;
  return `from ${formatAbsoluteTime(after, zone)} to ${formatAbsoluteTime(before, zone)}`;
}
