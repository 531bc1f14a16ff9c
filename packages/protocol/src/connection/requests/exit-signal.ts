/** Channel request `exit-signal`. Specification: RFC 4254 6.10. */
import { boolean, name, struct, utf8 } from '@seashell/core/wire';
import { channelRequestRow } from './row.ts';

const data = struct('exit-signal', { signal: name, coreDumped: boolean, message: utf8, language: utf8 });

export const exitSignal = channelRequestRow({
  name: 'exit-signal',
  receivers: ['client'],
  decode: (bytes) => ({ name: 'exit-signal', ...data.decode(bytes) }),
  encode: (request) => data.encode(request),
});
