/** Public keys in PEM as -e and -i have them: -m PKCS8 is SubjectPublicKeyInfo, -m PEM is PKCS#1, and for ECDSA in 10 PKCS8 again. */
import { encodePublicPem, encodeRsaPublicPem, readPublicKeyFile, type PublicKey } from '@seashell/core/keys';
import { DecodeError } from '@seashell/core/wire';
import type { HostFacts } from '@seashell/system';

type PemFormat = 'PKCS8' | 'PEM';

/** Undefined where ssh-keygen does not write such keys so. */
export function printPublicPem(key: PublicKey, format: PemFormat, version: HostFacts['openSsh']): string | undefined {
  if (key.type === 'ssh-rsa') return format === 'PEM' ? encodeRsaPublicPem(key) : encodePublicPem(key);
  const isEcdsa = key.type.startsWith('ecdsa-');
  if (format === 'PEM') return isEcdsa && version === '10' ? encodePublicPem(key) : undefined;
  return isEcdsa || key.type === 'ssh-dss' ? encodePublicPem(key) : undefined;
}

/** Undefined for anything but such a file. The OpenSSL of 10 takes PKCS#1 for -m PKCS8 too. */
export function readPublicPem(
  file: Uint8Array,
  format: PemFormat,
  version: HostFacts['openSsh'],
): PublicKey | undefined {
  try {
    const read = readPublicKeyFile(file);
    const wanted = format === 'PEM' ? ['pkcs1'] : version === '10' ? ['pkcs8', 'pkcs1'] : ['pkcs8'];
    return wanted.includes(read.format) && read.key.type !== 'ssh-ed25519' ? read.key : undefined;
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}
