/** May a key be looked for at all? The algorithm, the key's size, and that it has not been used before (userauth_pubkey() of auth2-pubkey.c). */
import { decodePublicKey, keyTypeOf } from '@seashell/core/keys';
import { equalBytes } from '@seashell/core/wire';
import type { ServerEvent } from '@seashell/protocol';
import { isTooSmall, tooSmallWords } from '../identity/required-size.ts';
import { acceptedKeyAlgorithms } from '../sshd/preferences.ts';
import type { ServedConnection } from './connection.ts';

type Requested = Extract<ServerEvent, { readonly type: 'authenticationRequested' }>;
export type PublicKeyOffer = Extract<Requested['offered'], { readonly method: 'publickey' }>;

/** Why not, in the words of the log; `undefined` when it may. By the settings that hold for the user. */
export function refuseKey(
  { settings, system }: ServedConnection,
  { algorithm, key }: PublicKeyOffer,
  used: readonly Uint8Array[],
): string | undefined {
  if (!acceptedKeyAlgorithms(settings).includes(algorithm)) {
    return `userauth_pubkey: signature algorithm ${algorithm} not in PubkeyAcceptedAlgorithms`;
  }
  const decoded = decodePublicKey(key);
  const { shortName } = keyTypeOf(decoded);
  // 6.6 lets one key count for two methods.
  if (system.host.openSsh !== '6.6' && used.some((each) => equalBytes(each, key))) {
    return `refusing previously-used ${shortName} key`;
  }
  return isTooSmall(decoded, settings.get('RequiredRSASize'))
    ? `refusing ${shortName} key: ${tooSmallWords}`
    : undefined;
}
