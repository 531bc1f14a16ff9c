/**
 * The traditional PEM files of OpenSSL, one row a form: PKCS#1 for RSA, which OpenSSH wrote until 7.7, SEC1 for ECDSA, and DSA's. Plain,
 * or with RFC 1421 headers and a key by MD5 of passphrase and IV (OpenSSL's EVP_BytesToKey). They have no comment.
 */
import { assert } from '../../assertion.ts';
import { md5 } from '../../crypto/md5.ts';
import type { LongWork } from '../../long-work.ts';
import { concatBytes, copyBytes, hexDecode, hexEncode, wipeBytes } from '../../wire/bytes.ts';
import { DecodeError } from '../../wire/decode-error.ts';
import type { PrivateKey } from '../key-types/index.ts';
import type { DecodedKey, TraditionalForm } from './asn1/key-family.ts';
import { traditionalForms } from './asn1/index.ts';
import type { BlockCipher, BlockCiphers } from './block-ciphers.ts';
import { decodeWithin } from './decode-within.ts';
import { checkBlocks, decryptDer, encryptDer } from './encrypted-der.ts';
import { decodePem, encodePem, hasPemBlock, type Pem } from './pem.ts';
import { plainTraditionalPem, traditionalLineSize } from './plain.ts';
import type {
  KeyTypes,
  OpenedPrivateKey,
  OpenRequest,
  PrivateKeyFormatRow,
  PrivateKeyInspection,
  WriteRequest,
} from './private-key-file.ts';

/** The salt of the key is the IV's first half. */
const saltSizeBytes = 8;

/** What DEK-Info says; `cipher` is undefined for one that is not known. */
interface LegacyEncryption {
  readonly name: string;
  readonly cipher: BlockCipher | undefined;
  readonly iv: Uint8Array;
}

/** A form, and the ciphers that its files may be under: none where only plain files are wanted. */
interface Tradition {
  readonly form: TraditionalForm;
  readonly ciphers: BlockCiphers;
}

function readFile(
  { form, ciphers }: Tradition,
  file: Uint8Array,
): { pem: Pem; encryption: LegacyEncryption | undefined } {
  const pem = decodePem(file, { label: form.label });
  return { pem, encryption: readEncryption(pem, ciphers) };
}

function refuse(reason: string): DecodeError {
  return new DecodeError(reason, { path: 'pem', offset: 0 });
}

function readEncryption({ headers }: Pem, ciphers: BlockCiphers): LegacyEncryption | undefined {
  if (headers.size === 0) return undefined;
  if (headers.get('Proc-Type') !== '4,ENCRYPTED' || headers.size !== 2) throw refuse('expected Proc-Type and DEK-Info');
  const [name = '', hex = ''] = (headers.get('DEK-Info') ?? '').split(',');
  const cipher = ciphers.find(name);
  const iv = hexDecode(hex.trim());
  if (iv === undefined || (cipher !== undefined && iv.length !== cipher.blockSizeBytes)) {
    throw refuse('expected an initialization vector in DEK-Info');
  }
  return { name, cipher, iv };
}

/** OpenSSL's EVP_BytesToKey with MD5 and one iteration. */
function deriveKey(passphrase: Uint8Array, iv: Uint8Array, sizeBytes: number): Uint8Array {
  let digest = new Uint8Array();
  let key = new Uint8Array();
  while (key.length < sizeBytes) {
    digest = copyBytes(md5.digest(concatBytes(digest, passphrase, iv.subarray(0, saltSizeBytes))));
    key = concatBytes(key, digest);
  }
  return key.subarray(0, sizeBytes);
}

/** The decoded key as an outcome, if the caller knows its type. */
export function openedKey(decoded: DecodedKey<PrivateKey>, keyTypes: KeyTypes): OpenedPrivateKey {
  if ('unknown' in decoded) return { outcome: 'unsupported', what: 'key type', name: decoded.unknown };
  const { key } = decoded;
  if (keyTypes.find(key.type) === undefined) return { outcome: 'unsupported', what: 'key type', name: key.type };
  return { outcome: 'key', key, comment: '' };
}

function inspect(tradition: Tradition, file: Uint8Array, keyTypes: KeyTypes): PrivateKeyInspection {
  const { form } = tradition;
  const { pem, encryption } = readFile(tradition, file);
  const [onlyType, otherType] = form.keyTypes;
  const shared = { format: form.format, comment: '' } as const;
  if (encryption !== undefined) {
    const keyType = otherType === undefined ? onlyType : undefined;
    const { name: cipher } = encryption;
    return { ...shared, encrypted: true, cipher, kdf: { name: 'md5' }, keyType, publicKey: undefined };
  }
  const opened = openedKey(form.decode(pem.body), keyTypes);
  const key = opened.outcome === 'key' ? opened.key : undefined;
  const publicKey = key === undefined ? undefined : keyTypes.find(key.type)?.publicHalf(key);
  return { ...shared, encrypted: false, cipher: 'none', kdf: { name: 'none' }, keyType: key?.type, publicKey };
}

function open(tradition: Tradition, file: Uint8Array, request: OpenRequest): OpenedPrivateKey {
  const opened = openDer(tradition, file, request);
  return opened.outcome === 'der' ? openedKey(tradition.form.decode(opened.der), request.keyTypes) : opened;
}

/** The DER in the clear, not looked at yet, or why there is none. */
export type OpenedDer =
  | { readonly outcome: 'der'; readonly der: Uint8Array }
  | Exclude<OpenedPrivateKey, { readonly outcome: 'key' }>;

/** As opening a key of `DEK-Info`, but gives the decrypted bytes: for showing what stands in them. Undefined for another form of PEM. */
export function openTraditionalDer(
  file: Uint8Array,
  request: Pick<OpenRequest, 'passphrase'> & { readonly ciphers: BlockCiphers },
): OpenedDer | undefined {
  const form = traditionalForms.find(({ label }) => hasPemBlock(file, label));
  return form === undefined ? undefined : openDer({ form, ciphers: request.ciphers }, file, request);
}

function openDer(tradition: Tradition, file: Uint8Array, request: Pick<OpenRequest, 'passphrase'>): OpenedDer {
  const { passphrase = new Uint8Array() } = request;
  const { pem, encryption } = readFile(tradition, file);
  if (encryption === undefined) return { outcome: 'der', der: pem.body };
  const { cipher, iv, name } = encryption;
  if (cipher === undefined) return { outcome: 'unsupported', what: 'cipher', name };
  decodeWithin(
    'encrypted',
    () => 0,
    () => checkBlocks(cipher, pem.body),
  );
  if (passphrase.length === 0) return { outcome: 'passphrase-needed' };
  const secret = { key: deriveKey(passphrase, iv, cipher.keySizeBytes), iv };
  const decrypted = decryptDer({ cipher, secret }, pem.body);
  wipeBytes(secret.key);
  return decrypted;
}

function write({ form, ciphers }: Tradition, key: PrivateKey, request: WriteRequest): string {
  const { passphrase = new Uint8Array(), random, cipher: cipherName = ciphers.names[0] ?? '' } = request;
  const { label } = form;
  const der = form.encode(key);
  if (passphrase.length === 0) return plainTraditionalPem(form, der);
  const cipher = ciphers.find(cipherName);
  assert(cipher?.isForWriting === true, `${cipherName} is no cipher of new PEM files`);
  const iv = copyBytes(random(cipher.blockSizeBytes));
  const secret = { key: deriveKey(passphrase, iv, cipher.keySizeBytes), iv };
  const body = encryptDer({ cipher, secret }, der);
  wipeBytes(secret.key, der);
  const headers = new Map([
    ['Proc-Type', '4,ENCRYPTED'],
    ['DEK-Info', `${cipher.name},${hexEncode(iv).toUpperCase()}`],
  ]);
  return encodePem({ label, headers, body }, traditionalLineSize);
}

function formatOf(tradition: Tradition): PrivateKeyFormatRow {
  const { form, ciphers } = tradition;
  return {
    name: form.format,
    title: form.title,
    ciphers: ciphers.names,
    sealingCiphers: ciphers.names,
    cost: undefined,
    hasComment: false,
    recognizes: (file) => hasPemBlock(file, form.label),
    holds: (keyType) => form.keyTypes.some((each) => each === keyType),
    inspect: (file, keyTypes) => inspect(tradition, file, keyTypes),
    // oxlint-disable-next-line require-yield -- a row's open is long work; one MD5 takes no time
    *open(file, request): LongWork<OpenedPrivateKey> {
      return open(tradition, file, request);
    },
    // oxlint-disable-next-line require-yield -- as above
    *write(key, request): LongWork<string> {
      return write(tradition, key, request);
    },
  };
}

/** One row each for PKCS#1, SEC1 and DSA, with the ciphers that their files may be under. */
export function traditionalFormatsWith(ciphers: BlockCiphers): readonly PrivateKeyFormatRow[] {
  return traditionalForms.map((form) => formatOf({ form, ciphers }));
}

/** The same for plain files: of encrypted ones they tell that they are, and no more. */
export const plainTraditionalFormats: readonly PrivateKeyFormatRow[] = traditionalFormatsWith({
  names: [],
  find: () => undefined,
});
