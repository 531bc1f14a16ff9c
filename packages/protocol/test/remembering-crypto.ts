/**
 * The provider with a memory for its slow functions. They depend on nothing but their arguments, so what is remembered is what they would
 * give: thousands of replays of one recording cost the slow part once.
 */
import type { CryptoProvider } from '@seashell/core/crypto';
import { crypto } from './fixtures.ts';

export function rememberingCrypto(): CryptoProvider {
  const { x25519, mlkem768 } = crypto;
  return {
    ...crypto,
    x25519: {
      publicKey: remembering((secret: Uint8Array) => x25519.publicKey(secret)),
      sharedSecret: remembering((secret: Uint8Array, point: Uint8Array) => x25519.sharedSecret(secret, point)),
    },
    mlkem768: {
      keyPair: remembering((seed: Uint8Array) => mlkem768.keyPair(seed)),
      encapsulate: remembering((key: Uint8Array, random: Uint8Array) => mlkem768.encapsulate(key, random)),
      decapsulate: remembering((ciphertext: Uint8Array, secret: Uint8Array) =>
        mlkem768.decapsulate(ciphertext, secret),
      ),
    },
  };
}

/** A function of bytes that computes each result once. */
function remembering<Arguments extends readonly Uint8Array[], Result>(
  compute: (...given: Arguments) => Result,
): (...given: Arguments) => Result {
  const known = new Map<string, { readonly result: Result }>();
  return (...given) => {
    const key = given.map((each) => String(each)).join(' ');
    const entry = known.get(key) ?? { result: compute(...given) };
    known.set(key, entry);
    return entry.result;
  };
}
