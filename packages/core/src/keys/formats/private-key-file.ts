/** What reading and writing private key files have in common, whatever the format. */
import type { RandomSource } from '../../crypto/provider.ts';
import type { PrivateKey, PublicKey } from '../key-types/index.ts';

export type PrivateKeyFormat = 'openssh' | 'pkcs1';

/** What a key file shows without its passphrase. */
export interface PrivateKeyInspection {
  readonly format: PrivateKeyFormat;
  /** Whether a passphrase is needed. */
  readonly encrypted: boolean;
  /** The cipher's name, like `aes256-ctr` or `AES-128-CBC`; `none` if not encrypted. */
  readonly cipher: string;
  /** `bcrypt`, `md5` (legacy PEM) or `none`. */
  readonly kdf: string;
  /** bcrypt's rounds; 0 for the other KDFs. */
  readonly rounds: number;
  /** Not known for an encrypted PEM file, nor for a key type that is not known. */
  readonly publicKey: PublicKey | undefined;
}

/** What opening a key file gives. What is malformed is thrown as a DecodeError instead. */
export type OpenedPrivateKey =
  | { readonly outcome: 'key'; readonly key: PrivateKey; readonly comment: string }
  | { readonly outcome: 'passphrase-needed' }
  | { readonly outcome: 'wrong-passphrase' }
  | { readonly outcome: 'unsupported'; readonly what: 'cipher' | 'kdf' | 'key type'; readonly name: string };

export interface OpenOptions {
  /** As typed, in UTF-8; an empty one counts as none. */
  readonly passphrase?: Uint8Array;
  /** More bcrypt rounds are refused: 1,024 if not given. */
  readonly maximumRounds?: number;
}

export interface WriteOptions {
  readonly comment?: string;
  /** No encryption if absent or empty. */
  readonly passphrase?: Uint8Array;
  /** The cipher of an encrypted file: the format's usual one if not given. */
  readonly cipher?: string;
  /** bcrypt's rounds: 24 if not given, as OpenSSH 10; 6.6 uses 16. */
  readonly rounds?: number;
  /** For salt and check number. */
  readonly random: RandomSource;
}
