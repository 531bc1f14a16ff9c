/**
 * Which OpenSSH the programs are, by host version: what `-V`, `-v` and the identification string show. The name of the library is
 * part of the line that scripts read; it is the one of the recordings (Differs from OpenSSH: nothing here is linked to it).
 */
import type { HostFacts } from '@seashell/system';

export interface Release {
  /** `OpenSSH_10.5`: software version of the identification string. */
  readonly version: string;
  /** With the portable suffix and the library: what `ssh -V` prints. */
  readonly full: string;
  readonly library: string;
}

export const releases: Readonly<Record<HostFacts['openSsh'], Release>> = {
  '10': {
    version: 'OpenSSH_10.5',
    full: 'OpenSSH_10.5p1, OpenSSL 3.0.22 25 Aug 2026',
    library: 'OpenSSL 3.0.22 25 Aug 2026',
  },
  '6.6': {
    version: 'OpenSSH_6.6',
    full: 'OpenSSH_6.6p1, OpenSSL 1.0.2zq  9 Jun 2026',
    library: 'OpenSSL 1.0.2zq  9 Jun 2026',
  },
};

/** The identification string: with VersionAddendum, where there is one. */
export function identificationOf(version: HostFacts['openSsh'], addendum: string | undefined): string {
  const own = `SSH-2.0-${releases[version].version}`;
  return addendum === undefined || addendum === '' || addendum.toLowerCase() === 'none' ? own : `${own} ${addendum}`;
}
