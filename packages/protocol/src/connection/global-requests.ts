/**
 * Global requests, both ways. Those that no row knows are refused, as OpenSSH does, `keepalive@openssh.com` among them.
 * Specification: RFC 4254 4; OpenSSH PROTOCOL 2.2, 2.5.
 */
import type { AnyCommand } from '../conversation.ts';
import * as messages from '../messages/connection.ts';
import { ReplyQueue } from './reply-queue.ts';
import { channelError, type ConnectionSurroundings } from './surroundings.ts';

/** An answer to a global request. */
export interface GlobalReply {
  readonly success: boolean;
  readonly data: Uint8Array;
}

const nothing = new Uint8Array(0);
export const refusal: GlobalReply = { success: false, data: nothing };
export const plainSuccess: GlobalReply = { success: true, data: nothing };

export interface GlobalRequest {
  readonly name: string;
  readonly wantReply: boolean;
  readonly data: Uint8Array;
}

/** What a role does with a request: an answer at once, or `asked` after telling the owner. Undefined where it does not know it. */
export type TakeGlobalRequest = (request: GlobalRequest) => GlobalReply | 'asked' | undefined;

/** A request of ours that waits for its answer. */
interface Awaited {
  readonly answered: (reply: GlobalReply) => void;
}

export class GlobalRequests {
  readonly #surroundings: ConnectionSurroundings;
  readonly #take: TakeGlobalRequest;
  readonly #replies = new ReplyQueue<GlobalReply>();
  readonly #awaited: Awaited[] = [];

  constructor(surroundings: ConnectionSurroundings, take: TakeGlobalRequest) {
    this.#surroundings = surroundings;
    this.#take = take;
  }

  get owesTooMuch(): boolean {
    return this.#replies.size >= this.#surroundings.limits.unansweredRequests;
  }

  /** Sends a request; `answered` says what to do with the reply, if one is wanted. */
  send(name: string, data: Uint8Array, answered?: Awaited['answered']): void {
    const wantReply = answered !== undefined;
    if (answered !== undefined) this.#awaited.push({ answered });
    this.#surroundings.send(messages.globalRequest.encode({ number: 80, request: name, wantReply, data }));
  }

  /** Does a command of both roles; false when it is another's. */
  sendCommand(command: AnyCommand): boolean {
    const { tell } = this.#surroundings;
    if (command.type === 'keepalive') {
      this.send('keepalive@openssh.com', nothing, () => tell({ type: 'keepaliveAnswered' }));
      return true;
    }
    if (command.type !== 'globalRequest') return false;
    const { name, wantReply, data = nothing } = command;
    const answered = (reply: GlobalReply): void => tell({ type: 'globalRequestAnswered', name, ...reply });
    if (wantReply) this.send(name, data, answered);
    else this.send(name, data);
    return true;
  }

  /** The owner's answer to the oldest request that it was asked. */
  answer(reply: GlobalReply): void {
    this.#replies.answer(reply);
    this.#sendReplies();
  }

  /** Takes a message of the peer. Gives whether it was one of global requests. */
  dispatch(payload: Uint8Array): boolean {
    switch (payload[0]) {
      case 80:
        this.#takeRequest(payload);
        return true;
      case 81:
        this.#takeReply({ success: true, data: messages.requestSuccess.decode(payload).data.slice() });
        return true;
      case 82:
        messages.requestFailure.decode(payload);
        this.#takeReply(refusal);
        return true;
      default:
        return false;
    }
  }

  #takeRequest(payload: Uint8Array): void {
    const { request: name, wantReply, data } = messages.globalRequest.decode(payload);
    const reply = this.#take({ name, wantReply, data });
    if (reply === undefined) this.#surroundings.tell({ type: 'globalRequest', name, wantReply, data: data.slice() });
    if (reply === 'asked') this.#replies.ask();
    else if (wantReply) this.#replies.add(reply ?? refusal);
    this.#sendReplies();
  }

  #takeReply(reply: GlobalReply): void {
    const awaited = this.#awaited.shift();
    if (awaited === undefined)
      throw channelError('expected no reply to a global request: nothing was asked', 'RFC 4254 4');
    awaited.answered(reply);
  }

  #sendReplies(): void {
    for (const { success, data } of this.#replies.takeReady()) {
      this.#surroundings.send(
        success ? messages.requestSuccess.encode({ number: 81, data }) : messages.requestFailure.encode({ number: 82 }),
      );
    }
  }
}
