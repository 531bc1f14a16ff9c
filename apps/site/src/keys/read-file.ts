/** What a file is, as a `Reading`: private key files by the core's registry, then public files, lines with keys, fingerprints. */
import { DecodeError } from '@seashell/core';
import { type Anatomy, readablePublicKey } from '@seashell/core/anatomy';
import {
  findPrivateKeyFormat,
  inspectPrivateKey,
  type PrivateKey,
  privateKeyFormatOf,
  type PrivateKeyInspection,
  type PublicKey,
  publicKeyOf,
  readPublicKeyFile,
} from '@seashell/core/keys';
import { decodeSshsig } from '@seashell/core/signatures';
import { utf8DecodeLossy } from '@seashell/core/wire';
import { certificateRows } from './certificate-facts.ts';
import { describeDisagreement, entryFacts, findKeyLines, keyOfBlob, type KeyLine } from './find-keys.ts';
import { type LoneFingerprint, readFingerprint } from './fingerprint-alone.ts';
import { keyFacts } from './key-facts.ts';
import { describeDecodeError, describeDerivation, describeFault } from './problem-words.ts';
import { baseName, privateTargets, publicTargets, usualName } from './save-targets.ts';
import type { FactRow, FileToRead, Reading } from './surface.ts';

/** The key that is open, and what it was opened with. */
export interface HeldKey {
  readonly key: PrivateKey;
  readonly comment: string;
  readonly passphrase: Uint8Array;
}

/** A file, its anatomy as far as it is open, and the key that was opened. */
export interface FileAtHand {
  readonly file: FileToRead;
  readonly anatomy: Anatomy;
  readonly held: HeldKey | undefined;
}

const nothing = {
  startBytes: 0,
  entries: [],
  entry: 0,
  lock: 'public',
  format: undefined,
  seal: undefined,
  key: undefined,
  targets: [],
  problem: undefined,
} as const;

export const isPrivateFile = (bytes: Uint8Array): boolean => privateKeyFormatOf(bytes) !== undefined;

/** Where what is read begins in the reader's file. */
export const startOf = ({ part }: FileToRead): number => part?.start ?? 0;

/** A public key that was found, to be saved in other formats. */
export interface FoundKey {
  readonly key: PublicKey;
  readonly comment: string;
}

/** What a file says, and the public key that it shows. */
export interface FileReading {
  readonly reading: Reading;
  readonly found: FoundKey | undefined;
}

/** What a private key file says, open or not; of one that was cut off, as much as is whole. */
export function readPrivateFile({ file, anatomy, held }: FileAtHand): FileReading {
  try {
    return ofInspection({ file, anatomy, held }, inspectPrivateKey(file.bytes));
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const startBytes = startOf(file);
    const format = findPrivateKeyFormat(privateKeyFormatOf(file.bytes) ?? '')?.title;
    const problem = describeDecodeError(error, startBytes);
    const { found, ...shown } = ofFound(file, readablePublicKey(anatomy), { comment: '', held });
    const reading = {
      ...nothing,
      kind: anatomy.kind,
      anatomy,
      startBytes,
      lock: 'unreadable',
      format,
      ...shown,
    } as const;
    return { found, reading: { ...reading, problem } };
  }
}

function ofInspection({ file, anatomy, held }: FileAtHand, inspection: PrivateKeyInspection): FileReading {
  const { encrypted, cipher, kdf } = inspection;
  const key = held === undefined ? inspection.publicKey : publicKeyOf(held.key);
  const { found, ...shown } = ofFound(file, key, { comment: held?.comment ?? inspection.comment ?? '', held });
  const reading: Reading = {
    ...nothing,
    kind: anatomy.kind,
    anatomy,
    startBytes: startOf(file),
    lock: held === undefined ? 'locked' : 'open',
    format: findPrivateKeyFormat(inspection.format)?.title,
    seal: encrypted ? { cipher, derivation: describeDerivation(kdf) } : undefined,
    ...shown,
  };
  return { found, reading };
}

/** The public half, if it is to be had, and what it can be saved as. */
function ofFound(
  file: FileToRead,
  key: PublicKey | undefined,
  { comment, held }: { readonly comment: string; readonly held: HeldKey | undefined },
): Pick<Reading, 'key' | 'targets'> & Pick<FileReading, 'found'> {
  if (key === undefined) return { found: undefined, key: undefined, targets: [] };
  const targets = targetsOf(key, { base: baseName(file.name), held });
  return { found: { key, comment }, key: keyFacts({ key, comment }), targets };
}

function targetsOf(
  key: PublicKey,
  { base, held }: { readonly base: string | undefined; readonly held: HeldKey | undefined },
): Reading['targets'] {
  const name = base ?? usualName(key);
  return [...(held === undefined ? [] : privateTargets(key.type, name)), ...publicTargets(key, name)];
}

/** A file without a private key. `describe` is asked for the part that is shown. */
export function readPublicFile(file: FileToRead, describe: (bytes: Uint8Array) => Anatomy): FileReading {
  const text = utf8DecodeLossy(file.bytes);
  const lines = findKeyLines(text);
  const line = lines[file.entry] ?? lines[0];
  if (line !== undefined) return ofLine({ file, text, lines, line, describe });
  const anatomy = describe(file.bytes);
  const alone = readFingerprint(text);
  if (alone !== undefined) return ofFingerprint(anatomy, alone);
  return ofAnatomy[anatomy.kind]?.(anatomy) ?? ofPublicFile(file, anatomy);
}

function ofFingerprint(anatomy: Anatomy, { facts, isLine }: LoneFingerprint): FileReading {
  const [kind, title] = isLine
    ? (['fingerprint-line', 'A fingerprint with what it is of'] as const)
    : (['fingerprint', 'A fingerprint'] as const);
  return { found: undefined, reading: { ...nothing, kind, anatomy: { ...anatomy, title }, key: facts } };
}

/** Files that hold something else than a key in a line. */
const ofAnatomy: Partial<Readonly<Record<Anatomy['kind'], (anatomy: Anatomy) => FileReading>>> = {
  sshsig: ofSignature,
  'public-blob': ofBlob,
  krl: (anatomy) => ({
    found: undefined,
    reading: { ...nothing, kind: 'krl', anatomy, problem: describeFault(anatomy, 'list') },
  }),
};

const decodedOf = ({ bodies }: Anatomy): Uint8Array => bodies[1]?.bytes ?? new Uint8Array();

/** The base64 of a key or a certificate, with no line around it. */
function ofBlob(anatomy: Anatomy): FileReading {
  const { kind } = anatomy;
  try {
    const { key, certificate } = keyOfBlob(decodedOf(anatomy));
    const details = certificate === undefined ? [] : certificateRows(certificate);
    const facts = keyFacts({ key, comment: '', details, certificate });
    const targets = targetsOf(key, { base: undefined, held: undefined });
    return { found: { key, comment: '' }, reading: { ...nothing, kind, anatomy, key: facts, targets } };
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return { found: undefined, reading: { ...nothing, kind, anatomy, problem: describeDecodeError(error) } };
  }
}

/** A signature of a file, with the key that made it: who signed, not whether it is right, since the file is not here. */
function ofSignature(anatomy: Anatomy): FileReading {
  try {
    const { key } = decodeSshsig(decodedOf(anatomy)).signer;
    const facts = keyFacts({ key, comment: '' });
    const targets = targetsOf(key, { base: undefined, held: undefined });
    return { found: { key, comment: '' }, reading: { ...nothing, kind: 'sshsig', anatomy, key: facts, targets } };
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const problem = describeFault(anatomy, 'signature') ?? describeDecodeError(error);
    return { found: undefined, reading: { ...nothing, kind: 'sshsig', anatomy, problem } };
  }
}

/** RFC 4716 and PEM. */
function ofPublicFile(file: FileToRead, anatomy: Anatomy): FileReading {
  const { kind } = anatomy;
  try {
    const { key, comment } = readPublicKeyFile(file.bytes);
    const targets = targetsOf(key, { base: baseName(file.name), held: undefined });
    return {
      found: { key, comment },
      reading: { ...nothing, kind, anatomy, key: keyFacts({ key, comment }), targets },
    };
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const text = utf8DecodeLossy(file.bytes);
    const isKnown = /^\s*-{4,5} ?BEGIN [A-Z0-9 ]*PUBLIC KEY/.test(text.slice(0, 100));
    const problem = isKnown ? describeDecodeError(error) : (describeDisagreement(text) ?? noKeyIn(text));
    return { found: undefined, reading: { ...nothing, kind, anatomy, problem } };
  }
}

/** Blocks that are no key of SSH are named, so that nobody seeks for damage. */
function noKeyIn(text: string): string {
  const label = /^-{4,5} ?BEGIN ([A-Z0-9 ]+?) ?-{4,5}/m.exec(text)?.[1];
  return label === undefined ? 'No key was found in it.' : `A block ${label} is no key that this page can read.`;
}

interface LineAtHand {
  readonly file: FileToRead;
  readonly text: string;
  readonly lines: readonly KeyLine[];
  readonly line: KeyLine;
  readonly describe: (bytes: Uint8Array) => Anatomy;
}

const encoder = new TextEncoder();

function ofLine({ file, text, lines, line, describe }: LineAtHand): FileReading {
  const several = lines.length > 1;
  const content = several ? encoder.encode(text.slice(line.start, line.end)) : file.bytes;
  const anatomy = describe(content);
  const common = {
    ...nothing,
    kind: anatomy.kind,
    anatomy,
    startBytes: several ? encoder.encode(text.slice(0, line.start)).length : 0,
    entries: several ? lines.map(entryFacts) : [],
    entry: lines.indexOf(line),
  };
  try {
    const { key, certificate } = keyOfBlob(line.key.blob);
    const { comment } = line;
    const rows = certificate === undefined ? [] : certificateRows(certificate);
    const targets = targetsOf(key, { base: baseName(file.name), held: undefined });
    const facts = keyFacts({ key, comment, details: [...line.details, ...optionRows(anatomy), ...rows], certificate });
    return { found: { key, comment }, reading: { ...common, key: facts, targets } };
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return { found: undefined, reading: { ...common, problem: describeDecodeError(error) } };
  }
}

/** The options of an authorized_keys line, each with what it does. */
function optionRows({ fields }: Anatomy): readonly FactRow[] {
  const options = fields.find(({ path }) => path === 'line.options')?.children ?? [];
  if (options.length === 0) return [];
  return [{ name: 'options', values: options.map(({ value, explanation }) => `${value}: ${explanation}`) }];
}
