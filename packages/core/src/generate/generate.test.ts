import { afterEach, describe, expect, it, vi } from 'vitest';
import { seededRandom } from '../../test/seeded-random.ts';
import { checkRsaPrivateKey } from '../keys/key-types/rsa.ts';
import { keyBits, keyTypes, runAtOnce, signMessage, verifySignature } from '../keys/index.ts';
import { generateKey as generateSeededKey } from '../keys/generate-key.ts';
import { utf8Encode } from '../wire/text.ts';
import { generateKey, platformKeyGenerator, type CancelSignal } from './index.ts';

const generated = keyTypes.filter((row) => row.generate !== undefined);

/** A signal that a test aborts. */
function cancelling(): {
  readonly signal: CancelSignal;
  readonly abort: () => void;
  readonly listeners: Set<() => void>;
} {
  const listeners = new Set<() => void>();
  let aborted = false;
  const signal: CancelSignal = {
    get aborted() {
      return aborted;
    },
    addEventListener: (_type, listener) => void listeners.add(listener),
    removeEventListener: (_type, listener) => void listeners.delete(listener),
  };
  const abort = () => {
    aborted = true;
    for (const listener of listeners) listener();
  };
  return { signal, abort, listeners };
}

/** Has the platform's WebCrypto refuse to make keys. */
function refuse(): void {
  vi.spyOn(crypto.subtle, 'generateKey').mockRejectedValue(new Error('refused'));
}

describe('generateKey', () => {
  it.each(generated)('$name: a new key each time, which signs', async ({ name, allowedBits }) => {
    const bits = allowedBits.minimum;
    const [key, other] = [await generateKey({ type: name, bits }), await generateKey({ type: name, bits })];
    expect(key).not.toEqual(other);
    expect(keyBits(key)).toBe(bits);
    const message = utf8Encode('message');
    const signature = signMessage({ key, message, random: seededRandom('blinding') });
    const algorithms = keyTypes.flatMap((row) => row.signatureAlgorithms);
    expect(verifySignature({ key, message, signature, algorithms })).toBe(true);
  });

  it.each([1024, 1032, 1025, 2048])('ssh-rsa of %i bits is a whole RSA key', async (bits) => {
    const key = await generateKey({ type: 'ssh-rsa', bits });
    expect([key.type, keyBits(key)]).toEqual(['ssh-rsa', bits]);
    expect(key.type === 'ssh-rsa' ? checkRsaPrivateKey(key) : 'another type').toBeUndefined();
  });

  it('gives the key of the given random bytes, with progress', async () => {
    const request = { type: 'ssh-rsa', bits: 1024 } as const;
    let steps = 0;
    const onProgress = () => void steps++;
    const key = await generateKey({ ...request, random: seededRandom('seed'), onProgress });
    expect(key).toEqual(runAtOnce(generateSeededKey({ ...request, random: seededRandom('seed') })));
    expect(steps).toBeGreaterThan(0);
  });

  it('gives undefined once aborted: before, while the platform works, and between slices', async () => {
    const before = cancelling();
    before.abort();
    expect(await generateKey({ type: 'ssh-ed25519', signal: before.signal })).toBeUndefined();
    const during = cancelling();
    const work = generateKey({ type: 'ssh-rsa', bits: 4096, signal: during.signal });
    during.abort();
    expect(await work).toBeUndefined();
    const sliced = cancelling();
    const search = { type: 'ssh-rsa', bits: 2048, random: seededRandom('seed'), signal: sliced.signal } as const;
    expect(await generateKey({ ...search, onProgress: sliced.abort })).toBeUndefined();
  });

  it('lets the signal go when done', async () => {
    const { signal, listeners } = cancelling();
    expect(await generateKey({ type: 'ssh-rsa', bits: 1024, signal })).toBeDefined();
    await Promise.resolve();
    expect(listeners.size).toBe(0);
  });
});

describe('a platform that refuses the size, as Chromium those above 8192 bits', () => {
  afterEach(() => vi.restoreAllMocks());

  it('generateKey makes it in slices, with progress, and can be cancelled', async () => {
    refuse();
    let steps = 0;
    const key = await generateKey({ type: 'ssh-rsa', bits: 1024, onProgress: () => void steps++ });
    expect(key.type === 'ssh-rsa' ? checkRsaPrivateKey(key) : 'another type').toBeUndefined();
    expect(steps).toBeGreaterThan(0);
    const { signal, abort } = cancelling();
    expect(await generateKey({ type: 'ssh-rsa', bits: 2048, signal, onProgress: abort })).toBeUndefined();
  });

  it('platformKeyGenerator makes it in slices', async () => {
    refuse();
    const key = await platformKeyGenerator({ type: 'ssh-rsa', bits: 1024 });
    expect(key === undefined ? 'no key' : keyBits(key)).toBe(1024);
  });
});

describe('platformKeyGenerator', () => {
  it('leaves what the platform does not make better', () => {
    expect(platformKeyGenerator({ type: 'ssh-ed25519', bits: 256 })).toBeUndefined();
    expect(platformKeyGenerator({ type: 'ssh-rsa', bits: 1025 })).toBeUndefined();
  });
});
