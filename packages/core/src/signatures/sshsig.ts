/**
 * SSHSIG: a signature of a file by an SSH key, for one namespace (PROTOCOL.sshsig). The bytes, and what of them is signed. The
 * message is never signed itself, but its hash.
 */
import { sha256 } from '../crypto/sha256.ts';
import { sha512 } from '../crypto/sha512.ts';
import type { Hash } from '../crypto/provider.ts';
import type { Certificate } from '../certificates/certificate.ts';
import type { PublicKey } from '../keys/key-types/index.ts';
import { checked, struct } from '../wire/composites.ts';
import { fixed, string, uint32, utf8 } from '../wire/primitives.ts';
import { equalBytes } from '../wire/bytes.ts';
import { utf8Encode } from '../wire/text.ts';

/** The hashes that a message may be hashed with. */
export type SshsigHashName = 'sha256' | 'sha512';

/** Who signs: a key, or a key with its certificate. */
export interface Signer {
  /** The key; of a certificate, the certified one. */
  readonly key: PublicKey;
  readonly certificate: Certificate | undefined;
  /** The public key blob that stands in the signature: the key's or the certificate's. */
  readonly blob: Uint8Array;
}

/** A signature as it stands in a file, opened. Nothing about it has been checked. */
export interface Sshsig {
  readonly signer: Signer;
  readonly namespace: string;
  /** As named; `sshsigHashes` are those that count. */
  readonly hashName: string;
  /** The signature blob: algorithm and signature. */
  readonly signature: Uint8Array;
}

/** A message by its hash, for messages that are read in pieces. */
export interface HashedMessage {
  readonly hashName: SshsigHashName;
  readonly digest: Uint8Array;
}

/** A message, whole or hashed. */
export type SshsigMessage = Uint8Array | HashedMessage;

const magicText = 'SSHSIG';
const supportedVersion = 1;
const magicBytes = utf8Encode(magicText);
const magic = checked(fixed(magicBytes.length), (found) =>
  equalBytes(found, magicBytes) ? undefined : `expected ${magicText}`,
);
/** PROTOCOL.sshsig: "Verifiers MUST reject signatures with versions greater than those they support." */
const version = checked(uint32, (found) =>
  found > supportedVersion
    ? `Signature version ${found} is larger than supported version ${supportedVersion}`
    : undefined,
);
const text = checked(utf8, (found) => (found.includes('\0') ? 'expected text without NUL' : undefined));

/** The codec of the bytes in the armour. */
export const sshsigBlob = struct('sshsig', {
  magic,
  version,
  publicKey: string,
  namespace: text,
  reserved: string,
  hashAlgorithm: text,
  signature: string,
});

/** As far as the signer, for whoever only asks who signed. */
export const sshsigBeginning = struct('sshsig', { magic, version, publicKey: string });

/** What is signed. */
const signedData = struct('sshsig', { magic, namespace: text, reserved: string, hashAlgorithm: text, digest: string });

const nothing = new Uint8Array();

/** The bytes that the key signs. */
export function sshsigSignedData(message: HashedMessage, namespace: string): Uint8Array<ArrayBuffer> {
  const { hashName, digest } = message;
  return signedData.encode({ magic: magicBytes, namespace, reserved: nothing, hashAlgorithm: hashName, digest });
}

/** The bytes of a signature, without armour. */
export function encodeSshsig(signature: Sshsig): Uint8Array<ArrayBuffer> {
  return sshsigBlob.encode({
    magic: magicBytes,
    version: supportedVersion,
    publicKey: signature.signer.blob,
    namespace: signature.namespace,
    reserved: nothing,
    hashAlgorithm: signature.hashName,
    signature: signature.signature,
  });
}

const hashes: Readonly<Record<SshsigHashName, Hash>> = { sha256, sha512 };

/** The hashes that a message may be hashed with, the usual one first. */
export const sshsigHashNames: readonly SshsigHashName[] = ['sha512', 'sha256'];

/** The hash of that name if it is allowed, for messages that are read in pieces. */
export function findSshsigHash(name: string): { readonly hashName: SshsigHashName; readonly hash: Hash } | undefined {
  const hashName = sshsigHashNames.find((known) => known === name);
  return hashName === undefined ? undefined : { hashName, hash: hashes[hashName] };
}

/** The message by its hash. */
export function hashSshsigMessage(message: Uint8Array, hashName: SshsigHashName = 'sha512'): HashedMessage {
  return { hashName, digest: hashes[hashName].digest(message) };
}
