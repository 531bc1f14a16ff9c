/** Channel request `window-change`. Specification: RFC 4254 6.7. */
import { struct, uint32 } from '@seashell/core/wire';
import { channelRequestRow } from './row.ts';

const data = struct('window-change', { columns: uint32, rows: uint32, widthPixels: uint32, heightPixels: uint32 });

export const windowChange = channelRequestRow({
  name: 'window-change',
  receivers: ['server'],
  decode: (bytes) => ({ name: 'window-change', ...data.decode(bytes) }),
  encode: (request) => data.encode(request),
});
