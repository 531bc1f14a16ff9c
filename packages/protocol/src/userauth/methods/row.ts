/** A row of the table of authentication methods: one file each, and a line in `index.ts`. Specification: RFC 4252 5. */
import type { CryptoProvider } from '@seashell/core/crypto';
import type { ClientAuthenticationMethod } from '../../commands.ts';
import type { Conversation } from '../../conversation.ts';
import type { ClientEvent, OfferedAuthentication, ServerEvent } from '../../events.ts';
import type { UserauthRequest } from '../../messages/userauth.ts';

/** What both roles' methods work with. */
export interface AuthenticationContext {
  readonly sessionId: Uint8Array;
  readonly crypto: CryptoProvider;
  send(payload: Uint8Array): void;
  tell(event: ClientEvent | ServerEvent): void;
}

/** One attempt of a client. */
export interface ClientAttempt<Method = ClientAuthenticationMethod> {
  readonly context: AuthenticationContext;
  readonly user: string;
  readonly service: string;
  readonly method: Method;
}

/** How an attempt ended: `continues` means that the owner decides what comes next. */
export type AttemptOutcome = 'succeeded' | 'continues';

/** One request to a server. */
export interface ServerRequest {
  readonly context: AuthenticationContext;
  readonly request: UserauthRequest;
  /** Signature algorithms of users' keys that are taken. */
  readonly publicKeyAlgorithms: readonly string[];
}

type Refusal = Extract<ServerEvent, { readonly type: 'authenticationRefused' }>['cause'];

/** What a request offers, or why it cannot be granted. */
export type Offer =
  | { readonly ok: true; readonly offered: OfferedAuthentication }
  | { readonly ok: false; readonly cause: Refusal };

export interface AuthenticationMethodRow {
  readonly name: ClientAuthenticationMethod['type'];
  /** The client's side of one attempt. */
  readonly attempt: (attempt: ClientAttempt) => Conversation<AttemptOutcome>;
  /** The server's reading of one request. Throws DecodeError. */
  readonly readOffer: (request: ServerRequest) => Offer;
}

type MethodNamed<N> = Extract<ClientAuthenticationMethod, { readonly type: N }>;

interface RowDefinition<N extends ClientAuthenticationMethod['type']> {
  readonly name: N;
  readonly attempt: (attempt: ClientAttempt<MethodNamed<N>>) => Conversation<AttemptOutcome>;
  readonly readOffer: (request: ServerRequest) => Offer;
}

/** Makes a row that can stand in the table beside those of other methods. */
export function authenticationMethodRow<N extends ClientAuthenticationMethod['type']>(
  definition: RowDefinition<N>,
): AuthenticationMethodRow {
  const { name, readOffer } = definition;
  return {
    name,
    readOffer,
    attempt(attempt) {
      const { method } = attempt;
      if (!isNamed(method, name)) throw new Error(`assertion failed: row ${name} was given ${method.type}`);
      return definition.attempt({ ...attempt, method });
    },
  };
}

function isNamed<N extends ClientAuthenticationMethod['type']>(
  method: ClientAuthenticationMethod,
  name: N,
): method is MethodNamed<N> {
  return method.type === name;
}
