/** Channel request `eow@openssh.com`, which has no fields. Specification: OpenSSH PROTOCOL 2.1. */
import { struct } from '@seashell/core/wire';
import { channelRequestRow } from './row.ts';

const data = struct('eow@openssh.com', {});

export const endOfWrite = channelRequestRow({
  name: 'eow@openssh.com',
  receivers: ['client', 'server'],
  decode: (bytes) => ({ name: 'eow@openssh.com', ...data.decode(bytes) }),
  encode: () => data.encode({}),
});
