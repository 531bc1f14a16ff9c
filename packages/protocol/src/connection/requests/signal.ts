/** Channel request `signal`. Specification: RFC 4254 6.9. */
import { name, struct } from '@seashell/core/wire';
import { channelRequestRow } from './row.ts';

const data = struct('signal', { signal: name });

export const signal = channelRequestRow({
  name: 'signal',
  receivers: ['server'],
  decode: (bytes) => ({ name: 'signal', ...data.decode(bytes) }),
  encode: (request) => data.encode(request),
});
