/** The identity files of a login, and what can be known of them without a passphrase. */
import { fingerprint, keyTypeOf } from '@seashell/core/keys';
import type { System } from '@seashell/system';
import { loadPublicKey, type KeyLoadingSystem, type LoadedPublicKey } from '../identity/load-key.ts';
import { isTooSmall, tooSmallWords } from '../identity/required-size.ts';
import type { Log } from '../logging/log.ts';

/** An identity file, and its public half as far as it can be known without a passphrase. */
export interface Identity {
  readonly path: string;
  /** The user named it: `explicit` in what -v prints. */
  readonly isExplicit: boolean;
  readonly publicKey: LoadedPublicKey | undefined;
}

export type IdentityWish = Omit<Identity, 'publicKey'>;

/** sshkey.h's numbers by the type's short name, which `-v` prints; -1 for a type that the version does not know. */
const typeNumbers: Readonly<Record<'10' | '6.6', Readonly<Record<string, number>>>> = {
  '10': { RSA: 0, ECDSA: 1, ED25519: 2, 'ECDSA-SK': 6, 'ED25519-SK': 8, 'MLDSA44-ED25519': 10 },
  '6.6': { RSA: 1, DSA: 2, ECDSA: 3, ED25519: 4 },
};

interface IdentityInputs {
  readonly wishes: readonly IdentityWish[];
  readonly log: Log;
  readonly requiredRsaBits: number;
}

/** load_public_identity_files(). */
export async function loadIdentities(
  system: KeyLoadingSystem & Pick<System, 'host'>,
  { wishes, log, requiredRsaBits }: IdentityInputs,
): Promise<readonly Identity[]> {
  const identities: Identity[] = [];
  const isOld = system.host.openSsh === '6.6';
  for (const wish of wishes) {
    const { path } = wish;
    let publicKey = await loadPublicKey(system, path);
    const isRefused = publicKey !== undefined && isTooSmall(publicKey.key, requiredRsaBits);
    if (isRefused) {
      publicKey = undefined;
      await log.error(`load pubkey "${path}": ${tooSmallWords}`);
    }
    const number = typeNumber(publicKey, system.host.openSsh);
    if (!isOld && !isRefused) {
      await log.debug1(
        publicKey === undefined
          ? `no pubkey loaded from ${path}`
          : `loaded pubkey from ${path}: ${describe(publicKey)}`,
      );
    }
    await log.debug1(`identity file ${path} type ${number}`);
    await log.debug1(isOld ? `identity file ${path}-cert type -1` : `no identity pubkey loaded from ${path}`);
    identities.push({ ...wish, publicKey });
  }
  return identities;
}

function typeNumber(publicKey: LoadedPublicKey | undefined, version: '10' | '6.6'): number {
  const numbers = typeNumbers[version];
  return (publicKey && numbers[keyTypeOf(publicKey.key).shortName]) ?? -1;
}

/** `ED25519 SHA256:...`, as `-v` shows a key. */
export function describe({ key, blob }: LoadedPublicKey): string {
  return `${keyTypeOf(key).shortName} ${fingerprint(blob)}`;
}

/** format_identity(): the file, the key as far as it is known, and where it comes from. */
export function describeIdentity({ path, publicKey, isExplicit }: Identity): string {
  const key = publicKey === undefined ? '' : describe(publicKey);
  const isInDevice = publicKey !== undefined && keyTypeOf(publicKey.key).inAuthenticator;
  return `${path} ${key}${isExplicit ? ' explicit' : ''}${isInDevice ? ' authenticator' : ''}`;
}
