/** What a host and its users have of keys by the definition, and which files a user has beside them. */
import type { FileDefinition, HostDefinition, IdentityDefinition, UserDefinition } from './definition.ts';
import { baseImages } from './images/index.ts';

/** Paths are relative to the home directory. */
export function userFiles(host: HostDefinition, user: UserDefinition): readonly FileDefinition[] {
  return [...baseImages[host.image].skeleton, ...(user.files ?? [])];
}

/** OpenSSH's version of a host. */
export function openSshOf(host: HostDefinition): '10' | '6.6' {
  return host.openSsh ?? baseImages[host.image].openSsh;
}

export function hostKeyTypesOf(host: HostDefinition): readonly IdentityDefinition['type'][] {
  return host.hostKeyTypes ?? baseImages[host.image].hostKeyTypes;
}

/** Whether any file of the host is made of keys. */
export function hasKeyFiles(host: HostDefinition): boolean {
  const lists = host.users.flatMap((user) => [user.identities, user.authorizedKeys, user.knownHosts]);
  return [hostKeyTypesOf(host), ...lists].some((list) => list !== undefined && list.length > 0);
}

/** The user's identity in `file`, or the first one. */
export function findIdentity(user: UserDefinition, file: string | undefined): IdentityDefinition | undefined {
  return user.identities?.find((identity) => file === undefined || fileOf(identity) === file);
}

/** Its name in ~/.ssh. */
export function fileOf(identity: IdentityDefinition): string {
  return identity.file ?? `id_${identity.type}`;
}
