/** What the connection layer is given by the connection that it belongs to. */
import type { ClientEvent, ServerEvent } from '../events.ts';
import type { ProtocolLimits } from '../limits.ts';
import { ProtocolError } from '../protocol-error.ts';
import type { Tracer } from '../tracer.ts';

export interface ConnectionSurroundings {
  readonly role: 'client' | 'server';
  readonly limits: ProtocolLimits;
  readonly tracer: Tracer;
  readonly tell: (event: ClientEvent | ServerEvent) => void;
  readonly send: (payload: Uint8Array) => void;
  /** Sends a payload written straight into the packet; only while `canSendData`. */
  readonly sendWith: (payloadBytes: number, fill: (target: Uint8Array) => void) => void;
  /** False while keys are exchanged. */
  readonly canSendData: () => boolean;
}

/** A rule of RFC 4254 was broken. */
export function channelError(message: string, clause = 'RFC 4254 5'): ProtocolError {
  return new ProtocolError('channel', message, { clause });
}
