/**
 * The one table of what fields are called and what they are for, by `group.field`: the group is the codec's own name, so a key's
 * fields are explained once wherever the key stands. A test demands a row for every field.
 */
import type { Shown } from './values.ts';

export interface FieldWords {
  readonly name: string;
  /** One sentence for a learner. */
  readonly explanation: string;
  /** Whether the field is, or can be turned into, a part of the private key. */
  readonly secret?: boolean;
  /** Where the codec's type alone would show it badly. */
  readonly shown?: Shown;
}

export const lengthWords: FieldWords = {
  name: 'length',
  explanation: 'How many bytes follow, as a number of four bytes with the highest first.',
};

const keyType: FieldWords = {
  name: 'key type',
  explanation: 'Which kind of key this is, once more inside the key itself, so that nobody can relabel it.',
};
const application: FieldWords = {
  name: 'application',
  explanation: 'For what the security key was asked to make this key; ssh: unless another was chosen.',
  shown: 'text',
};
const skFlags: FieldWords = {
  name: 'flags',
  explanation: 'What the security key asks of its owner before it signs: 1 a touch, 4 a PIN.',
};
const keyHandle: FieldWords = {
  name: 'key handle',
  explanation:
    'What the security key needs to find the real private key, which never leaves it; useless without the device.',
  secret: true,
};
const reserved: FieldWords = { name: 'reserved', explanation: 'Empty today, kept for later versions.' };
const ecdsaPoint: FieldWords = {
  name: 'public point',
  explanation: 'A point on the curve: the byte 04, then x, then y; it is the base point times the secret number.',
};
const curve: FieldWords = {
  name: 'curve',
  explanation: 'The name of the elliptic curve, which the key type already says.',
};

/** The fields of public and private keys, in openssh-key-v1 and in public key blobs. */
const keyFields: Readonly<Record<string, FieldWords>> = {
  'ssh-ed25519.type': keyType,
  'ssh-ed25519.publicKey': {
    name: 'public key',
    explanation: 'A point of the curve edwards25519 in 32 bytes: y, and one bit for the side of x (RFC 8709).',
  },
  'ssh-ed25519.seedAndPublicKey': {
    name: 'seed and public key',
    explanation: 'The 32 random bytes that are the whole secret, and after them the public key once more.',
    secret: true,
  },
  'ssh-rsa.type': keyType,
  'ssh-rsa.e': {
    name: 'public exponent e',
    explanation: 'Verifying raises the signature to this power; nearly always 65537.',
  },
  'ssh-rsa.n': {
    name: 'modulus n',
    explanation: 'The product of two secret primes; its length is what is called the bits of the key.',
  },
  'ssh-rsa.d': {
    name: 'private exponent d',
    explanation: 'Signing raises the message to this power; whoever knows it can sign as you.',
    secret: true,
  },
  'ssh-rsa.iqmp': {
    name: 'q inverse modulo p',
    explanation: 'Not needed, but it lets signing work with the two primes one by one, four times as fast.',
    secret: true,
  },
  'ssh-rsa.p': {
    name: 'prime p',
    explanation: 'The first secret prime; n divided by it gives the other.',
    secret: true,
  },
  'ssh-rsa.q': { name: 'prime q', explanation: 'The second secret prime.', secret: true },
  'ssh-dss.type': keyType,
  'ssh-dss.p': { name: 'prime p', explanation: 'The modulus in which DSA computes; public, and 1024 bits in SSH.' },
  'ssh-dss.q': {
    name: 'group order q',
    explanation: 'A prime of 160 bits that divides p - 1; the secret number is below it.',
  },
  'ssh-dss.g': { name: 'generator g', explanation: 'The number whose powers modulo p are used; public.' },
  'ssh-dss.y': { name: 'public value y', explanation: 'g to the power of the secret number x, modulo p.' },
  'ssh-dss.x': { name: 'secret number x', explanation: 'The whole secret of a DSA key.', secret: true },
  'sk-ssh-ed25519@openssh.com.type': keyType,
  'sk-ssh-ed25519@openssh.com.publicKey': {
    name: 'public key',
    explanation: 'A point of the curve edwards25519; the secret that belongs to it stands inside a security key.',
  },
  'sk-ssh-ed25519@openssh.com.application': application,
  'sk-ssh-ed25519@openssh.com.flags': skFlags,
  'sk-ssh-ed25519@openssh.com.keyHandle': keyHandle,
  'sk-ssh-ed25519@openssh.com.reserved': reserved,
  'sk-ecdsa-sha2-nistp256@openssh.com.type': keyType,
  'sk-ecdsa-sha2-nistp256@openssh.com.curve': curve,
  'sk-ecdsa-sha2-nistp256@openssh.com.point': ecdsaPoint,
  'sk-ecdsa-sha2-nistp256@openssh.com.application': application,
  'sk-ecdsa-sha2-nistp256@openssh.com.flags': skFlags,
  'sk-ecdsa-sha2-nistp256@openssh.com.keyHandle': keyHandle,
  'sk-ecdsa-sha2-nistp256@openssh.com.reserved': reserved,
  ...ecdsaFields('ecdsa-sha2-nistp256'),
  ...ecdsaFields('ecdsa-sha2-nistp384'),
  ...ecdsaFields('ecdsa-sha2-nistp521'),
  'ssh-mldsa44-ed25519@openssh.com.type': keyType,
  'ssh-mldsa44-ed25519@openssh.com.publicKey': {
    name: 'two public keys',
    explanation: 'ML-DSA-44 for the day of quantum computers in 1312 bytes, and Ed25519 in 32: a signature needs both.',
  },
  'ssh-mldsa44-ed25519@openssh.com.seeds': {
    name: 'two seeds',
    explanation: 'The random bytes of which both secret keys are made.',
    secret: true,
  },
  'unknown key.type': keyType,
  'unknown key.rest': { name: 'the rest', explanation: 'What belongs to a key type that is not known here.' },
};

/** The lines and words of the text around the bytes. */
const textFields: Readonly<Record<string, FieldWords>> = {
  'armour.begin': { name: 'BEGIN line', explanation: 'Says what the base64 below it is.' },
  'armour.base64': {
    name: 'base64',
    explanation: 'The bytes as text, six bits a character, so that they survive mail and copying.',
  },
  'armour.end': { name: 'END line', explanation: 'Closes the armour; without it the file was cut off.' },
  'line.options': {
    name: 'options',
    explanation: 'What whoever logs in with this key may do: read by sshd, not part of the key.',
  },
  'option.restrict': {
    name: 'option restrict',
    explanation: 'Takes away every permission that there is or will be; others can be given back behind it.',
  },
  'option.cert-authority': {
    name: 'option cert-authority',
    explanation: 'The key is an authority: certificates that it signed are let in, the key itself is not.',
  },
  'option.command': {
    name: 'option command',
    explanation: 'Whatever is asked for, this command runs, and what was asked for stands in SSH_ORIGINAL_COMMAND.',
  },
  'option.from': {
    name: 'option from',
    explanation: 'Patterns of names and addresses from which this key may be used.',
  },
  'option.environment': { name: 'option environment', explanation: 'Sets a variable, where sshd_config permits it.' },
  'option.expiry-time': { name: 'option expiry-time', explanation: 'From then on the key is refused.' },
  'option.permitopen': {
    name: 'option permitopen',
    explanation: 'The only hosts and ports to which the client may forward.',
  },
  'option.permitlisten': {
    name: 'option permitlisten',
    explanation: 'The only ports on which the client may have the server listen.',
  },
  'option.principals': {
    name: 'option principals',
    explanation: 'For an authority: the names of which a certificate must have one.',
  },
  'option.tunnel': { name: 'option tunnel', explanation: 'The number of the tun device to use.' },
  'option.port-forwarding': {
    name: 'option port-forwarding',
    explanation: 'The client may forward ports, after restrict too.',
  },
  'option.no-port-forwarding': { name: 'option no-port-forwarding', explanation: 'The client may not forward ports.' },
  'option.agent-forwarding': {
    name: 'option agent-forwarding',
    explanation: 'The client may forward its agent, after restrict too.',
  },
  'option.no-agent-forwarding': {
    name: 'option no-agent-forwarding',
    explanation: 'The client may not forward its agent.',
  },
  'option.x11-forwarding': {
    name: 'option x11-forwarding',
    explanation: 'The client may forward X11, after restrict too.',
  },
  'option.no-x11-forwarding': { name: 'option no-x11-forwarding', explanation: 'The client may not forward X11.' },
  'option.pty': { name: 'option pty', explanation: 'The client may have a terminal, after restrict too.' },
  'option.no-pty': { name: 'option no-pty', explanation: 'The client may not have a terminal.' },
  'option.user-rc': { name: 'option user-rc', explanation: 'The client may have ~/.ssh/rc run, after restrict too.' },
  'option.no-user-rc': { name: 'option no-user-rc', explanation: 'The client may not have ~/.ssh/rc run.' },
  'option.no-touch-required': {
    name: 'option no-touch-required',
    explanation: 'A security key may sign without being touched.',
  },
  'option.touch-required': {
    name: 'option touch-required',
    explanation: 'A security key must be touched for every login.',
  },
  'option.verify-required': {
    name: 'option verify-required',
    explanation: 'A security key must have asked for its PIN.',
  },
  'option.no-verify-required': { name: 'option no-verify-required', explanation: 'No PIN is asked for.' },
  'line.hosts': {
    name: 'hosts',
    explanation:
      'The names, addresses and patterns of the machines that have this key; a port that is not 22 stands behind brackets.',
  },
  'line.hashedHost': {
    name: 'hashed host',
    explanation:
      'A salt, and the name of the machine as HMAC-SHA1 with it: who steals the file does not learn where you go.',
  },
  'marker.revoked': {
    name: 'marker revoked',
    explanation: 'The key must never be accepted again for these hosts, whatever other lines say.',
  },
  'marker.cert-authority': {
    name: 'marker cert-authority',
    explanation: 'The key is an authority: certificates that it signed are believed for these hosts.',
  },
  'line.type': {
    name: 'key type',
    explanation: 'The kind of key in clear, for people; the key itself says it once more.',
  },
  'line.base64': {
    name: 'key in base64',
    explanation: 'The public key itself: these bytes are what is compared and what the fingerprint is made of.',
  },
  'line.comment': { name: 'comment', explanation: 'For people only, mostly user@host: nothing checks it.' },
};

function ecdsaFields(type: string): Readonly<Record<string, FieldWords>> {
  return {
    [`${type}.type`]: keyType,
    [`${type}.curve`]: curve,
    [`${type}.point`]: ecdsaPoint,
    [`${type}.scalar`]: {
      name: 'secret number',
      explanation: 'The whole secret: the base point taken so many times gives the public point.',
      secret: true,
    },
  };
}

/** Certificates (PROTOCOL.certkeys): the key's own fields are explained above. */
const certificateFields: Readonly<Record<string, FieldWords>> = {
  'certificate.type': {
    name: 'certificate type',
    explanation: 'Which kind of key is certified, and that it is a certificate.',
  },
  'certificate.nonce': {
    name: 'nonce',
    explanation: 'Random bytes of the authority, so that nobody can prepare two certificates with one signature.',
  },
  'certificate.key': {
    name: 'certified key',
    explanation: 'The public key that the authority vouches for, without its type.',
  },
  'certificate.serial': {
    name: 'serial number',
    explanation: 'A number that the authority chooses, by which a certificate can be revoked.',
  },
  'certificate.usage': { name: 'usage', explanation: '1 for a user who logs in, 2 for a host that proves its name.' },
  'certificate.keyId': { name: 'key ID', explanation: 'A name that the server writes to its log.', shown: 'text' },
  'certificate.principals': {
    name: 'principals',
    explanation: 'The user names, or host names, for which it counts; none means any.',
  },
  'utf8....[]': { name: 'principal', explanation: 'A user name or a host name.', shown: 'text' },
  'certificate.validAfter': {
    name: 'valid from',
    explanation: 'Seconds since 1970; before that it does not count.',
    shown: 'time',
  },
  'certificate.validBefore': {
    name: 'valid until',
    explanation: 'Seconds since 1970; from then on it does not count.',
    shown: 'time',
  },
  'certificate.criticalOptions': {
    name: 'critical options',
    explanation: 'Restrictions: a server that does not know one of them must refuse the certificate.',
  },
  'certificate.extensions': {
    name: 'extensions',
    explanation:
      'Permissions: a server may ignore those that it does not know; without them nothing is allowed but a command.',
  },
  'option....[]': { name: 'option', explanation: 'A name and its value.' },
  'option.name': { name: 'name', explanation: 'What is restricted or permitted.', shown: 'text' },
  'option value.text': { name: 'text', explanation: 'The value itself.', shown: 'text' },
  'option.data': {
    name: 'value',
    explanation: 'Empty for a permission; a string in a string for a command or addresses.',
    shown: 'text',
  },
  'signature.algorithm': {
    name: 'signature algorithm',
    explanation: 'How it was signed; an RSA key has several ways.',
  },
  'signature.signature': { name: 'signature', explanation: 'What only the holder of the private key could compute.' },
  'signature.extra': {
    name: 'of the security key',
    explanation:
      'Flags and a counter that the security key signed too: whether it was touched, and how often it has signed.',
  },
  'certificate.reserved': { name: 'reserved', explanation: 'Empty today, kept for later versions.' },
  'certificate.authority': {
    name: 'authority',
    explanation: 'The public key of whoever signed; trust it, and you trust the certificate.',
  },
  'certificate.signature': {
    name: 'signature',
    explanation: 'The authority signed every byte before this; any change breaks it.',
  },
};

/** openssh-key-v1, the file of ssh-keygen since 6.5 (PROTOCOL.key). */
const opensshFields: Readonly<Record<string, FieldWords>> = {
  'openssh-key-v1.magic': {
    name: 'magic',
    explanation: 'The name of the format and a zero byte, by which a program knows what it reads.',
    shown: 'text',
  },
  'openssh-key-v1.cipher': {
    name: 'cipher',
    explanation: 'How the private part is encrypted; none means that whoever has the file has the key.',
  },
  'openssh-key-v1.kdf': {
    name: 'key derivation',
    explanation: 'How the passphrase becomes the key of the cipher: bcrypt, slow on purpose, or none.',
  },
  'openssh-key-v1.kdfOptions': {
    name: 'options of the derivation',
    explanation: 'Salt and rounds for bcrypt; empty without a passphrase.',
  },
  'kdfOptions.salt': {
    name: 'salt',
    explanation: 'Random bytes, new for each file, so that nobody can try passphrases on many files at once.',
  },
  'kdfOptions.rounds': {
    name: 'rounds',
    explanation: 'How often bcrypt is repeated: each more makes every guess of the passphrase slower (ssh-keygen -a).',
  },
  'openssh-key-v1.keyCount': { name: 'number of keys', explanation: 'Always 1: OpenSSH keeps one key in a file.' },
  'openssh-key-v1.publicKey': {
    name: 'public key',
    explanation: 'The public half in the clear, so that ssh can offer the key before it asks for the passphrase.',
  },
  'openssh-key-v1.privateSection': {
    name: 'private part',
    explanation: 'Everything secret, in whole blocks of the cipher.',
    secret: true,
  },
  'openssh-key-v1.tag': {
    name: 'authentication tag',
    explanation: 'Proves that nobody changed the encrypted part; only ciphers that authenticate have one.',
  },
  'privateSection.first': {
    name: 'check number',
    explanation:
      'A random number that stands here twice: if both are equal after decrypting, the passphrase was right.',
  },
  'privateSection.second': { name: 'check number again', explanation: 'Must equal the one before it.' },
  'privateSection.key': {
    name: 'private key',
    explanation: 'The public half once more and the secret that belongs to it.',
    secret: true,
  },
  'privateSection.rest': { name: 'private key', explanation: 'A key of a type that is not known here.', secret: true },
  'privateSection.comment': {
    name: 'comment',
    explanation: 'A name for people, mostly user@host; encrypted with the key, and checked by nobody.',
    shown: 'text',
  },
  'privateSection.padding': {
    name: 'padding',
    explanation: 'The bytes 1, 2, 3 and so on until a block of the cipher is full.',
  },
};

/** PuTTY's files (PuTTY User Manual, appendix C). */
const ppkFields: Readonly<Record<string, FieldWords>> = {
  'ppk.version': {
    name: 'version and key type',
    explanation: "PuTTY's own format; 3 came with PuTTY 0.75, and brought argon2.",
  },
  'ppk.encryption': { name: 'encryption', explanation: 'aes256-cbc, or none: then whoever has the file has the key.' },
  'ppk.comment': { name: 'comment', explanation: 'A name for people; in the clear, but protected by the MAC.' },
  'ppk.public-lines': { name: 'lines of the public key', explanation: 'How many lines of base64 follow.' },
  'ppk.publicBlob': { name: 'public key in base64', explanation: 'The same bytes as in an OpenSSH .pub line.' },
  'ppk.key-derivation': {
    name: 'key derivation',
    explanation: 'The kind of argon2 that makes a key of the passphrase.',
  },
  'ppk.argon2-memory': {
    name: 'memory',
    explanation: 'How many KiB argon2 fills: what makes guessing dear on graphics cards.',
  },
  'ppk.argon2-passes': {
    name: 'passes',
    explanation: 'How often argon2 goes over its memory; PuTTY takes as many as fit in a tenth of a second.',
  },
  'ppk.argon2-parallelism': { name: 'lanes', explanation: 'Into how many parts the work can be split.' },
  'ppk.argon2-salt': {
    name: 'salt',
    explanation: 'Random bytes, new for each file, so that nobody can try passphrases on many files at once.',
  },
  'ppk.private-lines': { name: 'lines of the private part', explanation: 'How many lines of base64 follow.' },
  'ppk.privateBlob': {
    name: 'private part in base64',
    explanation: 'The numbers that only you have, encrypted if there is a passphrase.',
    secret: true,
  },
  'ppk.privateKey': {
    name: 'private numbers',
    explanation: 'What belongs to the public key above and is kept secret.',
    secret: true,
  },
  'ppk.sealed': {
    name: 'encrypted private part',
    explanation: 'Whole blocks of AES; the passphrase makes the private numbers of them.',
    secret: true,
  },
  'ppk.private-mac': {
    name: 'MAC',
    explanation: 'Proves that nothing above was changed, the comment and the public key included.',
  },
  'privateBlob.key': { name: 'private key', explanation: 'The numbers that only you have.', secret: true },
  'privateBlob.padding': {
    name: 'padding',
    explanation: 'Fills the last block of the cipher, with bytes of a hash of what stands before.',
  },
  'ssh-ed25519.seed': { name: 'seed', explanation: 'The 32 random bytes that are the whole secret.', secret: true },
  'armour header.comment': { name: 'comment', explanation: 'A name for people; nothing checks it.' },
  'armour header.subject': {
    name: 'subject',
    explanation: 'The user that the key belongs to, as whoever wrote the file says.',
  },
  'armour header.proc-type': {
    name: 'Proc-Type',
    explanation: 'Says that the base64 is encrypted, in the words of mail of 1993.',
  },
  'armour header.dek-info': {
    name: 'DEK-Info',
    explanation: 'The cipher and its starting value in hexadecimal; half of that is the salt too.',
  },
};

/** ASN.1 structures, in the words of their RFCs. */
const derFields: Readonly<Record<string, FieldWords>> = {
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

const groups: Readonly<Record<string, FieldWords>> = {
  sshsig: { name: 'SSHSIG', explanation: 'A signature of a file by an SSH key (PROTOCOL.sshsig).' },
  'sshsig.magic': { name: 'magic', explanation: 'The letters SSHSIG.', shown: 'text' },
  'sshsig.version': { name: 'version', explanation: 'Always 1.' },
  'sshsig.publicKey': {
    name: 'public key',
    explanation: 'Who claims to have signed; whether to trust that key is for the reader to know.',
  },
  'sshsig.namespace': {
    name: 'namespace',
    explanation: 'For what it was signed, so that a signature of a file is none of a commit.',
    shown: 'text',
  },
  'sshsig.reserved': { name: 'reserved', explanation: 'Empty today, kept for later versions.' },
  'sshsig.hashAlgorithm': {
    name: 'hash',
    explanation: 'The file was hashed with this, and the hash was signed.',
    shown: 'text',
  },
  'sshsig.signature': { name: 'signature', explanation: 'What only the holder of the private key could compute.' },
  krl: { name: 'SSHKRL', explanation: 'A list of keys and certificates that count no more (PROTOCOL.krl).' },
  'krl.magic': { name: 'magic', explanation: 'The letters SSHKRL, a line feed and a zero.' },
  'krl.formatVersion': { name: 'format version', explanation: 'Always 1.' },
  'krl.version': { name: 'version', explanation: 'A number of the writer, higher for each newer list: ssh-keygen -z.' },
  'krl.generated': {
    name: 'generated',
    explanation: 'When the list was made, in seconds since the beginning of 1970.',
  },
  'krl.flags': { name: 'flags', explanation: 'No flag has a meaning yet.' },
  'krl.reserved': { name: 'reserved', explanation: 'Empty today, kept for later versions.' },
  'krl.comment': { name: 'comment', explanation: 'For people only.', shown: 'text' },
  'krl.sections': { name: 'sections', explanation: 'One after another, each with its kind in front.' },
  'section....[]': { name: 'section', explanation: 'Things of one kind that are revoked.' },
  'section.type': {
    name: 'kind',
    explanation:
      'In the file: 1 certificates, 2 keys, 3 and 5 digests of keys. Within certificates: 32 serials, 33 from one to another, 34 bits, 35 key IDs.',
  },
  'section.revoked': { name: 'certificates', explanation: 'Certificates of one authority.' },
  'section.keys': { name: 'keys', explanation: 'Keys that are revoked themselves, whoever certified them.' },
  'section.digests': {
    name: 'digests',
    explanation: 'A key is revoked if its blob has this digest, so the list need not show the key.',
  },
  'section.key': { name: 'key of a signature', explanation: 'Who signed the list; OpenSSH reads over it.' },
  'section.signature': { name: 'signature', explanation: 'Of the list so far; OpenSSH reads over it.' },
  'section.extension': { name: 'extension', explanation: 'Something that a later version added.' },
  'extension.name': { name: 'name', explanation: 'What the extension is called.', shown: 'text' },
  'extension.critical': { name: 'critical', explanation: 'Whether who does not know it must refuse the list.' },
  'extension.contents': { name: 'contents', explanation: 'The extension alone knows what they mean.' },
  'revoked.authority': {
    name: 'authority',
    explanation: 'Only certificates of this authority are meant; if it is empty, those of any.',
  },
  'revoked.reserved': { name: 'reserved', explanation: 'Empty today, kept for later versions.' },
  'revoked.sections': { name: 'sections', explanation: 'By what the certificates are named.' },
  'section.serials': { name: 'serials', explanation: 'The certificates with these serials.' },
  'section.range': { name: 'range', explanation: 'The certificates with all serials from one to another.' },
  'range.first': { name: 'first', explanation: 'The lowest serial that is revoked.' },
  'range.last': { name: 'last', explanation: 'The highest serial that is revoked.' },
  'section.bitmap': { name: 'bits', explanation: 'Many serials close together: each bit that is set is one.' },
  'bitmap.offset': { name: 'offset', explanation: 'The serial that the lowest bit stands for.' },
  'bitmap.bits': {
    name: 'bits',
    explanation: 'The lowest bit stands for the offset, the next for one more, and so on.',
  },
  'section.keyIds': { name: 'key IDs', explanation: 'The certificates with these names.' },
  'uint64....[]': { name: 'serial', explanation: 'The number that the authority gave the certificate.' },
  'utf8....[]': { name: 'key ID', explanation: 'The name that the authority gave the certificate.', shown: 'text' },
  'string....[]': { name: 'key', explanation: 'A public key as it stands in key files, in bytes.' },
  'string[20]....[]': { name: 'digest', explanation: "SHA-1 of a key's blob, which OpenSSH still reads." },
  'string[32]....[]': { name: 'digest', explanation: "SHA-256 of a key's blob: what a fingerprint shows in base64." },
  'blob.publicKey': {
    name: 'public key',
    explanation:
      'The bytes that fingerprints are made of: strings and numbers, each with its length in front (RFC 4253).',
  },
  'blob.certificate': {
    name: 'certificate',
    explanation: 'A public key, what an authority says about it, and the signature of that authority.',
  },
  'openssh-key-v1': {
    name: 'openssh-key-v1',
    explanation: 'The format of ssh-keygen since OpenSSH 6.5 (PROTOCOL.key).',
  },
  privateSection: {
    name: 'private part, decrypted',
    explanation: 'What stands behind the encryption: check numbers, the key, its comment, padding.',
    secret: true,
  },
};

const words: ReadonlyMap<string, FieldWords> = new Map(
  Object.entries({
    ...groups,
    ...keyFields,
    ...certificateFields,
    ...opensshFields,
    ...ppkFields,
    ...derFields,
    ...textFields,
  }),
);

/** What a field is called and for; a group's own words have no group in front. */
export function wordsOf(group: string, field: string): FieldWords {
  const key = group === '' ? field : `${group}.${field}`;
  return words.get(key) ?? { name: field, explanation: `A part of ${group === '' ? 'the file' : group}.` };
}

/** Whether the table has a row of its own. */
export function hasWords(group: string, field: string): boolean {
  return words.has(group === '' ? field : `${group}.${field}`);
}
