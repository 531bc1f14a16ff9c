/** Which signature algorithms a signature of a file may have: all but those over SHA-1 (OpenSSH's sshsig.c, RSA_SIGN_ALLOWED). */
const overSha1: ReadonlySet<string> = new Set(['ssh-rsa', 'ssh-dss']);

export function isAllowedSignatureAlgorithm(name: string): boolean {
  return !overSha1.has(name);
}
