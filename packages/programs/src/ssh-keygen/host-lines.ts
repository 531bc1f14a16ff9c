/** The lines of a known_hosts file as hostkeys_foreach() of OpenSSH's hostfile.c gives them when it does not read the keys. */
import { findCertificateType } from '@seashell/core/certificates';
import { parseKnownHosts, type KnownHostsEntry, type KnownHostsMarker } from '@seashell/core/files';
import { isKeyTypeOf } from '@seashell/core/keys';
import { utf8DecodeLossy } from '@seashell/core/wire';
import type { System } from '@seashell/system';
import { readFile } from '../storage/read-file.ts';

export interface HostLine {
  readonly number: number;
  /** Without its line end. */
  readonly raw: string;
  readonly status: 'comment' | 'ok' | 'invalid';
  readonly marker: KnownHostsMarker | undefined;
  readonly hasMarker: boolean;
  /** As written. */
  readonly hosts: string;
  /** What stands behind the host names. */
  readonly rawKey: string;
  readonly entry: KnownHostsEntry | undefined;
}

type HostReadingSystem = Pick<System, 'files' | 'streams' | 'host'>;

export async function readHostLines(system: HostReadingSystem, path: string): Promise<readonly HostLine[]> {
  const isKey = keyCheckOf(system.host.openSsh);
  const file = parseKnownHosts(utf8DecodeLossy(await readFile(system, path)));
  return file.lines.map((line, index): HostLine => {
    const raw = file.text.slice(line.span.start, line.span.end).replace(/\n$/, '');
    const [, marker, hosts = '', rawKey = ''] = /^[ \t]*(@[^ \t]*[ \t]+)?([^ \t]+)[ \t]+(.*)$/s.exec(raw) ?? [];
    const place = { number: index + 1, raw, hosts, rawKey, hasMarker: marker !== undefined };
    if (/^[ \t]*(#|$)/.test(raw)) return { ...place, status: 'comment', marker: undefined, entry: undefined };
    if (line.type !== 'entry') {
      // A hash that is none is noticed only where a name is compared with it.
      const status = hosts.startsWith('|') && isKey(rawKey) ? 'ok' : 'invalid';
      return { ...place, status, marker: undefined, entry: undefined };
    }
    return { ...place, status: isKey(rawKey) ? 'ok' : 'invalid', marker: line.marker, entry: line };
  });
}

/** Whether there is a key type that the version knows and something behind it; not whether that is such a key. */
function keyCheckOf(openssh: '10' | '6.6'): (rawKey: string) => boolean {
  return (rawKey) => {
    const [, type = ''] = /^([^ \t]+)[ \t]+[^ \t#]/.exec(rawKey) ?? [];
    return isKeyTypeOf(openssh, findCertificateType(type)?.keyType.name ?? type);
  };
}
