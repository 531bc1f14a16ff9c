/** Conversations that owners drive by events alone, so that they can be recorded and given again to one side. */
import type { ClientCommand, ClientEvent } from '../src/index.ts';
import { ordinaryClient, Pair, type PairParts } from './pair.ts';

/** A client that logs in by password, runs a command, and leaves when it has ended. */
export const visitor = (event: ClientEvent): readonly ClientCommand[] => {
  switch (event.type) {
    case 'authenticationReady':
      return [{ type: 'authenticate', user: 'demo', method: { type: 'password', password: 'seashell' } }];
    case 'authenticationSucceeded':
      return [{ type: 'openChannel', channel: 0, channelType: { type: 'session' } }];
    case 'channelOpened':
      return [{ type: 'channelRequest', channel: 0, request: { name: 'exec', command: 'id' }, wantReply: true }];
    case 'channelRequestAnswered':
      return [{ type: 'eof', channel: 0 }];
    default:
      return ordinaryClient(event);
  }
};

export interface Recording {
  readonly pair: Pair;
  /** What each side sent, in the pieces in which it went. */
  readonly client: readonly Uint8Array[];
  readonly server: readonly Uint8Array[];
}

/** A whole visit in memory. */
export function recordVisit(parts: PairParts): Recording {
  const pieces = { client: [] as Uint8Array[], server: [] as Uint8Array[] };
  const pair = new Pair({
    answerClient: visitor,
    ...parts,
    tamper(bytes, sender) {
      pieces[sender].push(bytes.slice());
      return bytes;
    },
  });
  pair.settle();
  return { pair, ...pieces };
}

interface Playable<Event, Command> {
  receive(bytes: Uint8Array, now: number): void;
  receiveEnd(now: number): void;
  send(command: Command, now: number): void;
  takeOutput(): Uint8Array;
  takeEvents(): readonly Event[];
  nextTimeout(): number | undefined;
  advance(now: number): void;
}

/** Gives recorded pieces to one side, whose owner answers; gives its events. */
export function play<Event, Command>(
  side: Playable<Event, Command>,
  pieces: readonly Uint8Array[],
  answer: (event: Event) => readonly Command[],
): readonly Event[] {
  const all: Event[] = [];
  const settle = (): void => {
    for (;;) {
      const events = side.takeEvents();
      all.push(...events);
      for (const command of events.flatMap((event) => answer(event))) side.send(command, 0);
      const output = side.takeOutput();
      const isDue = side.nextTimeout() === 0;
      if (isDue) side.advance(0);
      if (events.length === 0 && output.length === 0 && !isDue) return;
    }
  };
  settle();
  for (const piece of pieces) {
    side.receive(piece, 0);
    settle();
  }
  return all;
}

/** Where packets and their padding lie in a stream up to and with NEWKEYS; after it, one range for all that is sealed. */
export interface StreamMap {
  /** Offset after NEWKEYS. */
  readonly sealedFrom: number;
  /** Offsets of padding before that, which nothing protects. */
  readonly padding: ReadonlySet<number>;
}

export function mapStream(stream: Uint8Array): StreamMap {
  const padding = new Set<number>();
  let at = stream.indexOf(10) + 1;
  for (;;) {
    const length = new DataView(stream.buffer, stream.byteOffset).getUint32(at);
    const end = at + 4 + length;
    for (let offset = end - (stream[at + 4] ?? 0); offset < end; offset++) padding.add(offset);
    const isNewKeys = stream[at + 5] === 21;
    at = end;
    if (isNewKeys) return { sealedFrom: at, padding };
  }
}
