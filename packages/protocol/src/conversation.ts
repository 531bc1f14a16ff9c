/**
 * Linear conversations as generators: key exchange and authentication read from top to bottom like the RFC, and stop where they wait
 * for a message of the peer or a command of the owner. What they send and tell goes straight out.
 */
import type { ClientCommand, ServerCommand } from './commands.ts';

export type AnyCommand = ClientCommand | ServerCommand;

/** What a conversation waits for. */
type Wait =
  | { readonly type: 'message'; readonly numbers: readonly number[] }
  | { readonly type: 'command'; readonly commands: readonly AnyCommand['type'][] };

/** What it gets. */
type Arrival =
  | { readonly type: 'message'; readonly payload: Uint8Array }
  | { readonly type: 'command'; readonly command: AnyCommand };

export type Conversation<Result> = Generator<Wait, Result, Arrival>;

/** Waits for a message with one of these numbers, and gives its payload. */
export function* awaitMessage(...numbers: readonly number[]): Conversation<Uint8Array> {
  const arrival = yield { type: 'message', numbers };
  if (arrival.type !== 'message') throw new Error('assertion failed: a command came where a message was awaited');
  return arrival.payload;
}

type CommandNamed<T> = Extract<AnyCommand, { readonly type: T }>;

/** Waits for one of these commands. */
export function* awaitCommand<T extends AnyCommand['type']>(...commands: readonly T[]): Conversation<CommandNamed<T>> {
  const arrival = yield { type: 'command', commands };
  if (arrival.type === 'command' && isOneOf(arrival.command, commands)) return arrival.command;
  throw new Error(`assertion failed: awaited the command ${commands.join(' or ')}`);
}

function isOneOf<T extends AnyCommand['type']>(
  command: AnyCommand,
  types: readonly T[],
): command is CommandNamed<T> & AnyCommand {
  return types.some((type) => type === command.type);
}

/** A conversation under way. */
export class Dialogue<Result> {
  readonly #conversation: Conversation<Result>;
  readonly #finished: (result: Result) => void;
  #waiting: Wait | undefined;

  /** Runs up to the first wait. `finished` is told the result at once, before what follows it is read. */
  constructor(conversation: Conversation<Result>, finished: (result: Result) => void) {
    this.#conversation = conversation;
    this.#finished = finished;
    this.#note(conversation.next());
  }

  /** Undefined when it is over. */
  get waiting(): Wait | undefined {
    return this.#waiting;
  }

  awaitsMessage(number: number): boolean {
    return this.#waiting?.type === 'message' && this.#waiting.numbers.includes(number);
  }

  awaitsCommand(type: AnyCommand['type']): boolean {
    return this.#waiting?.type === 'command' && this.#waiting.commands.includes(type);
  }

  /** Goes on with what it waited for. */
  resume(arrival: Arrival): void {
    this.#note(this.#conversation.next(arrival));
  }

  #note(next: IteratorResult<Wait, Result>): void {
    this.#waiting = next.done === true ? undefined : next.value;
    if (next.done === true) this.#finished(next.value);
  }
}
