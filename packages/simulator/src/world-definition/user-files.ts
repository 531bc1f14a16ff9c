/** What a user of a world has at home: the image's skeleton, files of the definition, and keys in ~/.ssh. */
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
import { baseImages } from './images/index.ts';
import { makePublicKey, privateKeyText, type KeyDescription, type SecretSource } from './secrets.ts';

export interface UserContext {
  readonly definition: WorldDefinition;
  readonly source: SecretSource;
  readonly host: HostDefinition;
  readonly user: UserDefinition;
}

/** Paths are relative to the home directory. */
export function userFiles(context: UserContext): readonly FileDefinition[] {
  const { host, user } = context;
  return [...baseImages[host.image].skeleton, ...secureShellFiles(context), ...(user.files ?? [])];
}

/** OpenSSH's version of a host. */
export function openSshOf(host: HostDefinition): '10' | '6.6' {
  return host.openSsh ?? baseImages[host.image].openSsh;
}

export function hostKeyTypesOf(host: HostDefinition): readonly IdentityDefinition['type'][] {
  return host.hostKeyTypes ?? baseImages[host.image].hostKeyTypes;
}

export function hostKeyDescription(host: HostDefinition, type: IdentityDefinition['type']): KeyDescription {
  return { type, owner: `host ${host.name}`, openSsh: openSshOf(host) };
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

/** The user's identity in `file`, or the first one. */
export function findIdentity(user: UserDefinition, file: string | undefined): IdentityDefinition | undefined {
  return user.identities?.find((identity) => file === undefined || fileOf(identity) === file);
}

function fileOf(identity: IdentityDefinition): string {
  return identity.file ?? `id_${identity.type}`;
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
