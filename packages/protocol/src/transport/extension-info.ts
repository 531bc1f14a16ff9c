/** What SSH_MSG_EXT_INFO tells, both ways. Specification: RFC 8308; OpenSSH PROTOCOL 1.9, 2.9 for its own names. */
import { nameList, utf8Encode } from '@seashell/core/wire';
import type { ConnectionEvent } from '../events.ts';
import { extensionInfo } from '../messages/transport.ts';
import type { TransportSettings } from './settings.ts';

export const extensionNames = {
  serverSignatureAlgorithms: 'server-sig-algs',
  ping: 'ping@openssh.com',
  infoInAuthentication: 'ext-info-in-auth@openssh.com',
} as const;

const knownNames = new Set<string>(Object.values(extensionNames));

/** Whether an extension is one that means something to us. */
export function isKnownExtension(name: string): boolean {
  return knownNames.has(name);
}

const version0 = utf8Encode('0');

/** The message that a role sends after its first NEWKEYS. */
export function encodeOwnExtensions({ role, publicKeyAlgorithms }: TransportSettings): Uint8Array {
  const own = {
    client: [{ name: extensionNames.infoInAuthentication, value: version0 }],
    server: [
      { name: extensionNames.serverSignatureAlgorithms, value: utf8Encode(publicKeyAlgorithms.join(',')) },
      { name: extensionNames.ping, value: version0 },
    ],
  };
  return extensionInfo.encode({ number: 7, extensions: own[role] });
}

/** The server's second message, for a client that takes one during authentication (OpenSSH's kex_server_update_ext_info). */
export function encodeExtensionsInAuthentication(publicKeyAlgorithms: readonly string[]): Uint8Array {
  const value = utf8Encode(publicKeyAlgorithms.join(','));
  const extensions = [{ name: extensionNames.serverSignatureAlgorithms, value }];
  return extensionInfo.encode({ number: 7, extensions });
}

/** The event of a message that came. Throws DecodeError. */
export function decodeExtensions(payload: Uint8Array): Extract<ConnectionEvent, { readonly type: 'extensions' }> {
  const { extensions } = extensionInfo.decode(payload);
  const entries = extensions.map(({ name, value }) => ({ name, value: value.slice() }));
  const algorithms = entries.find(({ name }) => name === extensionNames.serverSignatureAlgorithms);
  const serverSignatureAlgorithms =
    algorithms === undefined ? undefined : nameList.decode(nameListBytes(algorithms.value));
  return { type: 'extensions', serverSignatureAlgorithms, entries };
}

/** A name-list is a string; the extension's value is its contents. */
function nameListBytes(contents: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4 + contents.length);
  new DataView(bytes.buffer).setUint32(0, contents.length);
  bytes.set(contents, 4);
  return bytes;
}
