/** Which of the core's formats of private key files are such to OpenSSH. */
import { findPrivateKeyFormat, privateKeyFormatOf, type PrivateKeyFormatRow } from '@seashell/core/keys';

/** PuTTY's files are no key files to OpenSSH. */
export function opensshFormatOf(file: Uint8Array): PrivateKeyFormatRow | undefined {
  const name = privateKeyFormatOf(file);
  return name === undefined || name.startsWith('ppk') ? undefined : findPrivateKeyFormat(name);
}
