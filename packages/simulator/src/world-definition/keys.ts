/** The keys of a world, from its seed: the same seed, host and user give the same ones. */
import { rsaKeyOfPrimes } from '@seashell/core/crypto/rsa-generation';
import {
  generateKey,
  keygenDefaults,
  publicKeyOf,
  runAtOnce,
  writePlainKey,
  type PrivateKey,
  type PublicKey,
  type RsaPrivateKey,
} from '@seashell/core/keys';
import type { HostKeyType } from './definition.ts';
import { randomOf, type SecretSource } from './secrets.ts';

export interface KeyDescription {
  readonly type: HostKeyType;
  /** Whose it is, for the seed: `host web1`, `demo@laptop id_ed25519`. */
  readonly owner: string;
  /** Decides the size of RSA keys and their format. */
  readonly openSsh: '10' | '6.6';
}

const rsaType = 'ssh-rsa';
/** Types whose key is made at once, of the size that ssh-keygen gives it unasked. */
const plainTypes = { ed25519: 'ssh-ed25519', ecdsa: 'ecdsa-sha2-nistp256' } as const;

export function makePrivateKey(source: SecretSource, key: KeyDescription): PrivateKey {
  if (key.type === 'rsa') return makeRsaKey(source, key);
  const random = randomOf(source, `${key.type} key of ${key.owner}`);
  return runAtOnce(generateKey({ type: plainTypes[key.type], random }));
}

export function makePublicKey(source: SecretSource, key: KeyDescription): PublicKey {
  return publicKeyOf(makePrivateKey(source, key));
}

/** The text of the private key's file, as ssh-keygen of that version writes it without a passphrase. */
export function privateKeyText(source: SecretSource, key: KeyDescription, comment: string): string {
  const made = makePrivateKey(source, key);
  const random = randomOf(source, `file of ${key.type} key of ${key.owner}`);
  const format =
    keygenDefaults[key.openSsh].rsaFormat === 'openssh' || key.type === 'ed25519' ? 'openssh' : 'traditional';
  return runAtOnce(writePlainKey(made, { format, comment, random }));
}

function makeRsaKey(source: SecretSource, { owner, openSsh }: KeyDescription): PrivateKey {
  const bits = keygenDefaults[openSsh].rsaBits;
  const name = `rsa key of ${owner}`;
  const primes = source.results.get(`primes ${bits} ${source.seed} ${name}`, () => {
    const key = runAtOnce(generateKey({ type: rsaType, bits, random: randomOf(source, name) }));
    if (key.type !== rsaType) throw new Error('assertion: asked for an RSA key');
    return `${key.p.toString(16)} ${key.q.toString(16)}`;
  });
  return keyOfPrimes(primes);
}

function keyOfPrimes(primes: string): RsaPrivateKey & { readonly type: typeof rsaType } {
  const [p = '', q = ''] = primes.split(' ');
  const key = rsaKeyOfPrimes(BigInt(`0x${p}`), BigInt(`0x${q}`));
  if (key === undefined) throw new Error('assertion: two primes of a key make a key');
  return { type: rsaType, ...key };
}
