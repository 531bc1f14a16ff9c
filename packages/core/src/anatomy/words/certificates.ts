/** The words of certificates' fields (PROTOCOL.certkeys); a key's own are in keys.ts. */
import type { FieldWords } from './field-words.ts';

export const certificateFields: Readonly<Record<string, FieldWords>> = {
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
