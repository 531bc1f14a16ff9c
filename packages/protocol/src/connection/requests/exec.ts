/** Channel request `exec`. Specification: RFC 4254 6.5. */
import { struct, utf8 } from '@seashell/core/wire';
import { channelRequestRow } from './row.ts';

const data = struct('exec', { command: utf8 });

export const exec = channelRequestRow({
  name: 'exec',
  receivers: ['server'],
  decode: (bytes) => ({ name: 'exec', ...data.decode(bytes) }),
  encode: (request) => data.encode(request),
});
