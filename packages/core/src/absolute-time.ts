/**
 * Times as OpenSSH's files and options write them: YYYYMMDD, YYYYMMDDHHMM or YYYYMMDDHHMMSS, with `Z` or `UTC` behind it for
 * UTC (ssh-keygen(1) ALLOWED SIGNERS, `-V`). Without it, the time is local; the core knows no zone, so the caller may give one.
 */

/** Seconds to add to UTC to get local time, at a moment given in local seconds since the epoch. */
export type ZoneOffset = (localSeconds: bigint) => bigint;

const utc: ZoneOffset = () => 0n;
const lastDayTwoDigits = 31;

/** Seconds since the epoch; undefined if it is no time, or one before the epoch. A day after the month's last is in the next month. */
export function parseAbsoluteTime(text: string, zone: ZoneOffset = utc): bigint | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?(z|utc)?$/i.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  if (month < 1 || month > 12 || day < 1 || day > lastDayTwoDigits) return undefined;
  if (hour > 23 || minute > 59 || second > 61 || year < 1970) return undefined;
  const seconds = BigInt(Date.UTC(year, month - 1, day, hour, minute, second) / 1000);
  const moment = match[7] === undefined ? seconds - zone(seconds) : seconds;
  return moment < 0n ? undefined : moment;
}

const latestSeconds = 8_640_000_000_000n;

/** Local time as OpenSSH prints it, like `2026-01-31T12:00:00`; times beyond what a date can hold print as the latest. */
export function formatAbsoluteTime(seconds: bigint, zone: ZoneOffset = utc): string {
  const local = seconds + zone(seconds);
  const shown = local > latestSeconds ? latestSeconds : local;
  return new Date(Number(shown) * 1000).toISOString().replace(/\.\d+Z$/, '');
}
