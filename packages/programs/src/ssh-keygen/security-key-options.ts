/** The options of -O that -p knows: they change the flags of a key in an authenticator (PROTOCOL.u2f). */
import { userPresenceFlag, userVerificationFlag, type PrivateKey } from '@seashell/core/keys';

const changes: ReadonlyMap<string, (flags: number) => number> = new Map([
  ['no-touch-required', (flags: number) => flags & ~userPresenceFlag],
  ['touch-required', (flags: number) => flags | userPresenceFlag],
  ['no-verify-required', (flags: number) => flags & ~userVerificationFlag],
  ['verify-required', (flags: number) => flags | userVerificationFlag],
]);

export type ChangedKey =
  | { readonly ok: true; readonly key: PrivateKey }
  | { readonly ok: false; readonly words: string };

/** The key with the flags that `options` ask for, or why not. */
export function applyFlagOptions(key: PrivateKey, options: readonly string[], path: string): ChangedKey {
  if (options.length === 0) return { ok: true, key };
  if (!('flags' in key)) return { ok: false, words: `FIDO-specific option requested for non-FIDO key ${path}` };
  let { flags } = key;
  for (const option of options) {
    const change = changes.get(option.toLowerCase());
    if (change === undefined) {
      return { ok: false, words: `Option "${option}" is unsupported for key passphrase change` };
    }
    flags = change(flags);
  }
  return { ok: true, key: { ...key, flags } };
}
