/**
 * The one list of what a replay may change: times, pids, ephemeral ports, key material and what follows from it. Both sides
 * of a comparison go through it.
 */

interface Normalisation {
  readonly what: string;
  readonly pattern: RegExp;
  readonly replacement: string;
}

const normalisations: readonly Normalisation[] = [
  {
    what: 'body of a private key',
    pattern: /(-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\r?\n)[A-Za-z0-9+/=\r\n]+(-----END )/g,
    replacement: '$1BODY\n$2',
  },
  {
    what: 'salt of an encrypted PEM file, and its first line',
    pattern: /(DEK-Info: AES-128-CBC,)[0-9A-F]{32}(?:(?:\r?\n){2}[A-Za-z0-9+/=]+)?/g,
    replacement: '$1SALT BODY',
  },
  { what: 'digest of an SSHFP record', pattern: /\b(SSHFP \d \d) [0-9a-f]{40,64}\b/g, replacement: '$1 DIGEST' },
  { what: 'bubble babble', pattern: /\bx(?:[a-z]{4}-[a-z]){4,}[a-z]{3}x\b/g, replacement: 'BUBBLE-BABBLE' },
  { what: 'SHA256 fingerprint', pattern: /SHA256:[A-Za-z0-9+/]{43}/g, replacement: 'SHA256:FINGERPRINT' },
  { what: 'SHA1 fingerprint', pattern: /SHA1:[A-Za-z0-9+/]{27}/g, replacement: 'SHA1:FINGERPRINT' },
  { what: 'SHA512 fingerprint', pattern: /SHA512:[A-Za-z0-9+/]{86}/g, replacement: 'SHA512:FINGERPRINT' },
  { what: 'MD5 fingerprint', pattern: /MD5(:[0-9a-f]{2}){16}/g, replacement: 'MD5:FINGERPRINT' },
  { what: 'public key', pattern: /AAAA[A-Za-z0-9+/]{20,}={0,2}/g, replacement: 'KEY' },
  {
    what: 'line of a public key in PEM or RFC 4716',
    pattern: /^[A-Za-z0-9+/]{16,70}={0,2}\r?$/gm,
    replacement: 'BASE64',
  },
  { what: 'hashed host name', pattern: /\|1\|[A-Za-z0-9+/]{27}=\|[A-Za-z0-9+/]{27}=/g, replacement: '|1|SALT|HASH' },
  {
    what: 'randomart, drawn from a fingerprint',
    pattern: /^\|[ .o+=*BOX@%&#/^SE]{17}\|/gm,
    replacement: '|RANDOMART|',
  },
  { what: 'ephemeral port of a client', pattern: /(192\.0\.2\.10(?: port)?) \d{4,5}\b/g, replacement: '$1 PORT' },
  {
    what: 'directory in a long listing: links, size, time',
    pattern: /^(d[rwxst-]{9}) +\d+ (\w+) +(\w+) +\d+ \w{3} +\d+ \d\d:\d\d /gm,
    replacement: '$1 LINKS $2 $3 SIZE TIME ',
  },
  {
    what: 'file in a long listing: column width, time',
    pattern: /^(-[rwxst-]{9}) +(\d+) (\w+) +(\w+) +(\d+) \w{3} +\d+ \d\d:\d\d /gm,
    replacement: '$1 $2 $3 $4 $5 TIME ',
  },
  {
    what: "size of an RSA key's file, which follows from its primes and the padding",
    pattern: /\b2[56]\d\d( TIME id_rsa)\b/g,
    replacement: 'SIZE$1',
  },
  { what: 'blocks of a directory', pattern: /^total \d+\r?$/gm, replacement: 'total BLOCKS' },
  { what: 'pid', pattern: /\b(pid) \d+/g, replacement: '$1 PID' },
  {
    what: 'bytes of a connection, which follow from padding and key lengths',
    pattern: /sent \d+, received \d+ bytes/g,
    replacement: 'sent N, received N bytes',
  },
];

export const normalise = (text: string): string =>
  normalisations.reduce((result, { pattern, replacement }) => result.replaceAll(pattern, replacement), text);
