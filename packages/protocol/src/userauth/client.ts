/** The client's authentication as a conversation: the service, then one attempt after another. Specification: RFC 4252, 4253 10. */
import { awaitCommand, awaitMessage, type Conversation } from '../conversation.ts';
import { serviceAccept, serviceRequest } from '../messages/transport.ts';
import { disconnectReasons, ProtocolError } from '../protocol-error.ts';
import { findAuthenticationMethod } from './methods/index.ts';
import type { AuthenticationContext } from './methods/row.ts';

const authenticationService = 'ssh-userauth';
const connectionService = 'ssh-connection';

/** Ends when the server lets the user in. */
export function* authenticateClient(context: AuthenticationContext): Conversation<void> {
  context.send(serviceRequest.encode({ number: 5, service: authenticationService }));
  const { service } = serviceAccept.decode(yield* awaitMessage(6));
  if (service !== authenticationService) {
    throw new ProtocolError('authentication', `expected the service ${authenticationService}, found ${service}`, {
      clause: 'RFC 4253 10',
      reason: disconnectReasons.serviceNotAvailable,
    });
  }
  context.tell({ type: 'authenticationReady' });
  for (;;) {
    const command = yield* awaitCommand('authenticate');
    const { user, method } = command;
    const row = findAuthenticationMethod(method.type);
    if (row === undefined) throw new Error(`assertion failed: no row for ${method.type}`);
    const outcome = yield* row.attempt({ context, user, service: command.service ?? connectionService, method });
    if (outcome === 'succeeded') {
      context.tell({ type: 'authenticationSucceeded', user, method: method.type });
      return;
    }
  }
}
