/** The page's own examples, made by the core from fixed numbers while the site is built: nobody's keys. */
import { generateKey, printPublicLine, runAtOnce, writePrivateKey } from '@seashell/core/keys';
import { utf8Encode } from '@seashell/core/wire';

export interface Example {
  readonly id: string;
  readonly label: string;
  readonly text: string;
}

/** The same bytes on every build. */
function fixedBytes(): (size: number) => Uint8Array<ArrayBuffer> {
  let value = 7;
  return (size) => Uint8Array.from({ length: size }, () => (value = (value * 75 + 74) % 65_537) & 0xff);
}

/** The passphrase is on the page. */
export function makeExamples(): readonly Example[] {
  const random = fixedBytes();
  const key = runAtOnce(generateKey({ type: 'ssh-ed25519', random }));
  const comment = 'demo@laptop';
  const locked = runAtOnce(
    writePrivateKey(key, { format: 'openssh', comment, passphrase: utf8Encode('seashell'), random }),
  );
  const ppk = runAtOnce(writePrivateKey(key, { format: 'ppk3', comment, passphrase: utf8Encode('seashell'), random }));
  return [
    { id: 'public', label: 'Public key', text: printPublicLine(key, comment) },
    { id: 'private', label: 'Private key file', text: locked },
    { id: 'ppk', label: 'PuTTY’s', text: ppk },
  ];
}
