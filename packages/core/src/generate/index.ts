/**
 * Entry `@seashell/core/generate`: a new key of any type on a real machine or page, with the platform's randomness and, where it has it,
 * its RSA. For a key from a seed, or where nothing of the platform may be touched, take `generateKey` of `@seashell/core/keys`.
 */
import { assert } from '../assertion.ts';
import type { RandomSource } from '../crypto/provider.ts';
import { generateKey as generateSeededKey } from '../keys/generate-key.ts';
import { keyTypeOf, type PrivateKey, type PublicKey } from '../keys/key-types/index.ts';
import type { LongWork, Progress } from '../long-work.ts';
import { giveWay, platformRandom, platformSubtle, type PlatformSubtle } from './platform-crypto.ts';
import { rsaKeyByPlatform } from './rsa-by-platform.ts';

/** Says that the result is no longer wanted. An AbortSignal is one. */
export interface CancelSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

export interface GenerateOptions {
  readonly type: PublicKey['type'];
  /** The key type's usual number if not given. Outside its `allowedBits` is an assertion: ask first. */
  readonly bits?: number;
  /** Other random bytes than the platform's. With them RSA does not come from the platform: the same bytes give the same key. */
  readonly random?: RandomSource;
  /** Hears how far the search for primes is; nothing while the platform works. */
  readonly onProgress?: (progress: Progress) => void;
}

/** As `GenerateOptions`, for work that may be given up. */
export interface CancellableGenerateOptions extends GenerateOptions {
  readonly signal: CancelSignal;
}

/**
 * A new key. RSA comes from the platform's WebCrypto, every other type from its random bytes. With a `signal` the answer is undefined
 * once it is aborted; the platform may still finish what it began, and its key is dropped.
 *
 * @example
 * const key = await generateKey({ type: 'ssh-rsa', bits: 4096 });
 */
export function generateKey(options: CancellableGenerateOptions): Promise<PrivateKey | undefined>;
export function generateKey(options: GenerateOptions): Promise<PrivateKey>;
export async function generateKey(
  options: GenerateOptions & { signal?: CancelSignal },
): Promise<PrivateKey | undefined> {
  const { type, signal } = options;
  const bits = options.bits ?? keyTypeOf({ type }).allowedBits.usual;
  if (signal?.aborted === true) return undefined;
  const made = options.random === undefined ? platformKeyGenerator({ type, bits }) : undefined;
  if (made !== undefined) return unlessAborted(made, signal);
  const random = options.random ?? platformRandom();
  assert(random !== undefined, 'this platform has no random bytes: give some');
  return inSlices(generateSeededKey({ type, bits, random }), options);
}

/** Makes keys that the platform makes better; undefined for those that it leaves to the seeded generation. */
export type PlatformKeyGenerator = (
  request: Required<Pick<GenerateOptions, 'type' | 'bits'>>,
) => Promise<PrivateKey> | undefined;

const generators: Partial<
  Readonly<Record<PublicKey['type'], (subtle: PlatformSubtle, bits: number) => Promise<PrivateKey> | undefined>>
> = { 'ssh-rsa': rsaKeyByPlatform };

/**
 * The platform's own generation, for programs on a real machine: `createPrograms({ generateByPlatform: platformKeyGenerator })`. In a
 * world there is none, so that keys come from its seed.
 */
export const platformKeyGenerator: PlatformKeyGenerator = ({ type, bits }) => {
  const subtle = platformSubtle();
  return subtle === undefined ? undefined : generators[type]?.(subtle, bits);
};

async function inSlices(
  work: LongWork<PrivateKey>,
  { onProgress, signal }: Pick<GenerateOptions, 'onProgress'> & { signal?: CancelSignal },
): Promise<PrivateKey | undefined> {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    onProgress?.(step.value);
    await giveWay();
    if (signal?.aborted === true) return undefined;
  }
}

async function unlessAborted<T>(work: Promise<T>, signal: CancelSignal | undefined): Promise<T | undefined> {
  if (signal === undefined) return await work;
  return await new Promise((resolve, reject) => {
    const abort = () => resolve(undefined);
    const settled = () => signal.removeEventListener('abort', abort);
    signal.addEventListener('abort', abort);
    work.then(resolve, reject).finally(settled);
  });
}
