/** What sshd hands to the process of a connection through a pipe, as OpenSSH's send_rexec_state(): configuration and host keys. */
import type { IncludedFile } from '@seashell/core/config';
import { encodePublicKey, findKeyType, keyTypeOf, publicKeyBlobType, publicKeyOf } from '@seashell/core/keys';
import { DecodeError, boolean, countedList, string, struct, utf8, type ValueOf } from '@seashell/core/wire';
import type { HostKey } from './host-keys.ts';
import type { ServerConfig } from './server-config.ts';

const includedFile = struct('file', { path: utf8, readable: boolean, text: utf8 });
const include = struct('include', { pattern: utf8, files: countedList(includedFile, { maximum: 4096 }) });
const handOver = struct('hand-over', {
  path: utf8,
  text: utf8,
  options: countedList(utf8, { maximum: 4096 }),
  includes: countedList(include, { maximum: 4096 }),
  hostKeys: countedList(string, { maximum: 256 }),
});

export interface HandedOver {
  readonly config: ServerConfig;
  readonly hostKeys: readonly HostKey[];
}

export function encodeHandOver({ config, hostKeys }: HandedOver): Uint8Array {
  return handOver.encode({
    path: config.path,
    text: config.text,
    options: config.options,
    includes: config.includes.map(({ pattern, files }) => ({ pattern, files: files.map(toWire) })),
    hostKeys: hostKeys.map(({ key }) => keyTypeOf(key).privateKey.encode(key)),
  });
}

/** Throws DecodeError: then this process was not started by sshd. */
export function decodeHandOver(bytes: Uint8Array): HandedOver {
  const { path, text, options, includes, hostKeys } = handOver.decode(bytes);
  return {
    config: {
      path,
      text,
      options,
      includes: includes.map(({ pattern, files }) => ({ pattern, files: files.map(fromWire) })),
    },
    hostKeys: hostKeys.map(decodePrivateKey),
  };
}

function toWire(file: IncludedFile): ValueOf<typeof includedFile> {
  if ('text' in file) return { path: file.path, readable: true, text: file.text };
  return { path: file.path, readable: false, text: 'failure' in file ? file.failure : '' };
}

function fromWire(file: ValueOf<typeof includedFile>): IncludedFile {
  return file.readable ? { path: file.path, text: file.text } : { path: file.path, failure: file.text };
}

function decodePrivateKey(bytes: Uint8Array): HostKey {
  const row = findKeyType(publicKeyBlobType(bytes));
  if (row === undefined) throw new DecodeError('unknown key type', { path: 'hand-over.hostKeys', offset: 0 });
  const key = row.privateKey.decode(bytes.slice());
  return { key, blob: encodePublicKey(publicKeyOf(key)) };
}
