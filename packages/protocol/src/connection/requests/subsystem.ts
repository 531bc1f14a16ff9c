/** Channel request `subsystem`. Specification: RFC 4254 6.5. */
import { struct, utf8 } from '@seashell/core/wire';
import { channelRequestRow } from './row.ts';

const data = struct('subsystem', { subsystem: utf8 });

export const subsystem = channelRequestRow({
  name: 'subsystem',
  receivers: ['server'],
  decode: (bytes) => ({ name: 'subsystem', ...data.decode(bytes) }),
  encode: (request) => data.encode(request),
});
