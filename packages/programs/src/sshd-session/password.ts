/** Passwords against /etc/shadow, with the same work for a user who does not exist (auth-passwd.c, shadow(5)). */
import { parseShadow, type ShadowEntry } from '@seashell/core/files';
import { verifySha512Crypt } from '@seashell/core/crypto/sha512-crypt';
import type { System } from '@seashell/system';
import { readTextFile } from '../storage/read-file.ts';
import type { ServedConnection } from './connection.ts';
import type { UserAccount } from '@seashell/system';

const maximumPasswordLength = 1024;
/** A hash that no password has, of the usual cost. */
const nobodysHash =
  '$6$abcdefghijklmnop$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

/** A user's line of /etc/shadow. */
export async function findShadowEntry(
  system: Pick<System, 'files' | 'streams'>,
  user: string,
): Promise<ShadowEntry | undefined> {
  const text = await readTextFile(system, '/etc/shadow');
  if (typeof text !== 'string') return undefined;
  return parseShadow(text).lines.find((line): line is ShadowEntry => line.type === 'entry' && line.user === user);
}

/** Whether the password is the account's. `account` is `undefined` for a user who is not let in whatever the password. */
export async function checkPassword(
  connection: ServedConnection,
  account: UserAccount | undefined,
  password: string,
): Promise<boolean> {
  const { system, settings } = connection;
  if (password.length > maximumPasswordLength) return false;
  const entry = account === undefined ? undefined : await findShadowEntry(system, account.name);
  if (password === '' && !settings.get('PermitEmptyPasswords')) return false;
  if (entry?.hash === '') return password === '';
  const isRight = verifySha512Crypt(password, entry?.hash.startsWith('$6$') === true ? entry.hash : nobodysHash);
  const isRefusedRoot = account?.uid === 0 && settings.get('PermitRootLogin') !== 'yes';
  return isRight && account !== undefined && !isRefusedRoot;
}
