/** The server's host keys: the private halves from the files that HostKey names. */
import { encodePublicKey, fingerprint, publicKeyOf, type PrivateKey } from '@seashell/core/keys';
import type { SshdSettings } from '@seashell/core/config';
import { loadPrivateKey, type KeyLoadingSystem } from '../identity/load-key.ts';
import { isTooSmall, tooSmallWords } from '../identity/required-size.ts';
import type { Log } from '../logging/log.ts';

export interface HostKey {
  readonly key: PrivateKey;
  readonly blob: Uint8Array;
}

interface Inputs {
  readonly settings: SshdSettings;
  readonly log: Log;
}

/** Loads what can be loaded; a missing key is an error only where it was asked for. */
export async function loadHostKeys(system: KeyLoadingSystem, inputs: Inputs): Promise<readonly HostKey[]> {
  const { settings, log } = inputs;
  const asked = settings.has('HostKey');
  const paths = settings.get('HostKey') ?? [];
  const keys: HostKey[] = [];
  for (const path of paths) {
    const loaded = await loadPrivateKey(system, { path, passphrase: '', log });
    if (loaded.outcome === 'key' && isTooSmall(publicKeyOf(loaded.key), settings.get('RequiredRSASize'))) {
      await log.error(`main: Host key ${path}: ${tooSmallWords}`);
      continue;
    }
    if (loaded.outcome === 'key') {
      const blob = encodePublicKey(publicKeyOf(loaded.key));
      await log.debug1(`private host key #${keys.length}: ${loaded.key.type} ${fingerprint(blob)}`);
      keys.push({ key: loaded.key, blob });
      continue;
    }
    const isOld = settings.version === '6.6';
    const text = isOld ? `Could not load host key: ${path}` : `Unable to load host key: ${path}`;
    await log.write(asked || isOld ? 'ERROR' : 'DEBUG1', text);
  }
  return keys;
}
