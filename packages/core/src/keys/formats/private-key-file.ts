/** What reading and writing private key files have in common, whatever the format; one `PrivateKeyFormatRow` a format. */
import type { RandomSource } from '../../crypto/provider.ts';
import type { LongWork } from '../../long-work.ts';
import type { KeyFileCiphers } from './openssh-ciphers.ts';
import type { AnyKeyType, PrivateKey, PublicKey } from '../key-types/index.ts';

/**
 * `openssh`: openssh-key-v1. `pkcs1`, `sec1` and `dsa`: the traditional PEM of RSA, ECDSA and DSA keys. `pkcs8`: PKCS#8 in PEM,
 * plain or encrypted. `ppk2`, `ppk3`: PuTTY's.
 */
export type PrivateKeyFormat = 'openssh' | 'pkcs1' | 'sec1' | 'dsa' | 'pkcs8' | 'ppk2' | 'ppk3';

/** How the cipher's key is made of the passphrase, told apart by `name`. */
export type KeyDerivation =
  | { readonly name: 'none' }
  | { readonly name: 'bcrypt'; readonly rounds: number }
  /** Of traditional PEM: OpenSSL's EVP_BytesToKey with one MD5. */
  | { readonly name: 'md5' }
  /** Of PBES1, `pkcs5` (RFC 8018) and `pkcs12` (RFC 7292 appendix B). */
  | { readonly name: 'pkcs5' | 'pkcs12'; readonly hash: string; readonly iterations: number }
  | { readonly name: 'pbkdf2'; readonly hash: string; readonly iterations: number }
  | {
      readonly name: 'scrypt';
      readonly cost: number;
      readonly blockSize: number;
      readonly parallelization: number;
    }
  /** Of PPK 2. */
  | { readonly name: 'sha1' }
  | ({ readonly name: 'argon2d' | 'argon2i' | 'argon2id' } & Argon2Cost)
  /** By the name or the object identifier that the file has for it. */
  | { readonly name: 'unknown'; readonly identifier: string };

/** What argon2 (RFC 9106) is to spend. */
export interface Argon2Cost {
  readonly memoryKibibytes: number;
  readonly passes: number;
  readonly parallelism: number;
}

/** What a key file shows without its passphrase. */
export interface PrivateKeyInspection {
  readonly format: PrivateKeyFormat;
  /** Whether a passphrase is needed. */
  readonly encrypted: boolean;
  /** As the file names it, like `aes256-ctr`, `AES-128-CBC` or, where it has a number only, OpenSSL's name; `none` if not encrypted. */
  readonly cipher: string;
  readonly kdf: KeyDerivation;
  /** Like `ssh-rsa`, known or not; undefined where the file hides it. */
  readonly keyType: string | undefined;
  /** Undefined where the file hides it, and for a key type that is not known. */
  readonly publicKey: PublicKey | undefined;
  /** Undefined where the file hides it; empty where the format has none. */
  readonly comment: string | undefined;
}

/** What opening a key file gives. What is malformed is thrown as a DecodeError instead. */
export type OpenedPrivateKey =
  | { readonly outcome: 'key'; readonly key: PrivateKey; readonly comment: string }
  | { readonly outcome: 'passphrase-needed' }
  | { readonly outcome: 'wrong-passphrase' }
  | { readonly outcome: 'unsupported'; readonly what: 'cipher' | 'kdf' | 'key type'; readonly name: string };

/** What a file may ask for before it is refused as a DecodeError. */
export interface KeyFileLimits {
  readonly bcryptRounds: number;
  /** Of PBKDF2 and of PBES1. */
  readonly pbkdf2Iterations: number;
  readonly scryptMemoryBytes: number;
  readonly argon2MemoryKibibytes: number;
  readonly argon2Passes: number;
}

/** A constant of its own: a bundler takes a property that is read at the top of a module for an effect, and keeps what reads it. */
export const usualMaximumBcryptRounds = 1024;

/** Minutes of work, or what a page can give in memory. */
export const usualKeyFileLimits: KeyFileLimits = {
  bcryptRounds: usualMaximumBcryptRounds,
  pbkdf2Iterations: 10_000_000,
  scryptMemoryBytes: 256 * 1024 * 1024,
  argon2MemoryKibibytes: 256 * 1024,
  argon2Passes: 64,
};

/** What opening a private key file is given besides the file. The passphrase is only read: wiping it is the caller's. */
export interface OpenOptions {
  /** As typed, in UTF-8; an empty one counts as none. */
  readonly passphrase?: Uint8Array;
  /** Those not given are `usualKeyFileLimits`. */
  readonly limits?: Partial<KeyFileLimits>;
}

/** What writing a private key file is given besides the key. What a format has no use for is passed over; the passphrase is only read. */
export interface WriteOptions {
  /** Lost where the format has none. */
  readonly comment?: string;
  /** No encryption if absent or empty. */
  readonly passphrase?: Uint8Array;
  /** The cipher of an encrypted file, one of the format's `ciphers`; the first of them if not given. */
  readonly cipher?: string;
  /** bcrypt's rounds: 24 if not given, as OpenSSH 10; 6.6 uses 16. */
  readonly rounds?: number;
  /** PBKDF2's iterations: 2,048 if not given, as OpenSSL. */
  readonly iterations?: number;
  /** argon2's cost in PPK 3: what PuTTY spends on a slow machine if not given. */
  readonly argon2?: Partial<Argon2Cost>;
  /** For salts, initialization vectors and check numbers. */
  readonly random: RandomSource;
}

/** The key types that a format function shall know. */
export interface KeyTypes {
  find(name: string): AnyKeyType | undefined;
}

/** What the functions of one format are given besides: small bundles name few. */
export interface KnownAlgorithms {
  readonly keyTypes: KeyTypes;
  /** Encryption of openssh-key-v1. Without it encrypted files are `unsupported`, and none can be written. */
  readonly ciphers?: KeyFileCiphers;
}

/** As `OpenOptions`, for the functions of one format. */
export interface OpenRequest extends OpenOptions, KnownAlgorithms {}

/** As `WriteOptions`, for the functions of one format. */
export interface WriteRequest extends WriteOptions, KnownAlgorithms {}

/** What a writer may choose so that each guess of a passphrase costs more. */
export interface KeyFileCost {
  /** Of the derivation that it is for, like `bcrypt`. */
  readonly derivation: string;
  /** What is counted, in that derivation's own word. */
  readonly unit: 'rounds' | 'iterations' | 'passes';
  readonly usual: number;
  readonly minimum: number;
  /** What `usualKeyFileLimits` let a reader open again. */
  readonly maximum: number;
  /** The option of writing that it is. */
  toOptions(count: number): Pick<WriteOptions, 'rounds' | 'iterations' | 'argon2'>;
}

/** One format of private key files. */
export interface PrivateKeyFormatRow {
  readonly name: PrivateKeyFormat;
  /** What people call it, like `PuTTY (PPK 3)`. */
  readonly title: string;
  /** Ciphers that `write` takes, the usual one first. */
  readonly ciphers: readonly string[];
  /** Those that encrypt: OpenSSH counts `none` as a cipher too. */
  readonly sealingCiphers: readonly string[];
  /** Undefined where the derivation is one quick hash, whoever writes. */
  readonly cost: KeyFileCost | undefined;
  readonly hasComment: boolean;
  /** Whether the file says that it is of this format; it may be damaged still. Never throws. */
  recognizes(file: Uint8Array): boolean;
  /** Whether keys of this type (`ssh-rsa`) can stand in it. */
  holds(keyType: string): boolean;
  /** Throws DecodeError. */
  inspect(file: Uint8Array, keyTypes: KeyTypes): PrivateKeyInspection;
  /** Throws DecodeError for what is malformed or above a limit. */
  open(file: Uint8Array, request: OpenRequest): LongWork<OpenedPrivateKey>;
  /** The file's text, which ends in a line end. A key type that the format does not hold is an assertion: ask `holds` first. */
  write(key: PrivateKey, request: WriteRequest): LongWork<string>;
}
