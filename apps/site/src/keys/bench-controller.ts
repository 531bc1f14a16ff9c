/** The bench's one writer of state: takes what the reader does, asks the worker, and tells the views. */
import { wipeBytes } from '@seashell/core/wire';
import type { BenchActions } from './bench-actions.ts';
import {
  type BenchEvent,
  type BenchState,
  emptyBench,
  nextState,
  type Settings,
  shownKey,
  type WorkName,
} from './bench-state.ts';
import type { Example } from './examples.ts';
import { fileOf, type GivenFile, largestFileBytes, type TakenFile } from './given-file.ts';
import type {
  FileToRead,
  KeyDesk,
  MakeRequest,
  OpenAnswer,
  ProgressListener,
  Reading,
  SaveRequest,
} from './surface.ts';

/** What the browser does for the bench; tests have their own. */
export interface BenchPlatform {
  /** A desk of its own worker; the one before is ended. */
  startDesk(): KeyDesk;
  download(fileName: string, text: string): void;
  copy(text: string): Promise<void>;
  readonly examples: readonly Example[];
  /** Calls back once, after the time. */
  later(milliseconds: number, callback: () => void): void;
  readonly prefersStill: boolean;
}

const stepMilliseconds = 90;

const encoder = new TextEncoder();

const problemOfFile =
  'The browser could not read that: it is a folder, or a file that it may not read, or that is gone.';

const problemOfWorker = 'The worker of this page stopped. That is our mistake, not yours.';

function answerEvent(work: 'open' | 'unseal', answer: OpenAnswer): BenchEvent {
  switch (answer.outcome) {
    case 'open':
      return { type: work === 'open' ? 'opened' : 'unsealed', reading: answer.reading };
    case 'refused':
      return { type: 'refused', of: work, reason: answer.reason };
    case 'cancelled':
      return { type: 'ended', said: 'Cancelled.' };
    case 'wrong-passphrase':
      return { type: 'refused', of: work, reason: 'That is not the passphrase of this key.' };
  }
}

export class BenchController implements BenchActions {
  readonly isLive = true;
  #state: BenchState;
  #desk: KeyDesk;
  readonly #platform: BenchPlatform;
  readonly #changed: (state: BenchState) => void;
  /** Counts what was given, so that a late answer is not taken for the last one's. */
  #turn = 0;

  constructor(platform: BenchPlatform, changed: (state: BenchState) => void, state: BenchState = emptyBench) {
    this.#platform = platform;
    this.#changed = changed;
    this.#state = state;
    this.#desk = platform.startDesk();
  }

  get state(): BenchState {
    return this.#state;
  }

  #dispatch(event: BenchEvent): void {
    const before = this.#state;
    this.#state = nextState(before, event);
    wipeDropped(before, this.#state);
    this.#changed(this.#state);
  }

  /** What the text area holds now. */
  async type(text: string, isExample = false): Promise<void> {
    if (text.length > largestFileBytes) this.#refuseLarge();
    else await this.give({ ...fileOf(encoder.encode(text), undefined), isExample });
  }

  /** Takes a file that was chosen or dropped: its size is looked at before its bytes. */
  async take(file: TakenFile): Promise<void> {
    if (file.size > largestFileBytes) {
      this.#refuseLarge();
      return;
    }
    // Before its bytes are there: who chose another file meanwhile wants that one, however slow this one is.
    this.#turn += 1;
    const turn = this.#turn;
    const bytes = await bytesOfFile(file);
    if (turn !== this.#turn) {
      if (bytes !== undefined) wipeBytes(bytes);
    } else if (bytes === undefined) this.#refuseGiven(problemOfFile);
    else await this.#giveBytes(bytes, file.name);
  }

  async #giveBytes(bytes: Uint8Array, name: string): Promise<void> {
    const file = fileOf(bytes, name);
    // With other line ends, or in another encoding, the file has bytes of its own.
    if (file.bytes.buffer !== bytes.buffer) wipeBytes(bytes);
    await this.give(file);
  }

  #refuseLarge(): void {
    this.#refuseGiven('That is larger than 1 MB. No key file is.');
  }

  /** What stood there before goes: a refusal above the facts of another key would be taken for one of that key. */
  #refuseGiven(reason: string): void {
    this.clear();
    this.#dispatch({ type: 'refused', of: 'give', reason });
  }

  async showExample(id: string): Promise<void> {
    const example = this.#platform.examples.find((each) => each.id === id);
    if (example !== undefined) await this.type(example.text, true);
  }

  async give(file: GivenFile): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    if (file.bytes.length > largestFileBytes) {
      this.#refuseLarge();
      return;
    }
    if (file.text.trim() === '') {
      this.clear();
      return;
    }
    this.#dispatch({ type: 'given', file });
    await this.#read(file, turn);
  }

  async #read(file: GivenFile, turn: number): Promise<void> {
    try {
      const { bytes, part, name, entry }: FileToRead = file;
      const reading = await this.#desk.read({ bytes, part, name, entry });
      if (turn === this.#turn) this.#dispatch({ type: 'read', file, reading });
      else wipeBytes(...bytesOfReading(reading));
    } catch (error) {
      if (turn === this.#turn) this.#broke('give', error);
    }
  }

  /** Another of several keys in the file. */
  async chooseEntry(entry: number): Promise<void> {
    const { file } = this.#state;
    if (file !== undefined) await this.give({ ...file, entry });
  }

  #broke(of: WorkName | 'give', error: unknown): void {
    console.error(error);
    this.#dispatch({ type: 'refused', of, reason: problemOfWorker });
  }

  /** Hears of work on what is given now, and no longer once something else is. */
  #progressOf(turn: number): ProgressListener {
    return (progress) => {
      if (turn === this.#turn) this.#dispatch({ type: 'progressed', progress });
    };
  }

  async open(passphrase: string): Promise<void> {
    await this.#openBy('open', (progress) => this.#desk.open(passphrase, progress));
  }

  async unseal(): Promise<void> {
    await this.#openBy('unseal', (progress) => this.#desk.unseal(progress));
  }

  async #openBy(work: 'open' | 'unseal', ask: (progress: ProgressListener) => Promise<OpenAnswer>): Promise<void> {
    const turn = this.#turn;
    this.#dispatch({ type: 'began', work });
    try {
      const answer = await ask(this.#progressOf(turn));
      if (turn === this.#turn) this.#dispatch(answerEvent(work, answer));
      else if (answer.outcome === 'open') wipeBytes(...bytesOfReading(answer.reading));
    } catch (error) {
      if (turn === this.#turn) this.#broke(work, error);
    }
  }

  async #written(request: SaveRequest): Promise<{ readonly fileName: string; readonly text: string } | undefined> {
    const turn = this.#turn;
    this.#dispatch({ type: 'began', work: 'save' });
    try {
      const answer = await this.#desk.save(request, this.#progressOf(turn));
      if (turn !== this.#turn) return undefined;
      if (answer.outcome === 'saved') return answer;
      if (answer.outcome === 'cancelled') this.#dispatch({ type: 'ended', said: 'Cancelled.' });
      else this.#dispatch({ type: 'refused', of: 'save', reason: answer.reason });
    } catch (error) {
      if (turn === this.#turn) this.#broke('save', error);
    }
    return undefined;
  }

  async download(request: SaveRequest): Promise<void> {
    const written = await this.#written(request);
    if (written === undefined) return;
    this.#platform.download(written.fileName, written.text);
    this.#dispatch({ type: 'ended', said: `${written.fileName} is downloaded.` });
  }

  async copyFile(request: SaveRequest): Promise<void> {
    const written = await this.#written(request);
    if (written === undefined) return;
    this.#dispatch({ type: 'ended', said: '' });
    await this.copy(written.text, written.fileName);
  }

  async copy(text: string, what: string): Promise<void> {
    try {
      await this.#platform.copy(text);
      this.#dispatch({ type: 'said', said: `${what}: copied.` });
    } catch {
      this.#dispatch({ type: 'said', said: 'The browser did not let this page copy.' });
    }
  }

  async make(request: MakeRequest): Promise<void> {
    const turn = this.#turn;
    this.#dispatch({ type: 'began', work: 'make' });
    try {
      const answer = await this.#desk.make(request, this.#progressOf(turn));
      if (turn !== this.#turn) {
        if (answer.outcome === 'made') wipeBytes(answer.file, ...bytesOfReading(answer.reading));
      } else if (answer.outcome === 'made')
        this.#dispatch({ type: 'made', file: fileOf(answer.file, answer.name), reading: answer.reading });
      else if (answer.outcome === 'cancelled') this.#dispatch({ type: 'ended', said: 'Cancelled.' });
      else this.#dispatch({ type: 'refused', of: 'make', reason: answer.reason });
    } catch (error) {
      if (turn === this.#turn) this.#broke('make', error);
    }
  }

  /** Shows the form for a new key. */
  async prepareToMake(): Promise<void> {
    this.set({ panel: 'make' });
    if (this.#state.kinds.length === 0) this.#dispatch({ type: 'kinds', kinds: await this.#desk.kinds() });
  }

  refuse(of: WorkName, reason: string): void {
    this.#dispatch({ type: 'refused', of, reason });
  }

  cancel(): void {
    this.#desk.cancel();
  }

  set(values: Partial<Settings>): void {
    this.#dispatch({ type: 'set', values });
  }

  showBody(body: number): void {
    this.#dispatch({ type: 'selected', path: undefined });
    this.set({ body });
    this.#dispatch({ type: 'byte', byte: 0, path: undefined });
  }

  select(path: string | undefined): void {
    this.#dispatch({ type: 'selected', path });
  }

  moveTo(byte: number, path: string | undefined): void {
    this.#dispatch({ type: 'byte', byte, path });
  }

  step(step: number): void {
    this.set({ isWalking: false });
    this.#dispatch({ type: 'stepped', step });
  }

  /** Walks from the start, or from where it stopped; where motion is unwanted nothing moves, and the list of steps is there. */
  walk(): void {
    const steps = this.#steps;
    if (this.#state.isWalking) {
      this.set({ isWalking: false });
      return;
    }
    if (this.#platform.prefersStill) {
      this.#dispatch({ type: 'stepped', step: steps });
      return;
    }
    if (this.#state.step >= steps) this.#dispatch({ type: 'stepped', step: 0 });
    this.set({ isWalking: true });
    this.#platform.later(stepMilliseconds, () => this.#walkOn());
  }

  get #steps(): number {
    const facts = shownKey(this.#state)?.fingerprints.find(({ label }) => label === this.#state.hash);
    return facts?.walk.length ?? 0;
  }

  #walkOn(): void {
    if (!this.#state.isWalking) return;
    const next = this.#state.step + 1;
    this.#dispatch({ type: 'stepped', step: next });
    if (next >= this.#steps) this.set({ isWalking: false });
    else this.#platform.later(stepMilliseconds, () => this.#walkOn());
  }

  /** Wipes what the page and the worker hold; the worker is another one afterwards. */
  clear(): void {
    this.#turn += 1;
    this.#desk.forget();
    this.#desk = this.#platform.startDesk();
    this.#dispatch({ type: 'cleared' });
  }
}

/** Undefined for a folder that was dropped, and for a file that may not be read or is gone. */
async function bytesOfFile(file: TakenFile): Promise<Uint8Array | undefined> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    return undefined;
  }
}

function bytesOfReading({ anatomy }: Reading): readonly Uint8Array[] {
  return anatomy.bodies.map(({ bytes }) => bytes);
}

function bytesOfBench({ file, shown }: BenchState): readonly Uint8Array[] {
  const ofFile = file === undefined ? [] : [file.bytes];
  return shown === undefined ? ofFile : [...ofFile, shown.file.bytes, ...bytesOfReading(shown.reading)];
}

/** Overwrites the bytes that the next state has no more, as another key of the same file has; of texts the browser disposes. */
function wipeDropped(before: BenchState, after: BenchState): void {
  if (before.file === after.file && before.shown === after.shown) return;
  const kept = new Set(bytesOfBench(after).map(({ buffer }) => buffer));
  wipeBytes(...bytesOfBench(before).filter(({ buffer }) => !kept.has(buffer)));
}
