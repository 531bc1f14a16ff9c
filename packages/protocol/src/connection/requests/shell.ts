/** Channel request `shell`, which has no fields. Specification: RFC 4254 6.5. */
import { struct } from '@seashell/core/wire';
import { channelRequestRow } from './row.ts';

const data = struct('shell', {});

export const shell = channelRequestRow({
  name: 'shell',
  receivers: ['server'],
  decode: (bytes) => ({ name: 'shell', ...data.decode(bytes) }),
  encode: () => data.encode({}),
});
