/** The words of the fields of public and private keys, in openssh-key-v1 and in public key blobs. */
import type { FieldWords } from './field-words.ts';

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

export const keyFields: Readonly<Record<string, FieldWords>> = {
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
