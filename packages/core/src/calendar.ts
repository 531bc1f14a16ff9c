/**
 * Dates and times of the civil calendar (proleptic Gregorian), in a zone that is an argument. Seconds since the epoch are bigint: they
 * come from uint64 fields, and years run far beyond what Date can say.
 */

/** How many seconds the zone's clocks are ahead of UTC at that moment. */
export type TimeZone = (epochSeconds: number) => number;

/** The zone of UTC. */
export const utc: TimeZone = () => 0;

/** A date and a time of day, as a clock on the wall shows them. */
export interface CivilTime {
  readonly year: bigint;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const daySeconds = 86_400n;
/** Days of 400 years, after which the calendar begins anew. */
const cycleDays = 146_097n;
/** Days from March 1 of the year 0 to the epoch. */
const epochDay = 719_468n;
/** The last second at which localtime(3) has a year that fits an int. */
const lastSecond = 67_768_036_191_676_799n;

function floorDivide(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor;
  return value < 0n && quotient * divisor !== value ? quotient - 1n : quotient;
}

/** Seconds since the epoch of a time in UTC. Days, hours and so on beyond their range run over, as with mktime(3). */
export function epochSecondsOf({ year, month, day, hour, minute, second }: CivilTime): bigint {
  // Counted from March on, so that the leap day is the year's last.
  const marchYear = month > 2 ? year : year - 1n;
  const marchMonth = month > 2 ? month - 3 : month + 9;
  const cycle = floorDivide(marchYear, 400n);
  const yearOfCycle = marchYear - cycle * 400n;
  const dayOfYear = Math.floor((153 * marchMonth + 2) / 5) + day - 1;
  const dayOfCycle = yearOfCycle * 365n + yearOfCycle / 4n - yearOfCycle / 100n + BigInt(dayOfYear);
  const days = cycle * cycleDays + dayOfCycle - epochDay;
  return days * daySeconds + BigInt(hour * 3600 + minute * 60 + second);
}

/** The time in UTC of seconds since the epoch. */
export function civilTimeOf(epochSeconds: bigint): CivilTime {
  const days = floorDivide(epochSeconds, daySeconds);
  const seconds = Number(epochSeconds - days * daySeconds);
  const cycle = floorDivide(days + epochDay, cycleDays);
  const dayOfCycle = Number(days + epochDay - cycle * cycleDays);
  const leapless =
    dayOfCycle - Math.floor(dayOfCycle / 1460) + Math.floor(dayOfCycle / 36_524) - Math.floor(dayOfCycle / 146_096);
  const yearOfCycle = Math.floor(leapless / 365);
  const dayOfYear = dayOfCycle - (365 * yearOfCycle + Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return {
    year: cycle * 400n + BigInt(yearOfCycle) + (month <= 2 ? 1n : 0n),
    month,
    day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
    hour: Math.floor(seconds / 3600),
    minute: Math.floor((seconds % 3600) / 60),
    second: seconds % 60,
  };
}

function offsetAt(zone: TimeZone, epochSeconds: bigint): bigint {
  return BigInt(zone(Number(epochSeconds)));
}

/** The time in the zone; undefined where localtime(3) has none. */
export function localTimeOf(epochSeconds: bigint, zone: TimeZone): CivilTime | undefined {
  return epochSeconds > lastSecond ? undefined : civilTimeOf(epochSeconds + offsetAt(zone, epochSeconds));
}

/** Seconds since the epoch of a time in the zone, by its standard time all year: mktime(3) with tm_isdst 0, as OpenSSH calls it. */
export function epochSecondsOfLocal(time: CivilTime, zone: TimeZone): bigint {
  const at = { ...time, day: 1, hour: 0, minute: 0, second: 0 };
  const january = offsetAt(zone, epochSecondsOf({ ...at, month: 1 }));
  const july = offsetAt(zone, epochSecondsOf({ ...at, month: 7 }));
  return epochSecondsOf(time) - (january < july ? january : july);
}

const pad = (value: number) => String(value).padStart(2, '0');

/** `2026-11-23T22:15:36`, as OpenSSH's format_absolute_time prints it. */
export function formatAbsoluteTime(epochSeconds: bigint, zone: TimeZone): string {
  const time = localTimeOf(epochSeconds, zone);
  if (time === undefined) return 'UNKNOWN-TIME';
  const { year, month, day, hour, minute, second } = time;
  return `${year}-${pad(month)}-${pad(day)}T${pad(hour)}:${pad(minute)}:${pad(second)}`;
}

const shapes = [
  /^(\d{4})(\d\d)(\d\d)$/,
  /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)$/,
  /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/,
];

/** `YYYYMMDD`, `YYYYMMDDHHMM` or `YYYYMMDDHHMMSS` in the zone; undefined if it is none of them. Days of short months run over. */
export function parseDigits(text: string, zone: TimeZone): bigint | undefined {
  const match = shapes.map((shape) => shape.exec(text)).find((found) => found !== null);
  if (match === undefined) return undefined;
  const [month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(2).map(Number);
  const isTime = month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour < 24 && minute < 60 && second < 62;
  return isTime
    ? epochSecondsOfLocal({ year: BigInt(match[1] ?? 0), month, day, hour, minute, second }, zone)
    : undefined;
}

/** As `parseDigits`, in UTC with `Z` or `UTC` behind: OpenSSH's parse_absolute_time. */
export function parseAbsoluteTime(text: string, zone: TimeZone): bigint | undefined {
  const [, digits = '', suffix = ''] = /^(.+?)(z|utc)?$/i.exec(text) ?? [];
  return parseDigits(digits, suffix === '' ? zone : utc);
}
