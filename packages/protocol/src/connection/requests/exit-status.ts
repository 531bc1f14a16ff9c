/** Channel request `exit-status`. Specification: RFC 4254 6.10. */
import { struct, uint32 } from '@seashell/core/wire';
import { channelRequestRow } from './row.ts';

const data = struct('exit-status', { status: uint32 });

export const exitStatus = channelRequestRow({
  name: 'exit-status',
  receivers: ['client'],
  decode: (bytes) => ({ name: 'exit-status', ...data.decode(bytes) }),
  encode: (request) => data.encode(request),
});
