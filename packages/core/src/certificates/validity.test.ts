import { describe, expect, it } from 'vitest';
import { utc } from '../calendar.ts';
import { formatValidity, parseValidity } from './validity.ts';

const now = 1_795_472_136n;
const shown = (text: string, openssh: '10' | '6.6' = '10') => {
  const read = parseValidity(text, { now, zone: utc, openssh });
  return read.ok ? formatValidity(read.validity, utc) : read.message;
};

/** What 10.5 and 6.6 said at that moment with TZ=UTC. */
const said10: readonly (readonly [string, string])[] = [
  ['always:forever', 'forever'],
  ['20230231:20240101', 'from 2023-03-03T00:00:00 to 2024-01-01T00:00:00'],
  ['+1d', 'from 2026-11-23T22:14:00 to 2026-11-24T22:15:36'],
  ['-1d:+1w', 'from 2026-11-22T22:15:36 to 2026-11-30T22:15:36'],
  ['always:20300101Z', 'before 2030-01-01T00:00:00'],
  ['20300101:20200101', 'Empty certificate validity interval'],
  ['20240101:20240101', 'Empty certificate validity interval'],
  ['0x10:0x20', 'from 1970-01-01T00:00:16 to 1970-01-01T00:00:32'],
  ['0xffffffffffffffff:forever', 'Empty certificate validity interval'],
  ['always:0xffffffffffffffff', 'forever'],
  ['0x1ffffffff:forever', 'after 2242-03-16T12:56:31'],
  ['0x10000000000000000:forever', 'parse_hex_u64: Invalid certificate time: Numerical result out of range'],
  ['19600101:forever', 'after UNKNOWN-TIME'],
  ['19600101:19700102', 'Empty certificate validity interval'],
  ['+1x', 'Invalid relative certificate life +1x'],
  ['+-1d', 'Invalid relative certificate life +-1d'],
  ['+99999999999w', 'Invalid relative certificate life +99999999999w'],
  ['+1d:-1x', 'Invalid relative certificate time -1x'],
  ['-999999w:+1d', 'Invalid relative certificate time -999999w'],
  ['2023', 'Invalid certificate life specification 2023'],
  ['foo:', 'Invalid certificate life specification foo:'],
  [':foo', 'Invalid certificate life specification :foo'],
  [':', 'Invalid certificate life specification :'],
  ['-1h', 'Invalid certificate life specification -1h'],
  ['forever', 'Invalid certificate life specification forever'],
  ['20231301:20250101', 'Invalid from time "20231301"'],
  ['0X10:forever', 'Invalid from time "0X10"'],
  ['forever:always', 'Invalid from time "forever"'],
  ['-1w:always', 'Invalid to time "always"'],
  ['0x:0x10', 'Invalid certificate time: not a number'],
  ['0xg:0x10', 'Invalid certificate time: not a number'],
  ['20240101120061:+1d', 'from 2024-01-01T12:01:01 to 2026-11-24T22:15:36'],
  ['always:+1h30', 'before 2026-11-23T23:16:06'],
  ['20230101UTC:20240101120000z', 'from 2023-01-01T00:00:00 to 2024-01-01T12:00:00'],
];
const said66: readonly (readonly [string, string])[] = [
  ['always:forever', 'Invalid certificate time format always'],
  ['0x10:0x20', 'Invalid certificate time format 0x10'],
  ['20230101Z:20240101', 'Invalid certificate time format 20230101Z'],
  ['202401011200:+1d', 'Invalid certificate time format 202401011200'],
  ['20231301:20250101', 'Invalid certificate time 20231301'],
  ['19600101:19700102', 'Certificate time 19600101 cannot be represented'],
  ['20230231:20240101', 'from 2023-03-03T00:00:00 to 2024-01-01T00:00:00'],
  ['+1d', 'from 2026-11-23T22:14:00 to 2026-11-24T22:15:36'],
];

describe('parseValidity', () => {
  it.each(said10)('says of %s as 10.5: %s', (text, words) => expect(shown(text)).toBe(words));
  it.each(said66)('says of %s as 6.6: %s', (text, words) => expect(shown(text, '6.6')).toBe(words));
});
