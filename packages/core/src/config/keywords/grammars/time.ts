/** Times: `90`, `10m`, `1h30m`. sshd_config(5) TIME FORMATS. */
import { accept, refuse, type ArgumentInput, type ArgumentResult, type Grammar } from '../grammar.ts';
import { parseScaledSize } from './number.ts';

const unitSeconds: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** Seconds; undefined if `text` is not a time. */
export function parseTime(text: string): number | undefined {
  if (!/^(?:\d{1,10}[smhdw]?)+$/i.test(text)) return undefined;
  let seconds = 0;
  for (const match of text.matchAll(/(\d+)([smhdw]?)/gi)) {
    seconds += Number(match[1]) * (unitSeconds[(match[2] ?? '').toLowerCase()] ?? Number.NaN);
  }
  return seconds <= 2 ** 31 - 1 ? seconds : undefined;
}

function parseSeconds(input: ArgumentInput): ArgumentResult<number> {
  const word = input.words[0] ?? '';
  if (word === '') return refuse(input, 'missing-argument', input.texts.missingTime);
  const seconds = parseTime(word);
  return seconds === undefined ? refuse(input, 'invalid-time', 'invalid time value.') : accept(seconds);
}

/** Seconds. */
export const time: Grammar<number> = { syntax: 'time', parse: parseSeconds, format: (value) => [String(value)] };

/** Seconds, as ssh reads them: undefined for `none`, which leaves the keyword to later lines. */
export const clientTime: Grammar<number | undefined> = {
  syntax: 'time|none',
  words: ['none'],
  parse: (input) => (input.words[0] === 'none' ? accept(undefined) : parseSeconds(input)),
  format: (value) => [value === undefined ? 'none' : String(value)],
};

/** Seconds, or `none`. */
export const timeOrNone: Grammar<number | 'none'> = {
  syntax: 'time|none',
  words: ['none'],
  parse: (input) => (input.words[0] === 'none' ? accept('none') : parseSeconds(input)),
  format: (value) => [String(value)],
};

/** After how much keys are exchanged anew (ssh_config(5) RekeyLimit). */
export interface RekeyLimit {
  /** 0: as the cipher demands. */
  readonly bytes: number;
  /** 0: not by time. */
  readonly seconds: number;
}

function parseRekeyBytes(input: ArgumentInput): ArgumentResult<number> {
  const word = input.words[0] ?? '';
  if (word === '') return refuse(input, 'missing-argument', input.texts.missing(input.keyword));
  if (word === 'default') return accept(0);
  const bytes = parseScaledSize(word);
  if (typeof bytes === 'string') return refuse(input, 'bad-number', input.texts.badNumber(input.keyword, word, bytes));
  if (bytes !== 0 && bytes < 16) return refuse(input, 'too-small', input.texts.tooSmall(input.keyword));
  return accept(bytes);
}

/** The two parts are settled apart: the first size, and the first time. */
export function mergeRekeyLimits(values: readonly RekeyLimit[]): RekeyLimit | undefined {
  const [first] = values;
  if (first === undefined) return undefined;
  return { bytes: first.bytes, seconds: values.find((value) => value.seconds !== 0)?.seconds ?? 0 };
}

export const rekeyLimit: Grammar<RekeyLimit> = {
  syntax: 'size [time]',
  words: ['default', 'none'],
  parse: (input) => {
    const bytes = parseRekeyBytes(input);
    if (!bytes.ok) return bytes;
    const word = input.words[1];
    if (word === undefined) return accept({ bytes: bytes.value, seconds: 0 });
    if (word === 'none') return accept({ bytes: bytes.value, seconds: 0 }, 2);
    const seconds = parseSeconds({ ...input, words: [word] });
    return seconds.ok ? accept({ bytes: bytes.value, seconds: seconds.value }, 2) : seconds;
  },
  format: (value) => [`${value.bytes} ${value.seconds}`],
};

/** `yes`, `no`, or seconds: ControlPersist. */
export const persistence: Grammar<boolean | number> = {
  syntax: 'yes|no|time',
  words: ['yes', 'no'],
  parse: (input) => {
    const word = input.words[0] ?? '';
    if (word === '') return refuse(input, 'missing-argument', 'Missing ControlPersist argument.');
    if (word === 'no' || word === 'false') return accept(false);
    if (word === 'yes' || word === 'true') return accept(true);
    const seconds = parseTime(word);
    if (seconds === undefined) return refuse(input, 'bad-argument', 'Bad ControlPersist argument.');
    // No time at all means for ever.
    return accept(seconds === 0 ? true : seconds);
  },
  format: (value) => [typeof value === 'number' ? String(value) : value ? 'yes' : 'no'],
};
