/** PEM files of OpenSSL: PKCS#1, SEC1, DSA, PKCS#8 and public keys, plain, encrypted as far as that shows, and opened. */
import { openPrivateKey } from '../../keys/formats/index.ts';
import { dsaPrivateKeyFormat } from '../../keys/formats/asn1/dsa.ts';
import { ecPrivateKeyFormat } from '../../keys/formats/asn1/ecdsa.ts';
import { rsaPrivateKeyFormat } from '../../keys/formats/asn1/rsa.ts';
import { octetString } from '../../keys/formats/der.ts';
import { decodePem, pemLabelOf } from '../../keys/formats/pem.ts';
import { publicPemLabel, rsaPublicPemLabel, subjectPublicKeyInfo } from '../../keys/formats/pem-public.ts';
import { encryptedPrivateKeyInfoFormat, privateKeyInfoFormat } from '../../keys/formats/pkcs8.ts';
import { rsaPublicKeyFormat } from '../../keys/formats/public-key-families.ts';
import { readPublicKeyFile } from '../../keys/formats/public-key-file.ts';
import { runAtOnce } from '../../long-work.ts';
import type { Codec } from '../../wire/codec.ts';
import { struct } from '../../wire/composites.ts';
import { rest } from '../../wire/primitives.ts';
import type { Anatomy, AnatomyBody, AnatomyField } from '../anatomy.ts';
import { describeDer } from '../der-fields.ts';
import { faultOf } from '../faults.ts';
import { describeStretch } from '../span-fields.ts';
import { lockWords } from '../lock-words.ts';
import { armourLayout, decodableBytes, spansOfLines } from '../text-fields.ts';
import { armourFields } from './armour.ts';

interface PemRow {
  readonly title: string;
  readonly codec: Codec<unknown>;
  readonly isPrivate: boolean;
  /** Whether what matters is encrypted inside the DER. */
  readonly hasSealedField: boolean;
}

const privateRow = (title: string, codec: Codec<unknown>): PemRow => {
  return { title, codec, isPrivate: true, hasSealedField: false };
};

const publicRow = (title: string, codec: Codec<unknown>): PemRow => {
  return { title, codec, isPrivate: false, hasSealedField: false };
};

const pkcs8Title = 'Private key in PKCS#8';

const rows: ReadonlyMap<string, PemRow> = new Map([
  ['RSA PRIVATE KEY', privateRow('RSA private key in PKCS#1', rsaPrivateKeyFormat)],
  ['EC PRIVATE KEY', privateRow('ECDSA private key in SEC1', ecPrivateKeyFormat)],
  ['DSA PRIVATE KEY', privateRow('DSA private key', dsaPrivateKeyFormat)],
  ['PRIVATE KEY', privateRow(pkcs8Title, privateKeyInfoFormat)],
  ['ENCRYPTED PRIVATE KEY', { ...privateRow(pkcs8Title, encryptedPrivateKeyInfoFormat), hasSealedField: true }],
  [publicPemLabel, publicRow('Public key in PEM', subjectPublicKeyInfo)],
  [rsaPublicPemLabel, publicRow('RSA public key in PKCS#1', rsaPublicKeyFormat)],
]);

/** Whether a file begins as one of these. */
export function isPem(file: Uint8Array): boolean {
  return rows.has(pemLabelOf(file) ?? '');
}

/** Of a file, and of its decrypted DER where somebody has opened it. */
export function describePem(file: Uint8Array, der?: Uint8Array): Anatomy {
  const found = rows.get(pemLabelOf(file) ?? '');
  if (found === undefined) throw new Error('assertion failed: isPem was not asked');
  const fault = faultOf(() => (found.isPrivate ? runAtOnce(openPrivateKey(file)) : readPublicKeyFile(file)));
  const { headers, base64 } = armourLayout(file);
  let body = decodableBytes(base64);
  faultOf(() => (body = new Uint8Array(decodePem(file).body)));
  const isSealed = headers.length > 0;
  const isEncrypted = isSealed || found.hasSealedField;
  const locked = isSealed ? sealed(body) : describeDer(stretchOf(found, body), contentsOf(body));
  const { key, decrypted } = withOpened(
    locked,
    isSealed ? found.codec : privateKeyInfoFormat,
    isEncrypted ? der : undefined,
  );
  return {
    kind: found.isPrivate ? 'pem-private-key' : 'pem-public-key',
    title: found.isPrivate ? `${found.title}${lockWords(isEncrypted, decrypted.length > 0)}` : found.title,
    bodies: [
      { title: 'the file', bytes: file, origin: { encoding: 'file' } },
      { title: 'the file, decoded', bytes: body, origin: { encoding: 'base64', lines: spansOfLines(base64) } },
      ...decrypted,
    ],
    fields: armourFields(file, { fields: body.length === 0 ? [] : [key], isEncrypted: isSealed }),
    fault,
    isPrivate: found.isPrivate,
    ...(found.isPrivate ? { isEncrypted } : {}),
  };
}

const sealedBody = struct('pem', { sealed: rest });

function sealed(bytes: Uint8Array): AnatomyField {
  const encrypted = new Set(['pem.sealed']);
  return describeStretch({ codec: sealedBody, bytes, body: 1, offset: 0, path: 'pem', encrypted });
}

/** The key with the fields of the decrypted DER in its sealed field, and the body they lie in. */
function withOpened(
  key: AnatomyField,
  codec: Codec<unknown>,
  der: Uint8Array | undefined,
): { readonly key: AnatomyField; readonly decrypted: readonly AnatomyBody[] } {
  const from = key.children.find(({ encrypted }) => encrypted);
  if (der === undefined || from === undefined) return { key, decrypted: [] };
  const { children } = describeDer({ codec, bytes: der, body: 2, offset: 0, path: codec.type }, contentsOf(der));
  return {
    key: { ...key, children: key.children.map((field) => (field === from ? { ...field, children } : field)) },
    decrypted: [
      { title: 'the private part, decrypted', bytes: der, origin: { encoding: 'decrypted', from: from.span } },
    ],
  };
}

function stretchOf({ codec }: PemRow, bytes: Uint8Array) {
  const encrypted = new Set(['EncryptedPrivateKeyInfo.encryptedData']);
  return { codec, bytes, body: 1, offset: 0, path: codec.type, encrypted };
}

const inner: ReadonlyMap<string, Codec<unknown>> = new Map<string, Codec<unknown>>([
  ['1.2.840.113549.1.1.1', rsaPrivateKeyFormat],
  ['1.2.840.10045.2.1', ecPrivateKeyFormat],
  ['1.3.101.112', struct('CurvePrivateKey', { seed: octetString })],
]);

/** What stands in the OCTET STRING of PKCS#8 and in the BIT STRING of an RSA public key, by the algorithm. */
function contentsOf(body: Uint8Array): ReadonlyMap<string, Codec<unknown>> {
  const codecs = new Map<string, Codec<unknown>>();
  faultOf(() => {
    const codec = inner.get(privateKeyInfoFormat.decode(body).privateKeyAlgorithm.algorithm);
    if (codec !== undefined) codecs.set('PrivateKeyInfo.privateKey', codec);
  });
  faultOf(() => {
    const { algorithm } = subjectPublicKeyInfo.decode(body).algorithm;
    if (algorithm === '1.2.840.113549.1.1.1') codecs.set('SubjectPublicKeyInfo.subjectPublicKey', rsaPublicKeyFormat);
  });
  return codecs;
}
