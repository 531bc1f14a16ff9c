/** RequiredRSASize: an RSA key below it is as good as none (sshkey_check_rsa_length()). */
import { keyBits, type PublicKey } from '@seashell/core/keys';

/** OpenSSH's words for such a key. */
export const tooSmallWords = 'Invalid key length';

/** Whether the key is an RSA key of fewer bits than required. */
export function isTooSmall(key: PublicKey, requiredBits: number): boolean {
  return key.type === 'ssh-rsa' && keyBits(key) < requiredBits;
}
