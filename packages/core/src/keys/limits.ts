/** What a key file may ask for before it is refused; each can be changed by the caller where a function takes limits. */

/** Largest key file, OpenSSH's MAX_KEY_FILE_SIZE. */
export const maximumKeyFileSizeBytes = 1024 * 1024;
/** Longest public key line. */
export const maximumPublicLineSize = 64 * 1024;
/** Longest comment in an openssh-key-v1 file, in bytes of UTF-8. */
export const maximumCommentSizeBytes = 64 * 1024;
/** More would keep a reader waiting for minutes; ssh-keygen -a is rarely above 100. */
export const maximumBcryptRounds = 1024;
/** OpenSSH's SSH_RSA_MINIMUM_MODULUS_SIZE, and OPENSSL_RSA_MAX_MODULUS_BITS. */
export const minimumRsaBits = 1024;
/** Largest modulus of an RSA key, OpenSSL's OPENSSL_RSA_MAX_MODULUS_BITS. */
export const maximumRsaBits = 16_384;
/** OpenSSL refuses larger public exponents for large moduli (OPENSSL_RSA_MAX_PUBEXP_BITS). */
export const maximumRsaExponentBits = 64;
/** OpenSSL's OPENSSL_DSA_MAX_MODULUS_BITS; signatures of ssh-dss have room for a q of 160 bits only. */
export const minimumDsaBits = 1024;
/** Largest p of a DSA key, OpenSSL's OPENSSL_DSA_MAX_MODULUS_BITS. */
export const maximumDsaBits = 10_000;
/** Bits of DSA's q: a signature of ssh-dss has room for two numbers of 160 bits (RFC 4253 section 6.6). */
export const dsaSubgroupBits = 160;
