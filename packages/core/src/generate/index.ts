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

/** Which key to make, and of whose random bytes. */
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
 * A new key. RSA comes from the platform's WebCrypto in the sizes that it makes, everything else from its random bytes. With a `signal`
 * the answer is undefined once it is aborted; the platform may still finish what it began, and its key is dropped.
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
  // A function: the compiler believes that what was false stays so.
  const isAborted = () => signal?.aborted === true;
  if (isAborted()) return undefined;
  const made = options.random === undefined ? askPlatform({ type, bits }) : undefined;
  const key = made === undefined ? undefined : await unlessAborted(made, signal);
  if (key !== undefined || isAborted()) return key;
  return generateInSlices({ type, bits }, options);
}

function generateInSlices(
  { type, bits }: KeyRequest,
  options: Pick<GenerateOptions, 'random' | 'onProgress'> & { signal?: CancelSignal },
): Promise<PrivateKey | undefined> {
  const random = options.random ?? platformRandom();
  assert(random !== undefined, 'this platform has no random bytes: give some');
  return inSlices(generateSeededKey({ type, bits, random }), options);
}

type KeyRequest = Required<Pick<GenerateOptions, 'type' | 'bits'>>;

/** Makes keys that the platform makes better; undefined for those that it leaves to the seeded generation. */
export type PlatformKeyGenerator = (request: KeyRequest) => Promise<PrivateKey> | undefined;

type Answer = Promise<PrivateKey | undefined> | undefined;

const generators: Partial<Readonly<Record<PublicKey['type'], (subtle: PlatformSubtle, bits: number) => Answer>>> = {
  'ssh-rsa': rsaKeyByPlatform,
};

function askPlatform({ type, bits }: KeyRequest): Answer {
  const subtle = platformSubtle();
  return subtle === undefined ? undefined : generators[type]?.(subtle, bits);
}

/**
 * The platform's own generation, for programs on a real machine: `createPrograms({ generateByPlatform: platformKeyGenerator })`. In a
 * world there is none, so that keys come from its seed.
 */
export const platformKeyGenerator: PlatformKeyGenerator = (request) => {
  const answer = askPlatform(request);
  return answer === undefined ? undefined : orInSlices(answer, request);
};

/** What the platform refuses once it is asked is made here after all. */
async function orInSlices(answer: Promise<PrivateKey | undefined>, request: KeyRequest): Promise<PrivateKey> {
  const key = (await answer) ?? (await generateInSlices(request, {}));
  assert(key !== undefined, 'nobody could have cancelled it');
  return key;
}

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
