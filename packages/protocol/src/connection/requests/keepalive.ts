/** Channel request `keepalive@openssh.com`, which has no fields. Specification: OpenSSH clientloop.c and serverloop.c, which answer it with a failure. */
import { struct } from '@seashell/core/wire';
import { channelRequestRow } from './row.ts';

const data = struct('keepalive@openssh.com', {});

export const keepalive = channelRequestRow({
  name: 'keepalive@openssh.com',
  receivers: ['client', 'server'],
  answer: 'failure',
  decode: (bytes) => ({ name: 'keepalive@openssh.com', ...data.decode(bytes) }),
  encode: () => data.encode({}),
});
