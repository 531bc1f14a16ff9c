/** The machine's clock and zone as the core takes them. */
import type { TimeZone } from '@seashell/core/certificates';
import type { System } from '@seashell/system';

type Clock = Pick<System, 'clock'>;

/** Seconds since the epoch: time(3). */
export function epochSeconds({ clock }: Clock): bigint {
  return BigInt(Math.floor(clock.now() / 1000));
}

/** Of the times that are printed, and read without a `Z`: localtime(3). */
export function localZone({ clock }: Clock): TimeZone {
  return (seconds) => clock.utcOffsetSeconds(seconds);
}
