/**
 * PKCS#1 RSAPrivateKey in PEM (RFC 8017 appendix A.1.2), which OpenSSH wrote for RSA until 7.7, plain and with the legacy
 * encryption of OpenSSL: AES-128-CBC, the key by MD5 of passphrase and IV. It has no check of the passphrase but the format.
 */
import { cbc } from '@noble/ciphers/aes.js';
import { md5 } from '../../crypto/md5.ts';
import { concatBytes, copyBytes, hexDecode, hexEncode } from '../../wire/bytes.ts';
import { DecodeError } from '../../wire/decode-error.ts';
import { checkRsaPrivateKey, type RsaPrivateKey } from '../key-types/rsa.ts';
import { decodeIntegerSequence, encodeIntegerSequence } from './der.ts';
import { decodePem, encodePem, pemLabelOf, type Pem } from './pem.ts';
import type {
  OpenedPrivateKey,
  OpenOptions,
  PrivateKeyFormatRow,
  PrivateKeyInspection,
  WriteOptions,
} from './private-key-file.ts';

export const pkcs1Label = 'RSA PRIVATE KEY';
const lineSize = 64;
const cipherName = 'AES-128-CBC';
const ivSizeBytes = 16;
/** The salt of the key is the IV's first half. */
const saltSizeBytes = 8;

/** What a PKCS#1 file shows without its passphrase. Throws DecodeError. */
export function inspectPkcs1Key(file: Uint8Array): PrivateKeyInspection {
  const pem = readPem(file);
  const encryption = readEncryption(pem);
  if (encryption === undefined) {
    const { e, n } = decodeRsaPrivateKey(pem.body);
    const publicKey = { type: 'ssh-rsa', e, n } as const;
    return {
      format: 'pkcs1',
      encrypted: false,
      cipher: 'none',
      kdf: { name: 'none' },
      keyType: 'ssh-rsa',
      publicKey,
      comment: '',
    };
  }
  return {
    format: 'pkcs1',
    encrypted: true,
    cipher: encryption.cipher,
    kdf: { name: 'md5' },
    keyType: 'ssh-rsa',
    publicKey: undefined,
    comment: '',
  };
}

/** The key of a PKCS#1 file; its comment is empty, since the format has none. Throws DecodeError for what is malformed. */
export function openPkcs1Key(file: Uint8Array, { passphrase = new Uint8Array() }: OpenOptions = {}): OpenedPrivateKey {
  const pem = readPem(file);
  const encryption = readEncryption(pem);
  if (encryption === undefined) return { outcome: 'key', key: decodeRsaPrivateKey(pem.body), comment: '' };
  if (encryption.cipher !== cipherName) return { outcome: 'unsupported', what: 'cipher', name: encryption.cipher };
  if (pem.body.length === 0 || pem.body.length % ivSizeBytes !== 0) throw refuse('expected whole cipher blocks');
  if (passphrase.length === 0) return { outcome: 'passphrase-needed' };
  return openEncrypted(pem.body, legacySecret(passphrase, encryption.iv));
}

interface LegacySecret {
  readonly key: Uint8Array;
  readonly iv: Uint8Array;
}

/** What a wrong passphrase gives is garbage: bad padding or bad DER. Neither can be told from damage. */
function openEncrypted(body: Uint8Array, { key, iv }: LegacySecret): OpenedPrivateKey {
  try {
    return { outcome: 'key', key: decodeRsaPrivateKey(cbc(key, iv).decrypt(body)), comment: '' };
  } catch {
    return { outcome: 'wrong-passphrase' };
  }
}

function readPem(file: Uint8Array): Pem {
  const pem = decodePem(file);
  if (pem.label !== pkcs1Label) throw refuse(`expected ${pkcs1Label}, found ${pem.label}`);
  return pem;
}

function readEncryption({ headers }: Pem): { cipher: string; iv: Uint8Array } | undefined {
  if (headers.size === 0) return undefined;
  const [cipher = '', hex = ''] = (headers.get('DEK-Info') ?? '').split(',');
  const iv = hexDecode(hex);
  if (headers.get('Proc-Type') !== '4,ENCRYPTED' || headers.size !== 2) throw refuse('expected Proc-Type and DEK-Info');
  if (iv === undefined || (cipher === cipherName && iv.length !== ivSizeBytes))
    throw refuse('expected an IV in DEK-Info');
  return { cipher, iv };
}

/** OpenSSL's EVP_BytesToKey with MD5 and one iteration; one digest is all the key. */
function legacySecret(passphrase: Uint8Array, iv: Uint8Array): LegacySecret {
  return { key: md5.digest(concatBytes(passphrase, iv.subarray(0, saltSizeBytes))), iv };
}

function decodeRsaPrivateKey(der: Uint8Array): RsaPrivateKey {
  const numbers = decodeIntegerSequence(der, 'RSAPrivateKey');
  const [version, n = 0n, e = 0n, d = 0n, p = 0n, q = 0n, dmp1, dmq1, iqmp = 0n] = numbers;
  if (numbers.length !== 9 || version !== 0n) throw refuse('expected version 0 and eight numbers');
  const key: RsaPrivateKey = { type: 'ssh-rsa', e, n, d, iqmp, p, q };
  const reason = checkRsaPrivateKey(key);
  if (reason !== undefined) throw refuse(reason);
  if (dmp1 !== d % (p - 1n) || dmq1 !== d % (q - 1n)) throw refuse('an exponent does not fit d');
  return key;
}

function refuse(reason: string): DecodeError {
  return new DecodeError(reason, { path: 'RSAPrivateKey', offset: 0 });
}

/** The text of a PKCS#1 file, which ends in a line end. The comment is lost; cipher and rounds are the format's own. */
export function writePkcs1Key(key: RsaPrivateKey, { passphrase = new Uint8Array(), random }: WriteOptions): string {
  const { n, e, d, iqmp, p, q } = key;
  const der = encodeIntegerSequence([0n, n, e, d, p, q, d % (p - 1n), d % (q - 1n), iqmp]);
  if (passphrase.length === 0) return encodePem({ label: pkcs1Label, headers: new Map(), body: der }, lineSize);
  const iv = copyBytes(random(ivSizeBytes));
  const headers = new Map([
    ['Proc-Type', '4,ENCRYPTED'],
    ['DEK-Info', `${cipherName},${hexEncode(iv).toUpperCase()}`],
  ]);
  const body = cbc(legacySecret(passphrase, iv).key, iv).encrypt(der);
  return encodePem({ label: pkcs1Label, headers, body }, lineSize);
}

export const pkcs1Format: PrivateKeyFormatRow = {
  name: 'pkcs1',
  title: 'PKCS#1 PEM',
  ciphers: [cipherName],
  hasComment: false,
  recognizes: (file) => pemLabelOf(file) === pkcs1Label,
  holds: (keyType) => keyType === 'ssh-rsa',
  inspect: inspectPkcs1Key,
  // oxlint-disable-next-line require-yield -- the legacy key derivation takes no time
  *open(file, request) {
    return openPkcs1Key(file, request);
  },
  // oxlint-disable-next-line require-yield -- the legacy key derivation takes no time
  *write(key, request) {
    if (key.type !== 'ssh-rsa') throw new Error('assertion failed: not RSA');
    return writePkcs1Key(key, request);
  },
};
