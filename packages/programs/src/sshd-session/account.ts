/** May this user log in at all? Account, shell, AllowUsers and its like: allowed_user() of auth.c. */
import { matchPattern, matchUser, type SshdSettings } from '@seashell/core/config';
import type { FileStatus, UserAccount } from '@seashell/system';
import { findStatus } from '../storage/read-file.ts';
import type { ServedConnection } from './connection.ts';
import { findShadowEntry } from './password.ts';

/** Why not, in the words of the log; `undefined` when the user may. */
export async function refuseAccount(connection: ServedConnection, account: UserAccount): Promise<string | undefined> {
  const { settings } = connection;
  const shadow = await findShadowEntry(connection.system, account.name);
  if (!settings.get('UsePAM') && shadow?.hash.startsWith('!') === true) {
    return `User ${account.name} not allowed because account is locked`;
  }
  return (
    (await refuseShell(connection, account)) ?? refuseUser(connection, account) ?? refuseGroups(connection, account)
  );
}

async function refuseShell({ system }: ServedConnection, { name, shell }: UserAccount): Promise<string | undefined> {
  const path = shell === '' ? '/bin/sh' : shell;
  const status = await findStatus(system, path);
  if (status === undefined) return `User ${name} not allowed because shell ${path} does not exist`;
  return isExecutable(status) ? undefined : `User ${name} not allowed because shell ${path} is not executable`;
}

function isExecutable(status: FileStatus): boolean {
  return status.type === 'file' && (status.mode & 0o111) !== 0;
}

function refuseUser({ settings, remote }: ServedConnection, { name }: UserAccount): string | undefined {
  const facts = { user: name, host: remote.address, address: remote.address };
  const matches = (pattern: string) => matchUser(facts, pattern) === 'matched';
  const who = `User ${name} from ${remote.address} not allowed because`;
  if ((settings.get('DenyUsers') ?? []).some(matches)) return `${who} listed in DenyUsers`;
  const allowed = settings.get('AllowUsers') ?? [];
  return allowed.length > 0 && !allowed.some(matches) ? `${who} not listed in AllowUsers` : undefined;
}

function refuseGroups({ settings, remote }: ServedConnection, { name, groups }: UserAccount): string | undefined {
  const denied = settings.get('DenyGroups') ?? [];
  const allowed = settings.get('AllowGroups') ?? [];
  if (denied.length === 0 && allowed.length === 0) return undefined;
  const who = `User ${name} from ${remote.address} not allowed because`;
  if (groups.length === 0) return `${who} not in any group`;
  if (isInAny(groups, denied)) return `${who} a group is listed in DenyGroups`;
  if (allowed.length > 0 && !isInAny(groups, allowed)) {
    return `${who} none of user's groups are listed in AllowGroups`;
  }
  return undefined;
}

function isInAny(groups: UserAccount['groups'], patterns: readonly string[]): boolean {
  return groups.some((group) => patterns.some((pattern) => matchPattern(group.name, pattern)));
}

/** auth_root_allowed(): whether root may be let in by this method. The forced command is that of a key; ForceCommand is none. */
export function isRootAllowed(
  settings: SshdSettings,
  how: { readonly method: string; readonly hasForcedCommand: boolean },
): 'yes' | 'forced' | 'no' {
  switch (settings.get('PermitRootLogin')) {
    case 'yes':
      return 'yes';
    case 'prohibit-password':
      return how.method === 'publickey' ? 'yes' : 'no';
    case 'forced-commands-only':
      return how.hasForcedCommand ? 'forced' : 'no';
    default:
      return 'no';
  }
}
