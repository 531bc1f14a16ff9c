/** Method `publickey`: a query, or a signature over the session and the request. Specification: RFC 4252 7, RFC 8332 3.2. */
import { authenticatorStatementOf, decodePublicKey, verifySignature, type PublicKey } from '@seashell/core/keys';
import { DecodeError, equalBytes } from '@seashell/core/wire';
import type { ClientAuthenticationMethod } from '../../commands.ts';
import { awaitCommand, type Conversation } from '../../conversation.ts';
import { publicKeyFields, publicKeyOk, publicKeyQueryFields, publicKeySignedData } from '../../messages/userauth.ts';
import { ProtocolError } from '../../protocol-error.ts';
import { keyTypeOfAlgorithm } from '../../transport/algorithms/hostkey/index.ts';
import { awaitOutcome, awaitPlainOutcome, sendRequest } from './outcome.ts';
import {
  authenticationMethodRow,
  type AttemptOutcome,
  type ClientAttempt,
  type Offer,
  type ServerRequest,
} from './row.ts';

type PublicKeyAttempt = ClientAttempt<Extract<ClientAuthenticationMethod, { readonly type: 'publickey' }>>;

export const publickey = authenticationMethodRow({
  name: 'publickey',
  attempt: (attempt) => (attempt.method.step === 'query' ? query(attempt) : sign(attempt)),
  readOffer(request) {
    const isSigned = (request.request.methodFields[0] ?? 0) !== 0;
    return isSigned ? readSigned(request) : readQuery(request);
  },
});

function* query(attempt: PublicKeyAttempt): Conversation<AttemptOutcome> {
  const { algorithm, key } = attempt.method;
  sendRequest(attempt, publicKeyQueryFields.encode({ hasSignature: false, algorithm, key }));
  const outcome = yield* awaitOutcome(attempt, 60);
  if (typeof outcome === 'string') return outcome;
  const answer = publicKeyOk.decode(outcome.payload);
  if (answer.algorithm !== algorithm || !equalBytes(answer.key, key)) {
    throw new ProtocolError('authentication', 'expected the queried key in SSH_MSG_USERAUTH_PK_OK, found another', {
      clause: 'RFC 4252 7',
    });
  }
  attempt.context.tell({ type: 'publicKeyAccepted', algorithm, key: answer.key.slice() });
  return 'continues';
}

function* sign(attempt: PublicKeyAttempt): Conversation<AttemptOutcome> {
  const { context, user, service } = attempt;
  const { algorithm } = attempt.method;
  const key = attempt.method.key.slice();
  const data = signedData({ sessionId: context.sessionId, user, service, algorithm, key });
  context.tell({ type: 'signatureWanted', algorithm, key, data });
  const answer = yield* awaitCommand('provideSignature', 'refuseSignature');
  if (answer.type === 'refuseSignature') return 'continues';
  const { signature } = answer;
  sendRequest(attempt, publicKeyFields.encode({ hasSignature: true, algorithm, key, signature }));
  return yield* awaitPlainOutcome(attempt);
}

interface SignedRequest {
  readonly sessionId: Uint8Array;
  readonly user: string;
  readonly service: string;
  readonly algorithm: string;
  readonly key: Uint8Array;
}

function signedData(request: SignedRequest): Uint8Array {
  return publicKeySignedData.encode({ ...request, number: 50, method: 'publickey', hasSignature: true });
}

function readQuery({ request, publicKeyAlgorithms }: ServerRequest): Offer {
  const { algorithm, key } = publicKeyQueryFields.decode(request.methodFields);
  const read = readKey({ algorithm, blob: key, allowed: publicKeyAlgorithms });
  if (!read.ok) return read;
  const keyType = read.key.type;
  const offered = { method: 'publickey', step: 'query', algorithm, keyType, key: key.slice() } as const;
  return { ok: true, offered: { ...offered, statement: undefined } };
}

function readSigned({ context, request, publicKeyAlgorithms }: ServerRequest): Offer {
  const { algorithm, key, signature } = publicKeyFields.decode(request.methodFields);
  const read = readKey({ algorithm, blob: key, allowed: publicKeyAlgorithms });
  if (!read.ok) return read;
  const { user, service } = request;
  const message = signedData({ sessionId: context.sessionId, user, service, algorithm, key });
  const { crypto } = context;
  const isRight = verifySignature({ key: read.key, message, signature, algorithms: [algorithm], crypto });
  if (!isRight) return { ok: false, cause: 'wrong-signature' };
  const keyType = read.key.type;
  const statement = authenticatorStatementOf(read.key, signature);
  return {
    ok: true,
    offered: { method: 'publickey', step: 'signature', algorithm, keyType, key: key.slice(), statement },
  };
}

interface KeyReading {
  readonly algorithm: string;
  readonly blob: Uint8Array;
  readonly allowed: readonly string[];
}

type ReadKey = { readonly ok: true; readonly key: PublicKey } | Extract<Offer, { readonly ok: false }>;

/** A key that may be used with the algorithm. A malformed key is refused, not an error, as in OpenSSH. */
function readKey({ algorithm, blob, allowed }: KeyReading): ReadKey {
  if (!allowed.includes(algorithm)) return { ok: false, cause: 'algorithm-not-allowed' };
  try {
    const key = decodePublicKey(blob);
    return key.type === keyTypeOfAlgorithm(algorithm) ? { ok: true, key } : { ok: false, cause: 'malformed-key' };
  } catch (error) {
    if (error instanceof DecodeError) return { ok: false, cause: 'malformed-key' };
    throw error;
  }
}
