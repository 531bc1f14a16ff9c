/** Entry `@seashell/simulator/world-definition`: the schema of a world, for packages that only define some. */
export type {
  AuthorizedKeyDefinition,
  BaseImageName,
  FileDefinition,
  FirewallRule,
  HostDefinition,
  HostKeyType,
  IdentityDefinition,
  LinkDefinition,
  NameDefinition,
  NetworkDefinition,
  ServiceDefinition,
  UserDefinition,
  WorldDefinition,
} from './definition.ts';
