/** A row of the table of channel requests: one file each, and a line in `index.ts`. Specification: RFC 4254 5.4. */
import type { ChannelRequest } from '../channel-requests.ts';

type RequestNamed<N> = Extract<ChannelRequest, { readonly name: N }>;

interface RowDefinition<N extends ChannelRequest['name']> {
  readonly name: N;
  /** Who may be sent it; to others it is refused without asking the owner. */
  readonly receivers: readonly ('client' | 'server')[];
  /** Who answers it: the owner if left out, or a failure without asking. */
  readonly answer?: 'owner' | 'failure';
  /** The request of what follows `want reply`. Throws DecodeError. */
  readonly decode: (data: Uint8Array) => RequestNamed<N>;
  readonly encode: (request: RequestNamed<N>) => Uint8Array;
}

export interface ChannelRequestRow {
  readonly name: ChannelRequest['name'];
  readonly receivers: readonly ('client' | 'server')[];
  readonly answer: 'owner' | 'failure';
  readonly decode: (data: Uint8Array) => ChannelRequest;
  readonly encode: (request: ChannelRequest) => Uint8Array;
}

/** Makes a row that can stand in the table beside those of other requests. */
export function channelRequestRow<N extends ChannelRequest['name']>(definition: RowDefinition<N>): ChannelRequestRow {
  const { name, receivers, answer = 'owner', decode } = definition;
  const encode = (request: ChannelRequest): Uint8Array => {
    if (!isNamed(request, name)) throw new Error(`assertion failed: row ${name} was given ${request.name}`);
    return definition.encode(request);
  };
  return { name, receivers, answer, decode, encode };
}

function isNamed<N extends ChannelRequest['name']>(request: ChannelRequest, name: N): request is RequestNamed<N> {
  return request.name === name;
}
