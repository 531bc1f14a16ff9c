/**
 * The one place of this package that finds the platform's WebCrypto, its random bytes and its timer: browsers, workers, Node, Deno and Bun
 * have them as globals. What is missing is undefined, never guessed.
 */
import type { RandomSource } from '../crypto/provider.ts';

/** So much of a JSON Web Key as an RSA private key has (RFC 7518 section 6.3): Base64url without padding. */
export interface RsaJwk {
  readonly n?: string;
  readonly e?: string;
  readonly d?: string;
  readonly p?: string;
  readonly q?: string;
  readonly qi?: string;
}

/** So much of SubtleCrypto as is used here. */
export interface PlatformSubtle {
  generateKey(
    algorithm: object,
    extractable: boolean,
    usages: readonly string[],
  ): Promise<{ readonly privateKey: unknown }>;
  exportKey(format: 'jwk', key: unknown): Promise<RsaJwk>;
}

interface PlatformCrypto {
  getRandomValues(array: Uint8Array): unknown;
  readonly subtle?: PlatformSubtle;
}

/** getRandomValues() gives no more at once. */
const largestRequestSizeBytes = 65_536;

function platformCrypto(): PlatformCrypto | undefined {
  const found: unknown = Reflect.get(globalThis, 'crypto');
  return isPlatformCrypto(found) ? found : undefined;
}

function isPlatformCrypto(value: unknown): value is PlatformCrypto {
  return typeof value === 'object' && value !== null && 'getRandomValues' in value;
}

/** WebCrypto's functions; undefined where there are none, as in a page that did not come over HTTPS. */
export function platformSubtle(): PlatformSubtle | undefined {
  return platformCrypto()?.subtle;
}

/** The platform's random bytes; undefined where there are none. */
export function platformRandom(): RandomSource | undefined {
  const crypto = platformCrypto();
  if (crypto === undefined) return undefined;
  return (sizeBytes) => {
    const bytes = new Uint8Array(sizeBytes);
    for (let at = 0; at < sizeBytes; at += largestRequestSizeBytes) {
      crypto.getRandomValues(bytes.subarray(at, at + largestRequestSizeBytes));
    }
    return bytes;
  };
}

/** Lets the platform do other things: paint, take input. */
export async function giveWay(): Promise<void> {
  const timer: unknown = Reflect.get(globalThis, 'setTimeout');
  if (!isTimer(timer)) return;
  await new Promise<void>((resolve) => {
    timer(resolve, 0);
  });
}

function isTimer(value: unknown): value is (callback: () => void, milliseconds: number) => unknown {
  return typeof value === 'function';
}
