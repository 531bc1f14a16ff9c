/** The key worker's own work: reads, opens, writes and makes keys with the core, in slices, so that it can be told to stop. */
import { type Anatomy, describeKeyFile, describeOpenedKeyFile } from '@seashell/core/anatomy';
import type { RandomSource } from '@seashell/core/crypto';
import { generateKey } from '@seashell/core/generate';
import {
  findPrivateKeyFormat,
  keyTypeOf,
  keyTypes,
  type LongWork,
  openPrivateKey,
  type PrivateKey,
  type PrivateKeyFormatRow,
  type PublicKey,
  runInSlices,
  type WriteOptions,
  writePrivateKey,
} from '@seashell/core/keys';
import { utf8Encode, wipeBytes } from '@seashell/core/wire';
import { kindRank, wordsOfKind } from './key-kinds.ts';
import { describeOutcome, reasonOf } from './problem-words.ts';
import { type FoundKey, type HeldKey, isPrivateFile, readPrivateFile, readPublicFile, startOf } from './read-file.ts';
import { baseName, choiceOf, privateTargets, publicTargets, usualName, writePublic } from './save-targets.ts';
import type {
  FileToRead,
  KeyDesk,
  KeyKind,
  MakeAnswer,
  MakeRequest,
  OpenAnswer,
  ProgressListener,
  Reading,
  SaveAnswer,
  SaveRequest,
} from './surface.ts';

export interface DeskPlatform {
  /** For the salts of files; a new key is of the platform's own randomness. */
  readonly random: RandomSource;
  /** Lets messages in. */
  pause(): Promise<void>;
}

/** Whether the key opened, or why not. */
type OpenAttempt = 'open' | 'wrong-passphrase' | { readonly refused: string };

/** A key, and how its file shall be written. */
interface WritingJob {
  readonly held: HeldKey;
  readonly row: PrivateKeyFormatRow;
  readonly request: SaveRequest;
  readonly options: Partial<WriteOptions>;
}

class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

const noPassphrase = new Uint8Array();

export class Desk implements KeyDesk {
  readonly #platform: DeskPlatform;
  #file: FileToRead | undefined;
  #held: HeldKey | undefined;
  #public: FoundKey | undefined;
  /** Of the last long work; the one before is aborted. */
  #work = new AbortController();

  constructor(platform: DeskPlatform) {
    this.#platform = platform;
  }

  async read(given: FileToRead): Promise<Reading> {
    this.forget();
    const file = { ...given, bytes: given.bytes.slice(given.part?.start, given.part?.end) };
    this.#file = file;
    if (!isPrivateFile(file.bytes)) return this.#readPublic(file);
    const opened = await this.#tryToOpen(file, noPassphrase, () => undefined);
    const reading = this.#readPrivate(file, describeKeyFile(file.bytes));
    return typeof opened === 'object' && reading.problem === undefined && reading.seal === undefined
      ? { ...reading, lock: 'unreadable', problem: opened.refused }
      : reading;
  }

  #readPrivate(file: FileToRead, anatomy: Anatomy): Reading {
    const { reading, found } = readPrivateFile({ file, anatomy, held: this.#held });
    this.#public = found;
    return reading;
  }

  #readPublic(file: FileToRead): Reading {
    const { reading, found } = readPublicFile(file, describeKeyFile);
    this.#public = found;
    return reading;
  }

  /** Keeps the key if it opens; else the outcome, or why it cannot be. */
  async #tryToOpen(file: FileToRead, passphrase: Uint8Array, progress: ProgressListener): Promise<OpenAttempt> {
    try {
      const opened = await this.#run(openPrivateKey(file.bytes, { passphrase }), progress);
      if (opened.outcome === 'wrong-passphrase') return 'wrong-passphrase';
      if (opened.outcome !== 'key') return { refused: describeOutcome(opened) };
      if (this.#held !== undefined) wipeKey(this.#held);
      this.#held = { key: opened.key, comment: opened.comment, passphrase };
      return 'open';
    } catch (error) {
      return { refused: reasonOf(error, startOf(file)) };
    }
  }

  async open(passphrase: string, progress: ProgressListener): Promise<OpenAnswer> {
    const file = this.#file;
    if (file === undefined) return { outcome: 'refused', reason: 'There is no file.' };
    const bytes = utf8Encode(passphrase);
    try {
      const opened = await this.#tryToOpen(file, bytes, progress);
      if (opened === 'wrong-passphrase') return { outcome: 'wrong-passphrase' };
      if (opened !== 'open') return { outcome: 'refused', reason: opened.refused };
      return { outcome: 'open', reading: this.#readPrivate(file, describeKeyFile(file.bytes)) };
    } catch (error) {
      if (error instanceof Cancelled) return { outcome: 'cancelled' };
      throw error;
    } finally {
      // The key that it opened keeps it, for the files that are saved.
      if (this.#held?.passphrase !== bytes) wipeBytes(bytes);
    }
  }

  async unseal(progress: ProgressListener): Promise<OpenAnswer> {
    const file = this.#file;
    const held = this.#held;
    if (file === undefined || held === undefined) return { outcome: 'refused', reason: 'The private key is not open.' };
    try {
      const { passphrase } = held;
      const described = await this.#run(describeOpenedKeyFile(file.bytes, { passphrase }), progress);
      if (described.outcome !== 'anatomy') return { outcome: 'refused', reason: describeOutcome(described) };
      return { outcome: 'open', reading: this.#readPrivate(file, described.anatomy) };
    } catch (error) {
      if (error instanceof Cancelled) return { outcome: 'cancelled' };
      return { outcome: 'refused', reason: reasonOf(error) };
    }
  }

  async save(request: SaveRequest, progress: ProgressListener): Promise<SaveAnswer> {
    const subject = this.#public;
    if (subject === undefined) return { outcome: 'refused', reason: 'There is no key to save.' };
    const name = baseName(this.#file?.name) ?? usualName(subject.key);
    const comment = request.comment ?? subject.comment;
    const text = writePublic(request.id, subject.key, comment);
    const target = publicTargets(subject.key, name).find(({ id }) => id === request.id);
    if (text !== undefined && target !== undefined)
      return { outcome: 'saved', fileName: target.fileName, text, encrypted: false };
    if (this.#held === undefined) return { outcome: 'refused', reason: 'The private key is not open.' };
    return this.#savePrivate({ held: this.#held, name, request }, progress);
  }

  async #savePrivate(
    { held, name, request }: { readonly held: HeldKey; readonly name: string; readonly request: SaveRequest },
    progress: ProgressListener,
  ): Promise<SaveAnswer> {
    const row = findPrivateKeyFormat(request.id);
    const target = privateTargets(held.key.type, name).find(({ id }) => id === request.id);
    if (row === undefined || target === undefined)
      return { outcome: 'refused', reason: 'No such format holds this key.' };
    const choice = choiceOf(row, request);
    if ('refused' in choice) return { outcome: 'refused', reason: choice.refused };
    try {
      const { text, encrypted } = await this.#write({ held, row, request, ...choice }, progress);
      return { outcome: 'saved', fileName: target.fileName, text, encrypted };
    } catch (error) {
      if (error instanceof Cancelled) return { outcome: 'cancelled' };
      return { outcome: 'refused', reason: reasonOf(error) };
    }
  }

  async #write(
    { held, row, request, options }: WritingJob,
    progress: ProgressListener,
  ): Promise<{ readonly text: string; readonly encrypted: boolean }> {
    const passphrase = request.passphrase === undefined ? held.passphrase : utf8Encode(request.passphrase);
    try {
      const text = await this.#run(
        writePrivateKey(held.key, {
          format: row.name,
          comment: request.comment ?? held.comment,
          passphrase,
          ...options,
          random: this.#platform.random,
        }),
        progress,
      );
      return { text, encrypted: passphrase.length > 0 };
    } finally {
      if (passphrase !== held.passphrase) wipeBytes(passphrase);
    }
  }

  async kinds(): Promise<readonly KeyKind[]> {
    return keyTypes
      .filter((row) => row.generate !== undefined)
      .toSorted((one, other) => kindRank(one.name) - kindRank(other.name))
      .map((row) => ({
        id: row.name,
        shortName: row.shortName,
        ...wordsOfKind(row.name),
        bits: row.allowedBits,
        formats: privateTargets(row.name, usualName({ type: row.name })),
      }));
  }

  async make(request: MakeRequest, progress: ProgressListener): Promise<MakeAnswer> {
    const type = keyTypes.find((row) => row.name === request.kind)?.name;
    if (type === undefined) return { outcome: 'refused', reason: 'No such type of key.' };
    const { allowedBits, shortName } = keyTypeOf({ type });
    const { bits } = request;
    if (!Number.isInteger(bits) || bits < allowedBits.minimum || bits > allowedBits.maximum)
      return {
        outcome: 'refused',
        reason: `${shortName} keys have ${allowedBits.minimum} to ${allowedBits.maximum} bits.`,
      };
    try {
      return await this.#made(await this.#generate({ type, bits }, progress), request, progress);
    } catch (error) {
      if (error instanceof Cancelled) return { outcome: 'cancelled' };
      console.error(error);
      const why = error instanceof Error ? error.message : String(error);
      return { outcome: 'refused', reason: `The key could not be made, and that is our mistake: ${why}` };
    }
  }

  /**
   * WebCrypto makes RSA where it takes the size, tells no progress, and cannot be stopped: a cancelled key is dropped when its thread is done
   * with it.
   */
  async #generate(
    { type, bits }: { readonly type: PublicKey['type']; readonly bits: number },
    progress: ProgressListener,
  ): Promise<PrivateKey> {
    const signal = this.#begin();
    const key = await generateKey({ type, bits, signal, onProgress: progress });
    if (key !== undefined && !signal.aborted) return key;
    if (key !== undefined) wipeKey({ key, passphrase: noPassphrase });
    throw new Cancelled();
  }

  async #made(key: PrivateKey, { save }: MakeRequest, progress: ProgressListener): Promise<MakeAnswer> {
    const name = usualName(key);
    const held = { key, comment: save.comment ?? '', passphrase: utf8Encode(save.passphrase ?? '') };
    try {
      const answer = await this.#savePrivate({ held, name, request: save }, progress);
      if (answer.outcome !== 'saved') return answer;
      const bytes = utf8Encode(answer.text);
      const file = { bytes: bytes.slice(), part: undefined, name: answer.fileName, entry: 0 };
      // Only now: who cancels, or is refused, still has the key from before.
      this.forget();
      this.#file = file;
      this.#held = held;
      const reading = this.#readPrivate(file, describeKeyFile(bytes));
      return { outcome: 'made', file: bytes, name: answer.fileName, reading };
    } finally {
      if (this.#held !== held) wipeKey(held);
    }
  }

  /** Ends the work before; the signal is that of the new one. */
  #begin(): AbortSignal {
    this.#work.abort();
    this.#work = new AbortController();
    return this.#work.signal;
  }

  /** Runs long work until its end, or until the next one begins. */
  async #run<T>(work: LongWork<T>, progress: ProgressListener): Promise<T> {
    const signal = this.#begin();
    return runInSlices(work, {
      pause: async (state) => {
        progress({ done: state.done, total: state.total });
        await this.#platform.pause();
        if (signal.aborted) throw new Cancelled();
      },
      onLibrarySlice: (state) => {
        progress({ done: state.done, total: state.total });
        if (signal.aborted) throw new Cancelled();
      },
    });
  }

  cancel(): void {
    this.#work.abort();
  }

  forget(): void {
    this.#work.abort();
    if (this.#held !== undefined) wipeKey(this.#held);
    this.#held = undefined;
    this.#public = undefined;
    this.#file?.bytes.fill(0);
    this.#file = undefined;
  }
}

/** Overwrites what is bytes; numbers the engine disposes of with the worker. */
function wipeKey({ key, passphrase }: Pick<HeldKey, 'key' | 'passphrase'>): void {
  wipeBytes(passphrase);
  for (const value of Object.values(key)) if (value instanceof Uint8Array) value.fill(0);
}
