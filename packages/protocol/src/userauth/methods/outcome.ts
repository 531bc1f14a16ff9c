/** What ends an attempt of a client: SSH_MSG_USERAUTH_SUCCESS or SSH_MSG_USERAUTH_FAILURE. Specification: RFC 4252 5.1. */
import { awaitMessage, type Conversation } from '../../conversation.ts';
import { userauthFailure, userauthRequest, userauthSuccess } from '../../messages/userauth.ts';
import type { AttemptOutcome, ClientAttempt } from './row.ts';

/** Sends the request of an attempt. */
export function sendRequest({ context, user, service, method }: ClientAttempt, methodFields: Uint8Array): void {
  context.send(userauthRequest.encode({ number: 50, user, service, method: method.type, methodFields }));
}

/** Waits for the end of an attempt, or for one message of the method's own, whose payload it gives. */
export function* awaitOutcome(
  { context, method }: ClientAttempt,
  ...methodNumbers: readonly number[]
): Conversation<AttemptOutcome | { readonly payload: Uint8Array }> {
  const payload = yield* awaitMessage(51, 52, ...methodNumbers);
  if (payload[0] === 52) {
    userauthSuccess.decode(payload);
    return 'succeeded';
  }
  if (payload[0] !== 51) return { payload };
  const { methods, partialSuccess } = userauthFailure.decode(payload);
  context.tell({ type: 'authenticationFailed', method: method.type, methods, partialSuccess });
  return 'continues';
}

/** As `awaitOutcome`, of methods without messages of their own. */
export function* awaitPlainOutcome(attempt: ClientAttempt): Conversation<AttemptOutcome> {
  const outcome = yield* awaitOutcome(attempt);
  if (typeof outcome !== 'string') throw new Error('assertion failed: a message that was not awaited');
  return outcome;
}
