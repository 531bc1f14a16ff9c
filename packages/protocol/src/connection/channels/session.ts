/** Channel type `session`: a shell, a command or a subsystem. Only clients open it. Specification: RFC 4254 6.1. */
import { struct } from '@seashell/core/wire';
import type { ChannelTypeRow } from './row.ts';

const data = struct('session', {});

export const session: ChannelTypeRow = {
  type: 'session',
  openers: ['client'],
  isSession: true,
  decode: (bytes) => ({ type: 'session', ...data.decode(bytes) }),
  encode: () => data.encode({}),
};
