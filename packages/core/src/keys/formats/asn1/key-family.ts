/** What one family of keys has to say of its ASN.1: how it stands in PKCS#8, and its traditional PEM form if it has one. */
import type { PrivateKey } from '../../key-types/index.ts';
import type { AlgorithmIdentifier, Part } from './algorithm-identifier.ts';

/** A key, or the name of what we do not know, like a curve. */
export type DecodedKey<K> = { readonly key: K } | { readonly unknown: string };

/** The parts of a PrivateKeyInfo (RFC 5208 section 5, RFC 5958 section 2) that a family decodes. */
export interface Pkcs8Parts {
  readonly parameters: Part;
  /** The contents of the OCTET STRING. */
  readonly privateKey: Part;
}

/** One family of key types that share an algorithm's object identifier. */
export interface KeyFamily<K extends PrivateKey = PrivateKey> {
  readonly keyTypes: readonly K['type'][];
  /** In dotted decimal. */
  readonly algorithm: string;
  /** Throws DecodeError. */
  decodePkcs8(parts: Pkcs8Parts): DecodedKey<K>;
  encodePkcs8(key: K): AlgorithmIdentifier & { readonly privateKey: Uint8Array };
  /** The public half as the bits of a BIT STRING, which a second-version PKCS#8 tells too. */
  publicKeyBits(key: K): Uint8Array;
}

/** The traditional form of a family, which OpenSSL and `ssh-keygen -m PEM` write. */
export interface TraditionalForm<K extends PrivateKey = PrivateKey> {
  readonly format: 'pkcs1' | 'sec1' | 'dsa';
  readonly title: string;
  /** Of the BEGIN line. */
  readonly label: string;
  readonly keyTypes: readonly K['type'][];
  /** Throws DecodeError. */
  decode(der: Uint8Array): DecodedKey<K>;
  encode(key: K): Uint8Array;
}
