/** Channel request `env`. Specification: RFC 4254 6.4. */
import { struct, utf8 } from '@seashell/core/wire';
import { channelRequestRow } from './row.ts';

const data = struct('env', { variable: utf8, value: utf8 });

export const env = channelRequestRow({
  name: 'env',
  receivers: ['server'],
  decode: (bytes) => ({ name: 'env', ...data.decode(bytes) }),
  encode: (request) => data.encode(request),
});
