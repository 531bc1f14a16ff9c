/**
 * By which way output came to a terminal: printed by a program of its own machine, or carried over by ssh. Known from who writes and from
 * the traces of the connections, never from the text.
 */
import type { TraceEntry } from '@seashell/protocol';
import { createStandardPrograms, type ProgramRegistry, type TerminalWriter } from '@seashell/simulator';

export type Party = 'client' | 'server';

/** What appeared on a terminal, and the side of the connection that it is from. */
export interface OutputPiece {
  readonly bytes: Uint8Array;
  readonly from: Party;
}

/** ssh has keys with the other side: from here on nobody on the way can read. */
export interface SealedEvent {
  readonly type: 'sealed';
  readonly host: string;
  readonly pid: number;
}

/** A shell is about to ask for its next command; `status` is how the one before ended. */
export interface PromptedEvent {
  readonly type: 'prompted';
  readonly host: string;
  readonly pid: number;
  readonly status: number;
}

/** What one ssh got through its channel. */
interface Carried {
  hasOutput: boolean;
  /** Errors of the other side that are not on the screen yet, one character for each byte, without carriage returns. */
  errors: string;
}

const standardOutput = 1;
/** SSH_MSG_CHANNEL_DATA and SSH_MSG_CHANNEL_EXTENDED_DATA, RFC 4254 5.2: where in the plain packet the data begin. */
const dataOffsets: Readonly<Record<string, number>> = { CHANNEL_DATA: 14, CHANNEL_EXTENDED_DATA: 18 };
/** What can be on its way to a descriptor: ssh's own window. If it goes to a file, the rest is forgotten. */
const windowBytes = 2 * 1024 * 1024;

/** The standard programs of a world, with an ear to each ssh and each prompt. */
export class Carriers {
  readonly programs: ProgramRegistry = createStandardPrograms({
    observe: ({ role, hostname, pid }) =>
      role === 'client' ? (entry) => this.#hear({ host: hostname, pid }, entry) : undefined,
    atPrompt: ({ hostname, pid, status }) => this.onEvent?.({ type: 'prompted', host: hostname, pid, status }),
  });
  /** Told when a connection is sealed, and of prompts. */
  onEvent: ((event: SealedEvent | PromptedEvent) => void) | undefined;
  readonly #carried = new Map<string, Carried>();

  /** Which side `bytes` on a terminal of `host` are from. */
  pieceOf(host: string, bytes: Uint8Array, writer: TerminalWriter | undefined): OutputPiece {
    const carried = writer === undefined ? undefined : this.#carried.get(`${host} ${writer.pid}`);
    const cameOver =
      carried !== undefined &&
      // ssh itself says nothing on standard output; on standard error it says what it has to say between the other side's errors.
      (writer?.descriptor === standardOutput ? carried.hasOutput : takeErrors(carried, bytes));
    return { bytes, from: cameOver ? 'server' : 'client' };
  }

  #hear(ssh: { readonly host: string; readonly pid: number }, entry: TraceEntry): void {
    if (entry.type === 'state') {
      if (entry.layer === 'transport' && entry.state === 'encrypted') this.onEvent?.({ type: 'sealed', ...ssh });
      return;
    }
    const offset = entry.type === 'packet' && entry.direction === 'received' ? dataOffsets[entry.name] : undefined;
    if (entry.type !== 'packet' || offset === undefined) return;
    const key = `${ssh.host} ${ssh.pid}`;
    const carried = this.#carried.get(key) ?? { hasOutput: false, errors: '' };
    this.#carried.set(key, carried);
    if (entry.name === 'CHANNEL_DATA') carried.hasOutput = true;
    else carried.errors = (carried.errors + textOf(dataAt(entry.plain, offset))).slice(-windowBytes);
  }
}

/** The bytes of the SSH string whose length stands just before `offset`. */
function dataAt(plain: Uint8Array, offset: number): Uint8Array {
  const length = new DataView(plain.buffer, plain.byteOffset).getUint32(offset - 4);
  return plain.subarray(offset, offset + length);
}

/** Without carriage returns, which the terminal adds. */
const textOf = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => (byte === 13 ? '' : String.fromCharCode(byte))).join('');

/** Whether the bytes are the errors that came next; then they are on the screen. */
function takeErrors(carried: Carried, bytes: Uint8Array): boolean {
  const text = textOf(bytes);
  if (carried.errors === '' || !carried.errors.startsWith(text)) return false;
  carried.errors = carried.errors.slice(text.length);
  return true;
}

/** Neighbours from one side become one piece. */
export function joinPieces(pieces: readonly OutputPiece[]): readonly OutputPiece[] {
  const joined: { readonly from: Party; readonly parts: Uint8Array[] }[] = [];
  for (const { bytes, from } of pieces) {
    const last = joined.at(-1);
    if (last?.from === from) last.parts.push(bytes);
    else joined.push({ from, parts: [bytes] });
  }
  return joined.map(({ from, parts }) => ({ from, bytes: joinBytes(parts) }));
}

export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
