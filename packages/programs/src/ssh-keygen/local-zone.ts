/** The zone of times that are printed and read without one. Differs from OpenSSH: it is UTC, since System has no zone. */
import { utc, type TimeZone } from '@seashell/core/certificates';

export const localZone: TimeZone = utc;
