/** What a certificate may hold before it is refused. */

/** OpenSSH's SSHKEY_CERT_MAX_PRINCIPALS. */
export const maximumCertificatePrincipals = 256;
/** Of critical options, and of extensions. OpenSSH knows ten and sets no bound; more than 64 is no certificate of this world. */
export const maximumCertificateOptions = 64;
/** Bytes of the nonce in what is issued, as OpenSSH's: more than enough to make hash collisions useless. */
export const certificateNonceSizeBytes = 32;
/** `forever`: the largest uint64. */
export const latestTime = 0xffff_ffff_ffff_ffffn;
