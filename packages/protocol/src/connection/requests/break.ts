/** Channel request `break`. Specification: RFC 4335 3. */
import { struct, uint32 } from '@seashell/core/wire';
import { channelRequestRow } from './row.ts';

const data = struct('break', { lengthMilliseconds: uint32 });

export const breakRequest = channelRequestRow({
  name: 'break',
  receivers: ['server'],
  decode: (bytes) => ({ name: 'break', ...data.decode(bytes) }),
  encode: (request) => data.encode(request),
});
