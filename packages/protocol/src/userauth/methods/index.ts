/** The table of authentication methods. */
import { none } from './none.ts';
import { password } from './password.ts';
import { publickey } from './publickey.ts';
import type { AuthenticationMethodRow } from './row.ts';

const authenticationMethodRows: readonly AuthenticationMethodRow[] = [none, publickey, password];

const byName = new Map<string, AuthenticationMethodRow>(authenticationMethodRows.map((row) => [row.name, row]));

/** The row of a method, or undefined. */
export function findAuthenticationMethod(name: string): AuthenticationMethodRow | undefined {
  return byName.get(name);
}
