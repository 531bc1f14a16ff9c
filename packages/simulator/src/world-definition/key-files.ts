/**
 * The files of a host that hold keys: host keys, and in ~/.ssh identities, authorized_keys and known_hosts. They come apart from the other
 * files, when the host is reached, because they need the code of all key types.
 */
import { formatKnownHost } from '@seashell/core/files';
import { encodePublicKey, printPublicLine } from '@seashell/core/keys';
import type {
  AuthorizedKeyDefinition,
  FileDefinition,
  HostDefinition,
  IdentityDefinition,
  UserDefinition,
  WorldDefinition,
} from './definition.ts';
import type { Accounts } from './accounts.ts';
import { makePublicKey, privateKeyText, type KeyDescription } from './keys.ts';
import type { SecretSource } from './secrets.ts';
import { fileOf, findIdentity, hostKeyTypesOf, openSshOf } from './user-files.ts';

export interface KeyFilesContext {
  readonly definition: WorldDefinition;
  readonly source: SecretSource;
  readonly host: HostDefinition;
  readonly accounts: Accounts;
}

interface UserContext extends KeyFilesContext {
  readonly user: UserDefinition;
}

/** Directories stand before what is in them. */
export function keyFiles(context: KeyFilesContext): readonly FileDefinition[] {
  return [...hostKeyFiles(context), ...context.host.users.flatMap((user) => homeKeyFiles({ ...context, user }))];
}

function hostKeyFiles({ host, source }: KeyFilesContext): readonly FileDefinition[] {
  return hostKeyTypesOf(host).flatMap((type) => {
    const key = hostKeyDescription(host, type);
    const comment = `root@${host.name}`;
    const path = `/etc/ssh/ssh_host_${type}_key`;
    return [
      { path, mode: 0o600, content: privateKeyText(source, key, comment) },
      { path: `${path}.pub`, content: `${printPublicLine(makePublicKey(source, key), comment)}\n` },
    ];
  });
}

function hostKeyDescription(host: HostDefinition, type: IdentityDefinition['type']): KeyDescription {
  return { type, owner: `host ${host.name}`, openSsh: openSshOf(host) };
}

function homeKeyFiles(context: UserContext): readonly FileDefinition[] {
  const { accounts, user } = context;
  const home = accounts.passwd.find(({ name }) => name === user.name)?.home ?? '/';
  return secureShellFiles(context).map((file) => ({ ...file, path: `${home}/${file.path}`, owner: user.name }));
}

function secureShellFiles(context: UserContext): readonly FileDefinition[] {
  const { user } = context;
  const authorized = (user.authorizedKeys ?? []).map((key) => `${authorizedLine(context, key)}\n`).join('');
  const known = (user.knownHosts ?? []).map((entry) => `${knownHostLine(context, entry)}\n`).join('');
  const files = [
    ...(user.identities ?? []).flatMap((identity) => identityFiles(context, identity)),
    ...(authorized === '' ? [] : [{ path: '.ssh/authorized_keys', mode: 0o600, content: authorized }]),
    ...(known === '' ? [] : [{ path: '.ssh/known_hosts', mode: 0o600, content: known }]),
  ];
  return files.length === 0 ? [] : [{ type: 'directory', path: '.ssh', mode: 0o700 }, ...files];
}

function identityFiles(context: UserContext, identity: IdentityDefinition): readonly FileDefinition[] {
  const { host, user, source } = context;
  const file = fileOf(identity);
  const key = identityDescription(host, user.name, identity);
  const comment = commentOf(host, user.name, identity);
  return [
    { path: `.ssh/${file}`, mode: 0o600, content: privateKeyText(source, key, comment) },
    { path: `.ssh/${file}.pub`, content: `${printPublicLine(makePublicKey(source, key), comment)}\n` },
  ];
}

function commentOf(host: HostDefinition, user: string, identity: IdentityDefinition): string {
  return identity.comment ?? `${user}@${host.name}`;
}

function identityDescription(host: HostDefinition, user: string, identity: IdentityDefinition): KeyDescription {
  return { type: identity.type, owner: `${user}@${host.name} ${fileOf(identity)}`, openSsh: openSshOf(host) };
}

function authorizedLine({ definition, source }: UserContext, key: AuthorizedKeyDefinition): string {
  if (typeof key === 'string') return key;
  const host = requireHost(definition, key.host);
  const user = host.users.find(({ name }) => name === key.user);
  const identity = user === undefined ? undefined : findIdentity(user, key.file);
  if (identity === undefined) throw new Error(`assertion: ${key.user} has no such key on ${key.host}`);
  const publicKey = makePublicKey(source, identityDescription(host, key.user, identity));
  return printPublicLine(publicKey, commentOf(host, key.user, identity));
}

function knownHostLine(
  { definition, source }: UserContext,
  entry: { readonly name: string; readonly host: string },
): string {
  const key = makePublicKey(source, hostKeyDescription(requireHost(definition, entry.host), 'ed25519'));
  return formatKnownHost({ names: [entry.name], key: { type: key.type, blob: encodePublicKey(key) } });
}

function requireHost(definition: WorldDefinition, name: string): HostDefinition {
  const host = definition.hosts.find((each) => each.name === name);
  if (host === undefined) throw new Error(`assertion: the world has no host ${name}`);
  return host;
}
