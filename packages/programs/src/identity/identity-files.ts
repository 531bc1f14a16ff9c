/** Which identity files OpenSSH tries when nothing names one, by version, in order (readconf.c, lists-6.6/differences.tsv). */
import type { HostFacts } from '@seashell/system';

export const defaultIdentityFiles: Readonly<Record<HostFacts['openSsh'], readonly string[]>> = {
  '10': ['id_rsa', 'id_ecdsa', 'id_ecdsa_sk', 'id_ed25519', 'id_ed25519_sk', 'id_mldsa44_ed25519'],
  '6.6': ['id_rsa', 'id_dsa', 'id_ecdsa', 'id_ed25519'],
};

/** A path that begins with `~/` or `~name/`, as tilde_expand_filename() of OpenSSH reads it. */
export function expandTilde(path: string, home: string): string {
  if (path === '~') return home;
  return path.startsWith('~/') ? `${home}/${path.slice(2).replace(/^\/+/, '')}` : path;
}
