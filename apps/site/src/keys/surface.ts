/**
 * What the page and its key worker say to each other. Only plain data crosses: no private key leaves the worker but as the file that
 * the reader asked for.
 */
import type { Anatomy, AnatomyKind } from '@seashell/core/anatomy';
import type { RandomartStep } from '@seashell/core/fingerprint';

/** So much of a long computation is done; a total of 0 says that nobody knows how long it takes. */
export interface WorkProgress {
  readonly done: number;
  readonly total: number;
}

export type ProgressListener = (progress: WorkProgress) => void;

/** One way to write a public key blob short. */
export interface FingerprintFacts {
  /** As on the button, like `SHA256`. */
  readonly label: string;
  readonly text: string;
  /** The walk of its randomart; empty where OpenSSH draws none. */
  readonly walk: readonly RandomartStep[];
  /** As `ssh-keygen -lv` draws it; empty where it draws none. */
  readonly art: string;
}

/** A public key that was found in what the reader gave. */
export interface KeyFacts {
  /** Like `ssh-ed25519`; undefined of a fingerprint, which does not tell. */
  readonly type: string | undefined;
  /** As `ssh-keygen -l` has it, like `ED25519`. */
  readonly shortName: string | undefined;
  readonly bits: number | undefined;
  readonly comment: string;
  readonly blobSizeBytes: number;
  readonly fingerprints: readonly FingerprintFacts[];
  /** Rows of more to say: of a certificate, of an authorized_keys line. */
  readonly details: readonly FactRow[];
}

/** A name and what stands for it; several values stand below each other. */
export interface FactRow {
  readonly name: string;
  readonly values: readonly string[];
}

/** How a file is sealed, in words for people. */
export interface SealFacts {
  readonly cipher: string;
  /** Like `bcrypt, 24 rounds`. */
  readonly derivation: string;
}

/** How dear a guess of the passphrase shall be: a number within bounds, in the format's own word. */
export interface SaveCost {
  /** Like `bcrypt`. */
  readonly derivation: string;
  /** Like `rounds`. */
  readonly unit: string;
  readonly usual: number;
  readonly minimum: number;
  readonly maximum: number;
}

/** A format in which the key can be saved. */
export interface SaveTarget {
  readonly id: string;
  readonly title: string;
  readonly secret: boolean;
  readonly fileName: string;
  /** Of an encrypted file, the usual one first; empty for public files. */
  readonly ciphers: readonly string[];
  /** Undefined for public files, and for formats that leave no choice. */
  readonly cost: SaveCost | undefined;
  readonly keepsComment: boolean;
}

/** How far a private key file is open. */
export type LockState = 'public' | 'locked' | 'open' | 'unreadable';

/** One of several keys in a file, like a line of authorized_keys. */
export interface EntryFacts {
  /** Its line, from 1. */
  readonly line: number;
  /** What is said of it in front: `@revoked`, `cert-authority`; mostly empty. */
  readonly mark: string;
  readonly shortName: string;
  /** The host of known_hosts, or the comment. */
  readonly about: string;
}

/** What the page has words for: what the core tells apart, and what is no file. */
export type ReadingKind = AnatomyKind | 'fingerprint' | 'fingerprint-line';

/** What a file is, as far as it is open. */
export interface Reading {
  readonly kind: ReadingKind;
  readonly anatomy: Anatomy;
  /** Where the bytes of the anatomy's first body start in the file: above 0 for one entry of several, and behind other text. */
  readonly startBytes: number;
  /** Empty unless the file holds several keys. */
  readonly entries: readonly EntryFacts[];
  /** Which of the entries the rest is about. */
  readonly entry: number;
  readonly lock: LockState;
  /** Of a private key file: what the format is called. */
  readonly format: string | undefined;
  readonly seal: SealFacts | undefined;
  /** The public half, if it is to be had. */
  readonly key: KeyFacts | undefined;
  readonly targets: readonly SaveTarget[];
  /** Why no more can be said, as a sentence; undefined when all is well. */
  readonly problem: string | undefined;
}

/** From `start` to before `end`. */
export interface BytePart {
  readonly start: number;
  readonly end: number;
}

export interface FileToRead {
  readonly bytes: Uint8Array;
  /** What is read of them, where other text stands around it. */
  readonly part: BytePart | undefined;
  /** The file's name, when it came as a file. */
  readonly name: string | undefined;
  /** Which of several keys, from 0. */
  readonly entry: number;
}

export type OpenAnswer =
  | { readonly outcome: 'open'; readonly reading: Reading }
  | { readonly outcome: 'wrong-passphrase' }
  | { readonly outcome: 'refused'; readonly reason: string }
  | { readonly outcome: 'cancelled' };

export interface SaveRequest {
  /** Of a `SaveTarget`. */
  readonly id: string;
  /** Undefined keeps the one that the file was opened with; an empty one leaves the file unencrypted. */
  readonly passphrase: string | undefined;
  readonly comment: string | undefined;
  /** The target's usual one if undefined. */
  readonly cipher: string | undefined;
  /** Within the target's `cost`; the usual if undefined. */
  readonly cost: number | undefined;
}

export type SaveAnswer =
  | { readonly outcome: 'saved'; readonly fileName: string; readonly text: string; readonly encrypted: boolean }
  | { readonly outcome: 'refused'; readonly reason: string }
  | { readonly outcome: 'cancelled' };

/** A kind of key that can be made. */
export interface KeyKind {
  /** The key type's name, like `ssh-rsa`. */
  readonly id: string;
  /** Like `RSA`. */
  readonly shortName: string;
  /** A word of warning for a list, like `experimental`; mostly empty. */
  readonly mark: string;
  /** The same as a sentence. */
  readonly note: string;
  readonly bits: { readonly minimum: number; readonly maximum: number; readonly usual: number };
  /** Formats of private key files that hold it. */
  readonly formats: readonly SaveTarget[];
}

export interface MakeRequest {
  /** Of a `KeyKind`. */
  readonly kind: string;
  readonly bits: number;
  readonly save: SaveRequest;
}

export type MakeAnswer =
  | { readonly outcome: 'made'; readonly file: Uint8Array; readonly name: string; readonly reading: Reading }
  | { readonly outcome: 'refused'; readonly reason: string }
  | { readonly outcome: 'cancelled' };

/** What the worker does. Each call ends what the one before left unfinished. */
export interface KeyDesk {
  read(file: FileToRead): Promise<Reading>;
  open(passphrase: string, progress: ProgressListener): Promise<OpenAnswer>;
  /** The reading with the private section decrypted, of a file that is open. */
  unseal(progress: ProgressListener): Promise<OpenAnswer>;
  save(request: SaveRequest, progress: ProgressListener): Promise<SaveAnswer>;
  /** What can be made. */
  kinds(): Promise<readonly KeyKind[]>;
  make(request: MakeRequest, progress: ProgressListener): Promise<MakeAnswer>;
  /** Ends the long work that goes on, if any. */
  cancel(): void;
  /** Wipes all that it holds. */
  forget(): void;
}
