/** The words of ASN.1 structures, as their RFCs have them. */
import type { FieldWords } from './field-words.ts';

export const derFields: Readonly<Record<string, FieldWords>> = {
  'der.header': {
    name: 'tag and length',
    explanation: 'In DER every value says what it is and how long it is before its bytes.',
  },
  'pem.sealed': {
    name: 'encrypted key',
    explanation: 'Whole blocks of the cipher; nothing of the key shows without the passphrase.',
    secret: true,
  },
  pem: { name: 'encrypted key', explanation: 'What the passphrase makes a key of.', secret: true },
  RSAPrivateKey: {
    name: 'RSAPrivateKey',
    explanation: 'The eight numbers of an RSA key (RFC 8017 appendix A.1.2).',
    secret: true,
  },
  'RSAPrivateKey.version': { name: 'version', explanation: '0: the key has two primes.' },
  'RSAPrivateKey.modulus': { name: 'modulus n', explanation: 'The product of the two primes; public.' },
  'RSAPrivateKey.publicExponent': {
    name: 'public exponent e',
    explanation: 'Verifying raises the signature to this power; nearly always 65537.',
  },
  'RSAPrivateKey.privateExponent': {
    name: 'private exponent d',
    explanation: 'Signing raises the message to this power.',
    secret: true,
  },
  'RSAPrivateKey.prime1': { name: 'prime p', explanation: 'The first secret prime.', secret: true },
  'RSAPrivateKey.prime2': { name: 'prime q', explanation: 'The second secret prime.', secret: true },
  'RSAPrivateKey.exponent1': { name: 'd modulo p - 1', explanation: 'Lets signing work modulo p alone.', secret: true },
  'RSAPrivateKey.exponent2': { name: 'd modulo q - 1', explanation: 'Lets signing work modulo q alone.', secret: true },
  'RSAPrivateKey.coefficient': {
    name: 'q inverse modulo p',
    explanation: 'Joins the two halves of a signature.',
    secret: true,
  },
  ECPrivateKey: {
    name: 'ECPrivateKey',
    explanation: 'The secret number of an ECDSA key, its curve and its point (RFC 5915).',
    secret: true,
  },
  'ECPrivateKey.version': { name: 'version', explanation: 'Always 1.' },
  'ECPrivateKey.privateKey': {
    name: 'secret number',
    explanation: 'The whole secret: the base point taken so many times gives the public point.',
    secret: true,
  },
  'ECPrivateKey.parameters': { name: 'curve', explanation: 'The number by which the curve is known.' },
  'ECPrivateKey.publicKey': { name: 'public point', explanation: 'The byte 04, then x, then y.' },
  DSAPrivateKey: {
    name: 'DSAPrivateKey',
    explanation: 'The numbers of a DSA key, as OpenSSL writes them.',
    secret: true,
  },
  'DSAPrivateKey.version': { name: 'version', explanation: 'Always 0.' },
  'DSAPrivateKey.p': { name: 'prime p', explanation: 'The modulus; public.' },
  'DSAPrivateKey.q': { name: 'group order q', explanation: 'A prime that divides p - 1; public.' },
  'DSAPrivateKey.g': { name: 'generator g', explanation: 'The number whose powers are used; public.' },
  'DSAPrivateKey.y': { name: 'public value y', explanation: 'g to the power of x, modulo p.' },
  'DSAPrivateKey.x': { name: 'secret number x', explanation: 'The whole secret.', secret: true },
  PrivateKeyInfo: {
    name: 'PrivateKeyInfo',
    explanation: 'One form for keys of every kind: which algorithm, then the key (RFC 5208, RFC 5958).',
    secret: true,
  },
  'PrivateKeyInfo.version': { name: 'version', explanation: '0, or 1 when the public key stands behind.' },
  'PrivateKeyInfo.privateKeyAlgorithm': { name: 'algorithm', explanation: 'Which kind of key this is.' },
  'PrivateKeyInfo.privateKey': {
    name: 'private key',
    explanation: 'The key in the form of its algorithm.',
    secret: true,
  },
  'PrivateKeyInfo.attributes': { name: 'attributes', explanation: 'Remarks of other programs.' },
  'PrivateKeyInfo.publicKey': { name: 'public key', explanation: 'The public half, which not every program writes.' },
  'AlgorithmIdentifier.algorithm': {
    name: 'object identifier',
    explanation: 'The number under which the algorithm is registered.',
  },
  'AlgorithmIdentifier.parameters': {
    name: 'parameters',
    explanation: 'What the algorithm needs besides: a curve, a salt, a count of rounds.',
  },
  EncryptedPrivateKeyInfo: {
    name: 'EncryptedPrivateKeyInfo',
    explanation: 'A PrivateKeyInfo, encrypted, and how (RFC 5958 section 3).',
    secret: true,
  },
  'EncryptedPrivateKeyInfo.encryptionAlgorithm': {
    name: 'encryption',
    explanation: 'How the passphrase becomes a key, and which cipher it is for.',
  },
  'EncryptedPrivateKeyInfo.encryptedData': {
    name: 'encrypted key',
    explanation: 'Whole blocks of the cipher.',
    secret: true,
  },
  CurvePrivateKey: {
    name: 'CurvePrivateKey',
    explanation: 'The seed, once more in an element (RFC 8410).',
    secret: true,
  },
  'CurvePrivateKey.seed': { name: 'seed', explanation: 'The 32 random bytes that are the whole secret.', secret: true },
  SubjectPublicKeyInfo: {
    name: 'SubjectPublicKeyInfo',
    explanation: 'One form for public keys of every kind, also in web certificates (RFC 5280).',
  },
  'SubjectPublicKeyInfo.algorithm': { name: 'algorithm', explanation: 'Which kind of key this is.' },
  'SubjectPublicKeyInfo.subjectPublicKey': { name: 'public key', explanation: 'The key in the form of its algorithm.' },
  RSAPublicKey: {
    name: 'RSAPublicKey',
    explanation: 'The two numbers of an RSA public key (RFC 8017 appendix A.1.1).',
  },
  'RSAPublicKey.modulus': { name: 'modulus n', explanation: 'The product of two secret primes.' },
  'RSAPublicKey.publicExponent': { name: 'public exponent e', explanation: 'Nearly always 65537.' },
};
