/** The lines of a known_hosts file as hostkeys_foreach() of OpenSSH's hostfile.c gives them when it does not read the keys. */
import { parseKnownHosts, type KnownHostsEntry, type KnownHostsMarker } from '@seashell/core/files';
import { findKeyType } from '@seashell/core/keys';
import { utf8DecodeLossy } from '@seashell/core/wire';
import { readFile, type ReadingSystem } from '../storage/read-file.ts';

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

export async function readHostLines(system: ReadingSystem, path: string): Promise<readonly HostLine[]> {
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

/** A known key type and something behind it; not whether that is such a key. */
function isKey(rawKey: string): boolean {
  const [, type = ''] = /^([^ \t]+)[ \t]+[^ \t#]/.exec(rawKey) ?? [];
  return findKeyType(type.replace(/-cert-v0[01]@openssh\.com$/, '')) !== undefined || findKeyType(type) !== undefined;
}
