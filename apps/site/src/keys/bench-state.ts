/** The state of the key bench in one value: events make the next one, views read it. Nothing of it is stored. */
import { findField, firstBody } from './fields.ts';
import type { GivenFile } from './given-file.ts';
import type { KeyFacts, KeyKind, Reading, WorkProgress } from './surface.ts';

/** A file and what was read in it. */
export interface ShownFile {
  readonly file: GivenFile;
  readonly reading: Reading;
}

export type WorkName = 'open' | 'unseal' | 'save' | 'make';

/** Which passphrase the next file gets. */
export type PassphraseChoice = 'keep' | 'new' | 'none';

export interface BenchState {
  readonly file: GivenFile | undefined;
  /** The last file that was read; older than `file` for a moment while one types. */
  readonly shown: ShownFile | undefined;
  readonly panel: 'look' | 'make';
  readonly work: { readonly name: WorkName; readonly progress: WorkProgress } | undefined;
  /** What was refused, and where the sentence belongs. */
  readonly refusal: { readonly of: WorkName | 'give'; readonly reason: string } | undefined;
  /** Path of the field that is marked in all views. */
  readonly selected: string | undefined;
  readonly body: number;
  /** The byte on which the grid's keyboard focus stands. */
  readonly byte: number;
  /** Of a `FingerprintFacts`. */
  readonly hash: string;
  readonly step: number;
  readonly isWalking: boolean;
  readonly showsSecrets: boolean;
  readonly explains: boolean;
  readonly passphrase: PassphraseChoice;
  readonly target: string;
  readonly kinds: readonly KeyKind[];
  readonly kind: string;
  /** For the live region: the last thing that happened. */
  readonly said: string;
}

export type BenchEvent =
  | { readonly type: 'given'; readonly file: GivenFile }
  | { readonly type: 'read'; readonly file: GivenFile; readonly reading: Reading }
  | { readonly type: 'opened'; readonly reading: Reading }
  | { readonly type: 'unsealed'; readonly reading: Reading }
  | { readonly type: 'made'; readonly file: GivenFile; readonly reading: Reading }
  | { readonly type: 'began'; readonly work: WorkName }
  | { readonly type: 'progressed'; readonly progress: WorkProgress }
  | { readonly type: 'ended'; readonly said: string }
  | { readonly type: 'refused'; readonly of: WorkName | 'give'; readonly reason: string }
  | { readonly type: 'kinds'; readonly kinds: readonly KeyKind[] }
  | { readonly type: 'selected'; readonly path: string | undefined }
  | { readonly type: 'byte'; readonly byte: number; readonly path: string | undefined }
  | { readonly type: 'stepped'; readonly step: number }
  | { readonly type: 'said'; readonly said: string }
  | { readonly type: 'set'; readonly values: Partial<Settings> }
  | { readonly type: 'cleared' };

/** What a control sets alone. */
export type Settings = Pick<
  BenchState,
  'panel' | 'body' | 'hash' | 'isWalking' | 'showsSecrets' | 'explains' | 'passphrase' | 'target' | 'kind'
>;

export const emptyBench: BenchState = {
  file: undefined,
  shown: undefined,
  panel: 'look',
  work: undefined,
  refusal: undefined,
  selected: undefined,
  body: 0,
  byte: 0,
  hash: 'SHA256',
  step: Number.POSITIVE_INFINITY,
  isWalking: false,
  showsSecrets: false,
  explains: true,
  passphrase: 'keep',
  target: '',
  kinds: [],
  kind: '',
  said: '',
};

/** A file in few words, for the live region. */
export function summaryOf({ anatomy, key, problem, entries }: Reading): string {
  const bits = key?.bits === undefined ? '' : `: ${key.shortName}, ${key.bits} bits`;
  const what = `${anatomy.title}${bits}`;
  const count = entries.length > 1 ? `${entries.length} keys. ` : '';
  return problem === undefined ? `${count}${what}.` : `${what}. ${problem}`;
}

function withFile(state: BenchState, shown: ShownFile): BenchState {
  return {
    ...state,
    file: shown.file,
    shown,
    panel: 'look',
    refusal: undefined,
    selected: undefined,
    body: firstBody(shown.reading.anatomy),
    byte: 0,
    step: Number.POSITIVE_INFINITY,
    isWalking: false,
    showsSecrets: false,
    passphrase: 'keep',
    target: '',
    said: summaryOf(shown.reading),
  };
}

function withOpened(state: BenchState, reading: Reading): BenchState {
  if (state.shown === undefined) return state;
  return { ...withFile(state, { ...state.shown, reading }), work: undefined, said: `Opened. ${summaryOf(reading)}` };
}

function withUnsealed(state: BenchState, reading: Reading): BenchState {
  if (state.shown === undefined) return state;
  const decrypted = reading.anatomy.bodies.findIndex(({ origin }) => origin.encoding === 'decrypted');
  const body = Math.max(0, decrypted);
  const said = 'The private section is decrypted.';
  return { ...state, shown: { ...state.shown, reading }, work: undefined, selected: undefined, body, byte: 0, said };
}

function withSelection(state: BenchState, path: string | undefined): BenchState {
  const anatomy = state.shown?.reading.anatomy;
  const field = anatomy === undefined ? undefined : findField(anatomy, path);
  if (field === undefined) return { ...state, selected: undefined };
  return { ...state, selected: path, body: field.span.body, byte: field.span.start };
}

/** Keeps what the reader set for looking, and nothing of the key. */
function cleared({ kinds, kind, explains }: BenchState): BenchState {
  return { ...emptyBench, kinds, kind, explains, said: 'Everything is cleared.' };
}

/** The state after an event. */
export function nextState(state: BenchState, event: BenchEvent): BenchState {
  switch (event.type) {
    case 'given':
      // The worker ends what it did for the file before.
      return { ...state, file: event.file, work: undefined, refusal: undefined, isWalking: false };
    case 'read':
      return state.file === event.file ? withFile(state, event) : state;
    case 'opened':
      return withOpened(state, event.reading);
    case 'unsealed':
      return withUnsealed(state, event.reading);
    case 'made':
      return { ...withFile(state, event), work: undefined, said: `Made. ${summaryOf(event.reading)}` };
    case 'began':
      return { ...state, work: { name: event.work, progress: { done: 0, total: 0 } }, refusal: undefined };
    case 'progressed':
      return state.work === undefined ? state : { ...state, work: { ...state.work, progress: event.progress } };
    case 'ended':
      return { ...state, work: undefined, said: event.said };
    case 'refused':
      return { ...state, work: undefined, refusal: { of: event.of, reason: event.reason }, said: event.reason };
    case 'kinds':
      return { ...state, kinds: event.kinds, kind: state.kind || (event.kinds[0]?.id ?? '') };
    case 'selected':
      return withSelection(state, event.path);
    case 'byte':
      return { ...state, byte: event.byte, selected: event.path };
    case 'stepped':
      return { ...state, step: Math.max(0, event.step), isWalking: state.isWalking };
    case 'said':
      return { ...state, said: event.said };
    case 'set':
      return { ...state, ...event.values };
    case 'cleared':
      return cleared(state);
  }
}

/** The key that the views are about. */
export function shownKey(state: BenchState): KeyFacts | undefined {
  return state.shown?.reading.key;
}

/** Whether the bench holds a private key of the reader's own. */
export function holdsSecret({ file, shown }: BenchState): boolean {
  const isRead = shown !== undefined && shown.reading.anatomy.isPrivate && !shown.file.isExample;
  return isRead || (file !== undefined && file.holdsPrivate && !file.isExample);
}
