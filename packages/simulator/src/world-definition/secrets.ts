/** Where the secrets of a world come from, its seed, and its password hashes: the same seed and owner give the same ones. */
import { sha512Crypt } from '@seashell/core/crypto/sha512-crypt';
import { seededRandom } from '../kernel/random.ts';
import type { Results } from './results.ts';

export interface SecretSource {
  readonly seed: number;
  readonly results: Results;
}

const saltCharacters = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const saltLength = 16;

/** crypt(3) of a password, with the salt that the seed gives its owner (`demo@web1`). */
export function hashPassword(source: SecretSource, password: string, owner: string): string {
  const bytes = randomOf(source, `salt of ${owner}`)(saltLength);
  const salt = Array.from(bytes, (byte) => saltCharacters[byte % saltCharacters.length]).join('');
  return source.results.get(`crypt ${JSON.stringify(password)} ${salt}`, () => {
    const hash = sha512Crypt(password, `$6$${salt}`);
    if (hash === undefined) throw new Error('assertion: a salt of 16 characters is a setting of crypt');
    return hash;
  });
}

/** Random bytes for what `name` says. */
export function randomOf({ seed }: SecretSource, name: string): (sizeBytes: number) => Uint8Array {
  const source = seededRandom(seed, name);
  return (sizeBytes) => source.bytes(sizeBytes);
}
