/** Keys, randomness and options that the tests of this package share. The same seed gives the same bytes. */
import { nobleProvider } from '@seashell/core/crypto';
import { encodePublicKey, generateKey, runAtOnce, signMessage, type PrivateKey } from '@seashell/core/keys';
import { concatBytes, utf8Encode } from '@seashell/core/wire';
import {
  ClientConnection,
  defaultPreferences,
  ServerConnection,
  type AlgorithmPreferences,
  type ClientOptions,
  type OpenSshVersion,
  type ServerOptions,
} from '../src/index.ts';

export const crypto = nobleProvider;

/** A stream of bytes from a seed: SHA-256 in counter mode. */
export function seededRandom(seed: string): (lengthBytes: number) => Uint8Array {
  let counter = 0;
  return (lengthBytes) => {
    const blocks: Uint8Array[] = [];
    for (let size = 0; size < lengthBytes; size += 32) {
      blocks.push(crypto.hashes.sha256.digest(utf8Encode(`${seed} ${counter++}`)));
    }
    return concatBytes(...blocks).subarray(0, lengthBytes);
  };
}

export function makeKey(type: PrivateKey['type'], seed: string): PrivateKey {
  return runAtOnce(generateKey({ type, random: seededRandom(seed), ...(type === 'ssh-rsa' ? { bits: 2048 } : {}) }));
}

export const hostKey = makeKey('ssh-ed25519', 'host');
export const hostRsaKey = makeKey('ssh-rsa', 'host rsa');
export const userKey = makeKey('ssh-ed25519', 'user');
const ecdsaTypes = ['ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521'] as const;
const hostEcdsaKeys = ecdsaTypes.map((type) => makeKey(type, 'host'));
export const userEcdsaKeys: readonly PrivateKey[] = ecdsaTypes.map((type) => makeKey(type, 'user'));
export const hostKeys = [hostKey, hostRsaKey, ...hostEcdsaKeys];

export function sign(key: PrivateKey, message: Uint8Array, algorithm: string): Uint8Array {
  return signMessage({ key, message, algorithm, random: seededRandom('blinding') });
}

export const blob = encodePublicKey;

export function clientOptions(options: Partial<ClientOptions> = {}): ClientOptions {
  return {
    identification: 'SSH-2.0-OpenSSH_10.5',
    crypto,
    random: seededRandom('client'),
    algorithms: defaultPreferences('10'),
    ...options,
  };
}

export function serverOptions(options: Partial<ServerOptions> = {}): ServerOptions {
  return {
    identification: 'SSH-2.0-OpenSSH_10.5',
    crypto,
    random: seededRandom('server'),
    algorithms: defaultPreferences('10'),
    hostKeys: hostKeys.map((key) => blob(key)),
    publicKeyAlgorithms: ['ssh-ed25519', 'sk-ssh-ed25519@openssh.com', 'rsa-sha2-512', 'rsa-sha2-256'],
    ...options,
  };
}

export function makeClient(options: Partial<ClientOptions> = {}): ClientConnection {
  return new ClientConnection(clientOptions(options));
}

export function makeServer(options: Partial<ServerOptions> = {}): ServerConnection {
  return new ServerConnection(serverOptions(options));
}

/** The preferences of a version with some lists replaced. */
export function preferences(version: OpenSshVersion, lists: Partial<AlgorithmPreferences> = {}): AlgorithmPreferences {
  return { ...defaultPreferences(version), ...lists };
}
