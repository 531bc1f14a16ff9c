/** Signatures of the server's host keys (monitor.c mm_answer_sign()), for the key exchange and for proofs of other keys. */
import { signMessage, userPresenceFlag, type SecurityKey } from '@seashell/core/keys';
import { findDevice, isSecurityKey } from '../identity/security-key-device.ts';
import type { ServedConnection } from './connection.ts';

/** What the protocol wants signed. */
export interface WantedSignature {
  /** The index of the key. */
  readonly hostKey: number;
  readonly algorithm: string;
  readonly data: Uint8Array;
}

/** The signature blob. Where the authenticator of a key does not sign, the process ends, with OpenSSH's words in the log. */
export async function signWithHostKey(connection: ServedConnection, wanted: WantedSignature): Promise<Uint8Array> {
  const { hostKeys, system, crypto } = connection;
  const key = hostKeys[wanted.hostKey]?.key;
  if (key === undefined) return new Uint8Array(0);
  if (isSecurityKey(key)) return signByDevice(connection, key, wanted.data);
  const random = (length: number) => system.random.bytes(length);
  return signMessage({ key, message: wanted.data, algorithm: wanted.algorithm, random, crypto });
}

/** Nobody sits before a server to touch its device: sshd drops that demand of a host key (sshd.c). */
async function signByDevice(
  { system, log, settings, findSecurityKeyDevice: find }: ServedConnection,
  key: SecurityKey,
  message: Uint8Array,
): Promise<Uint8Array> {
  const device = await findDevice(system, { log, find, provider: settings.get('SecurityKeyProvider') });
  const untouched = { ...key, flags: key.flags & ~userPresenceFlag };
  const signature =
    typeof device === 'string' ? device : await device.sign({ key: untouched, message, pin: undefined });
  return typeof signature === 'string' ? log.fatal(`mm_answer_sign: sign: ${signature}`) : signature;
}
