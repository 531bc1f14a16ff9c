/** ssh -Q: what is implemented and the host's version knows, one name a line. */
import { isKeyTypeOf, keyTypes } from '@seashell/core/keys';
import { supportedAlgorithms } from '@seashell/protocol';
import type { HostFacts } from '@seashell/system';

/** What `-Q help` lists; the names of keywords are known too. */
const queries = [
  'cipher',
  'cipher-auth',
  'compression',
  'kex',
  'key',
  'key-cert',
  'key-plain',
  'key-sig',
  'mac',
  'protocol-version',
  'sig',
];

/** The names of a query; `undefined` for a query that is none. */
export function answerQuery(query: string, version: HostFacts['openSsh']): readonly string[] | undefined {
  const supported = supportedAlgorithms(version);
  const plainKeys = keyTypes.map((row) => row.name).filter((name) => isKeyTypeOf(version, name));
  const lists: Readonly<Record<string, readonly string[]>> = {
    cipher: supported.cipher,
    'cipher-auth': supported.cipher.filter((name) => name.includes('gcm') || name.includes('poly1305')),
    mac: supported.mac,
    kex: supported.kex,
    key: plainKeys,
    'key-plain': plainKeys,
    'key-cert': [],
    ...(version === '10'
      ? {
          'key-sig': supported.hostKey,
          sig: supported.hostKey,
          compression: supported.compression,
          'protocol-version': ['2'],
          ciphers: supported.cipher,
          macs: supported.mac,
          kexalgorithms: supported.kex,
          hostkeyalgorithms: supported.hostKey,
          pubkeyacceptedalgorithms: supported.hostKey,
          help: queries,
        }
      : {}),
  };
  return Object.hasOwn(lists, query) ? lists[query] : lists[query.toLowerCase()];
}
