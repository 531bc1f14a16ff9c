import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { civilTimeOf, epochSecondsOf, formatAbsoluteTime, parseAbsoluteTime, utc, type TimeZone } from './calendar.ts';

/** Berlin's rule of 2026, near enough. */
const berlin: TimeZone = (at) => (at >= 1_774_746_000 && at < 1_792_890_000 ? 7200 : 3600);

function show(text: string): string {
  const time = parseAbsoluteTime(text, berlin);
  return time === undefined ? 'no time' : formatAbsoluteTime(time, utc);
}

describe('civilTimeOf', () => {
  it('agrees with Date wherever Date can count', () => {
    fc.assert(
      fc.property(fc.integer({ min: -62_135_596_800, max: 8_640_000_000_000 }), (seconds) => {
        const time = civilTimeOf(BigInt(seconds));
        const date = new Date(seconds * 1000);
        expect(Number(time.year)).toBe(date.getUTCFullYear());
        expect([time.month, time.day]).toEqual([date.getUTCMonth() + 1, date.getUTCDate()]);
        expect([time.hour, time.minute, time.second]).toEqual([
          date.getUTCHours(),
          date.getUTCMinutes(),
          date.getUTCSeconds(),
        ]);
      }),
    );
  });

  it('is undone by epochSecondsOf, for any uint64', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n }), (seconds) => {
        expect(epochSecondsOf(civilTimeOf(seconds))).toBe(seconds);
      }),
    );
  });
});

describe('formatAbsoluteTime', () => {
  it('prints the local time, years of any length, and UNKNOWN-TIME where localtime has none', () => {
    expect(formatAbsoluteTime(0n, utc)).toBe('1970-01-01T00:00:00');
    expect(formatAbsoluteTime(0n, berlin)).toBe('1970-01-01T01:00:00');
    expect(formatAbsoluteTime(0x1000_0000_0000n, utc)).toBe('559444-03-08T09:40:16');
    expect(formatAbsoluteTime(2n ** 63n - 1n, utc)).toBe('UNKNOWN-TIME');
  });
});

describe('parseAbsoluteTime', () => {
  it('reads the three lengths, in the zone by its standard time, or in UTC', () => {
    expect(show('20260101')).toBe('2025-12-31T23:00:00');
    expect(show('20260701')).toBe('2026-06-30T23:00:00');
    expect(show('202607011230Z')).toBe('2026-07-01T12:30:00');
    expect(show('20260701123015utc')).toBe('2026-07-01T12:30:15');
    expect(show('20230231Z')).toBe('2023-03-03T00:00:00');
    for (const text of ['', '2026', '20261301', '20260100', '2026010124', '202601012400', '20260101x', 'always']) {
      expect(show(text)).toBe('no time');
    }
  });
});
