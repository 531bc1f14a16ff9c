/** What the signature of an authenticator has to say before it lets anyone in: a touch, and a PIN where one is demanded (auth2-pubkey.c). */
import type { AuthorizedKeyOptions } from '@seashell/core/files';
import type { AuthenticatorStatement } from '@seashell/core/keys';

export interface AuthenticatorRules {
  /** Of the line in authorized_keys that the key was found in. */
  readonly keyOptions: Pick<AuthorizedKeyOptions, 'touchRequired' | 'verifyRequired'>;
  /** The words of PubkeyAuthOptions, which a key's options cannot lift. */
  readonly demanded: readonly string[];
}

/** The requirement that is not met, in the words of the log; undefined if all are, and for a key outside an authenticator. */
export function unmetRequirement(
  statement: AuthenticatorStatement | undefined,
  { keyOptions, demanded }: AuthenticatorRules,
): string | undefined {
  if (statement === undefined) return undefined;
  const words = demanded.map((word) => word.toLowerCase());
  if ((keyOptions.touchRequired || words.includes('touch-required')) && !statement.userPresent) {
    return 'user presence (authenticator touch)';
  }
  const wantsPin = keyOptions.verifyRequired || words.includes('verify-required');
  return wantsPin && !statement.userVerified ? 'user verification' : undefined;
}
