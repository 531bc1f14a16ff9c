/** The server's authentication as a conversation: the service, then requests until one is granted. Specification: RFC 4252 5. */
import { awaitCommand, awaitMessage, type Conversation } from '../conversation.ts';
import { serviceAccept, serviceRequest } from '../messages/transport.ts';
import { publicKeyOk, userauthFailure, userauthRequest, userauthSuccess } from '../messages/userauth.ts';
import type { OfferedAuthentication } from '../events.ts';
import type { UserauthRequest } from '../messages/userauth.ts';
import { disconnectReasons, ProtocolError } from '../protocol-error.ts';
import { findAuthenticationMethod } from './methods/index.ts';
import type { AuthenticationContext, Offer } from './methods/row.ts';

const authenticationService = 'ssh-userauth';
const connectionService = 'ssh-connection';

interface ServerAuthenticationContext extends AuthenticationContext {
  readonly publicKeyAlgorithms: readonly string[];
  readonly maximumFailures: number;
  readonly maximumRequests: number;
  /** Before the first request is answered: a second SSH_MSG_EXT_INFO, if the client takes one. */
  beforeFirstAnswer(): void;
}

/** Ends when a user is let in. */
export function* authenticateServer(context: ServerAuthenticationContext): Conversation<void> {
  const state = new Attempts(context);
  let isServiceAccepted = false;
  for (;;) {
    const payload = yield* awaitMessage(5, 50);
    state.countRequest();
    if (payload[0] === 5) {
      acceptService(context, payload);
      isServiceAccepted = true;
      continue;
    }
    if (!isServiceAccepted) throw authenticationError('expected a service request before an authentication request');
    const request = userauthRequest.decode(payload);
    state.checkSubject(request);
    if (yield* answerRequest(state, request)) return;
  }
}

function acceptService(context: AuthenticationContext, payload: Uint8Array): void {
  const { service } = serviceRequest.decode(payload);
  if (service !== authenticationService) throw badService(service);
  context.send(serviceAccept.encode({ number: 6, service }));
}

/** Gives whether the user is in. */
function* answerRequest(attempts: Attempts, request: UserauthRequest): Conversation<boolean> {
  const { context } = attempts;
  const { user, service, method } = request;
  const { publicKeyAlgorithms } = context;
  const row = findAuthenticationMethod(method);
  const offer: Offer = row?.readOffer({ context, request, publicKeyAlgorithms }) ?? {
    ok: false,
    cause: 'unknown-method',
  };
  if (!offer.ok) {
    context.tell({ type: 'authenticationRefused', user, service, method, cause: offer.cause });
    attempts.reject(request, yield* awaitCommand('rejectAuthentication'));
    return false;
  }
  const { offered } = offer;
  context.tell({ type: 'authenticationRequested', user, service, offered, failures: attempts.failures });
  const answer = yield* isQuery(offered)
    ? awaitCommand('rejectAuthentication', 'confirmPublicKey')
    : awaitCommand('rejectAuthentication', 'acceptAuthentication');
  if (answer.type === 'rejectAuthentication') {
    attempts.reject(request, answer);
    return false;
  }
  if (isQuery(offered)) {
    context.send(publicKeyOk.encode({ number: 60, algorithm: offered.algorithm, key: offered.key }));
    return false;
  }
  context.send(userauthSuccess.encode({ number: 52 }));
  context.tell({ type: 'authenticationSucceeded', user, method });
  return true;
}

type Query = Extract<OfferedAuthentication, { readonly method: 'publickey' }>;

function isQuery(offered: OfferedAuthentication): offered is Query {
  return offered.method === 'publickey' && offered.step === 'query';
}

interface Rejection {
  readonly methods: readonly string[];
  readonly partialSuccess?: boolean;
  readonly counts?: boolean;
}

/** What is remembered from request to request. */
class Attempts {
  readonly context: ServerAuthenticationContext;
  failures = 0;
  #requests = 0;
  #attempts = 0;
  #subject: { readonly user: string; readonly service: string } | undefined;

  constructor(context: ServerAuthenticationContext) {
    this.context = context;
  }

  countRequest(): void {
    this.#requests += 1;
    const { maximumRequests } = this.context;
    if (this.#requests <= maximumRequests) return;
    throw new ProtocolError('limit', `expected at most ${maximumRequests} authentication requests`, {
      clause: 'RFC 4252 4',
    });
  }

  /** Differs from OpenSSH: a service other than ssh-connection is refused before, not after the user is in. */
  checkSubject({ user, service }: UserauthRequest): void {
    if (service !== connectionService) throw badService(service);
    this.#attempts += 1;
    if (this.#subject === undefined) {
      this.#subject = { user, service };
      this.context.beforeFirstAnswer();
    }
    const { user: first, service: firstService } = this.#subject;
    if (user === first) return;
    const change = `(${first},${firstService}) -> (${user},${service})`;
    throw authenticationError(`Change of username or service not allowed: ${change}`);
  }

  /** OpenSSH's counting: all but partial success, and `none` as the first request. */
  reject({ method }: UserauthRequest, { methods, partialSuccess = false, counts }: Rejection): void {
    const isFirstNone = method === 'none' && this.#attempts === 1;
    if (counts ?? (!partialSuccess && !isFirstNone)) this.failures += 1;
    if (this.failures >= this.context.maximumFailures) {
      throw new ProtocolError('too-many-attempts', 'Too many authentication failures', { clause: 'RFC 4252 4' });
    }
    this.context.send(userauthFailure.encode({ number: 51, methods, partialSuccess }));
  }
}

function badService(service: string): ProtocolError {
  return new ProtocolError('authentication', `bad service request ${service}`, {
    clause: 'RFC 4253 10',
    reason: disconnectReasons.serviceNotAvailable,
  });
}

function authenticationError(message: string): ProtocolError {
  return new ProtocolError('authentication', message, { clause: 'RFC 4252 5' });
}
