/** What is wrong with a definition: names that lead nowhere, and what is there twice. A definition without faults can be built. */
import type { Diagnostic } from '@seashell/core/config';
import type {
  AuthorizedKeyDefinition,
  FileDefinition,
  FirewallRule,
  HostDefinition,
  UserDefinition,
  WorldDefinition,
} from './definition.ts';
import { accountsOf, type Accounts } from './accounts.ts';
import { baseImages } from './images/index.ts';
import { findIdentity } from './user-files.ts';

const addressPattern = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$|^(?=.*:)[\da-f:]+$/iu;
/** useradd(8), CAVEATS. */
const userPattern = /^[a-z_][a-z0-9_-]{0,31}$/u;
const highestPort = 65_535;
/** The most that a virtual host may have. */
const largestDiskBytes = 64 * 1024 * 1024;

type IdentityReference = Exclude<AuthorizedKeyDefinition, string>;

/** Where a fault is, and what: `hosts[1].users[0].name`. */
type Faults = Generator<readonly [string, string], void>;

/** Every fault, as an error whose message begins with the place in the data; spans mean nothing here. */
export function checkWorldDefinition(definition: WorldDefinition): readonly Diagnostic[] {
  return Array.from(faultsOf(definition), ([place, fault]) => ({
    code: 'bad-world-definition',
    severity: 'error',
    span: { start: 0, end: 0 },
    message: `${place}: ${fault}`,
  }));
}

function* faultsOf(definition: WorldDefinition): Faults {
  const { hosts, networks, links = [], names = [], start } = definition;
  yield* checkUnique(
    hosts.flatMap(({ name, aliases = [] }) => [name, ...aliases]),
    'hosts',
    'name',
  );
  yield* checkUnique(
    hosts.flatMap((host) => host.interfaces.map(({ address }) => address)),
    'hosts',
    'address',
  );
  yield* checkUnique(
    networks.map(({ name }) => name),
    'networks',
    'name',
  );
  for (const [index, link] of links.entries()) {
    for (const name of link.between) yield* requireNetwork(definition, name, `links[${index}].between`);
  }
  for (const [index, { addresses }] of names.entries()) yield* checkAddresses(addresses, `names[${index}].addresses`);
  for (const [index, host] of hosts.entries()) yield* checkHost(definition, host, `hosts[${index}]`);
  yield* requireUser(definition, start, 'start');
}

function* checkUnique(values: readonly string[], place: string, what: string): Faults {
  for (const [index, value] of values.entries()) {
    if (values.indexOf(value) < index) yield [place, `the ${what} ${value} is there twice`];
  }
}

function* checkAddresses(addresses: readonly string[], place: string): Faults {
  for (const address of addresses) if (!addressPattern.test(address)) yield [place, `${address} is no address`];
}

function* requireNetwork({ networks }: WorldDefinition, name: string, place: string): Faults {
  if (!networks.some((network) => network.name === name)) yield [place, `there is no network ${name}`];
}

function* requireUser({ hosts }: WorldDefinition, at: { host: string; user: string }, place: string): Faults {
  const host = hosts.find(({ name }) => name === at.host);
  if (host === undefined) yield [`${place}.host`, `there is no host ${at.host}`];
  else if (!host.users.some(({ name }) => name === at.user)) yield [`${place}.user`, `there is no user ${at.user}`];
}

function* checkHost(definition: WorldDefinition, host: HostDefinition, place: string): Faults {
  if (!Object.hasOwn(baseImages, host.image)) {
    yield [`${place}.image`, `there is no image ${host.image}`];
    return;
  }
  if (host.interfaces.length === 0) yield [`${place}.interfaces`, 'a host has at least one'];
  for (const [index, { network, address }] of host.interfaces.entries()) {
    yield* requireNetwork(definition, network, `${place}.interfaces[${index}].network`);
    yield* checkAddresses([address], `${place}.interfaces[${index}].address`);
  }
  yield* checkDisk(host, place);
  const accounts = accountsOf(host);
  yield* checkUnique(
    host.users.map(({ name }) => name),
    `${place}.users`,
    'name',
  );
  yield* checkUnique(
    accounts.passwd.map(({ uid }) => String(uid)),
    `${place}.users`,
    'uid',
  );
  for (const [index, user] of host.users.entries())
    yield* checkUser(definition, { user, accounts }, `${place}.users[${index}]`);
  for (const [index, file] of (host.files ?? []).entries()) {
    yield* checkFile(file, accounts, `${place}.files[${index}]`);
    if (!file.path.startsWith('/')) yield [`${place}.files[${index}].path`, 'expected an absolute path'];
  }
  for (const [index, { argv }] of (host.services ?? []).entries()) {
    if (argv[0]?.startsWith('/') !== true)
      yield [`${place}.services[${index}].argv`, 'expected an absolute path first'];
  }
  for (const [index, rule] of (host.firewall ?? []).entries())
    yield* checkRule(definition, rule, `${place}.firewall[${index}]`);
}

function* checkDisk({ diskBytes = largestDiskBytes }: HostDefinition, place: string): Faults {
  const isSize = Number.isInteger(diskBytes) && diskBytes > 0 && diskBytes <= largestDiskBytes;
  if (!isSize) yield [`${place}.diskBytes`, `expected bytes up to ${largestDiskBytes}`];
}

function* checkRule({ hosts }: WorldDefinition, { port, from = [] }: FirewallRule, place: string): Faults {
  const isPort = port === undefined || (Number.isInteger(port) && port > 0 && port <= highestPort);
  if (!isPort) yield [`${place}.port`, `${port} is no port`];
  for (const source of from) {
    if (!hosts.some(({ name }) => name === source)) yield* checkAddresses([source], `${place}.from`);
  }
}

interface UserCheck {
  readonly user: UserDefinition;
  readonly accounts: Accounts;
}

function* checkUser(definition: WorldDefinition, { user, accounts }: UserCheck, place: string): Faults {
  if (!userPattern.test(user.name)) yield [`${place}.name`, `${user.name} is no name of a user`];
  for (const name of user.groups ?? []) {
    if (!accounts.group.some((group) => group.name === name)) yield [`${place}.groups`, `there is no group ${name}`];
  }
  for (const [index, file] of (user.files ?? []).entries()) {
    yield* checkFile(file, accounts, `${place}.files[${index}]`);
    if (file.path.startsWith('/'))
      yield [`${place}.files[${index}].path`, 'expected a path relative to the home directory'];
  }
  for (const [index, key] of (user.authorizedKeys ?? []).entries()) {
    if (typeof key !== 'string') yield* requireIdentity(definition, key, `${place}.authorizedKeys[${index}]`);
  }
  for (const [index, { host }] of (user.knownHosts ?? []).entries()) {
    if (!definition.hosts.some(({ name }) => name === host))
      yield [`${place}.knownHosts[${index}].host`, `there is no host ${host}`];
  }
}

function* requireIdentity(definition: WorldDefinition, key: IdentityReference, place: string): Faults {
  const user = definition.hosts.find(({ name }) => name === key.host)?.users.find(({ name }) => name === key.user);
  if (user === undefined) yield* requireUser(definition, key, place);
  else if (findIdentity(user, key.file) === undefined) yield [place, `${key.user} has no such identity on ${key.host}`];
}

function* checkFile({ owner, group }: FileDefinition, accounts: Accounts, place: string): Faults {
  const hasOwner = owner === undefined || accounts.passwd.some(({ name }) => name === owner);
  if (!hasOwner) yield [`${place}.owner`, `there is no user ${owner}`];
  const hasGroup = group === undefined || accounts.group.some(({ name }) => name === group);
  if (!hasGroup) yield [`${place}.group`, `there is no group ${group}`];
}
