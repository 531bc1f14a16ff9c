/** One private key of each key type, as real OpenSSH made it: for tests that need a key and no certain one. */
import { openPrivateKey, runAtOnce, type PrivateKey } from '../src/keys/index.ts';
import { utf8Encode } from '../src/wire/index.ts';
import { opensshKeyTypes } from './fixtures/openssh-key-types.ts';
import { opensshKeys } from './fixtures/openssh-keys.ts';

function openFixture({ privateFile }: { readonly privateFile: string }): PrivateKey {
  const opened = runAtOnce(openPrivateKey(utf8Encode(privateFile)));
  if (opened.outcome !== 'key') throw new Error(`the fixture does not open: ${opened.outcome}`);
  return opened.key;
}

const fixtures = [
  ...opensshKeys.filter(({ name, openssh }) => openssh === '10' && (name === 'ed25519' || name === 'rsa in PEM')),
  ...opensshKeyTypes.filter(({ name, openssh }) => openssh === '10' || name.endsWith('dsa')),
];

/** In the order of the fixtures: each key type of the registry once. */
export const fixtureKeys: readonly PrivateKey[] = fixtures.map(openFixture);

/** The fixture key of a type. */
export function fixtureKey<T extends PrivateKey['type']>(type: T): Extract<PrivateKey, { readonly type: T }> {
  const isWanted = (key: PrivateKey): key is Extract<PrivateKey, { readonly type: T }> => key.type === type;
  const found = fixtureKeys.find(isWanted);
  if (found === undefined) throw new Error(`no fixture of ${type}`);
  return found;
}
