/** Channel request `pty-req`: a terminal for the session, with its modes. Specification: RFC 4254 6.2, 8. */
import { inString, codec, struct, uint32, utf8, type Codec } from '@seashell/core/wire';
import type { TerminalMode } from '../channel-requests.ts';
import { channelRequestRow } from './row.ts';

/** TTY_OP_END, and the first opcode whose argument nobody knows: both end the list. */
const endOpcode = 0;
const firstUnknownOpcode = 160;

const terminalModes: Codec<readonly TerminalMode[]> = codec({
  type: 'terminal modes',
  read(reader) {
    const modes: TerminalMode[] = [];
    while (reader.remaining > 0) {
      const opcode = reader.byte();
      if (opcode === endOpcode || opcode >= firstUnknownOpcode) break;
      modes.push({ opcode, value: reader.uint32() });
    }
    reader.take(reader.remaining);
    return modes;
  },
  write(writer, modes) {
    for (const { opcode, value } of modes) {
      writer.byte(opcode);
      writer.uint32(value);
    }
    writer.byte(endOpcode);
  },
});

const data = struct('pty-req', {
  terminal: utf8,
  columns: uint32,
  rows: uint32,
  widthPixels: uint32,
  heightPixels: uint32,
  modes: inString(terminalModes),
});

export const ptyRequest = channelRequestRow({
  name: 'pty-req',
  receivers: ['server'],
  decode: (bytes) => ({ name: 'pty-req', ...data.decode(bytes) }),
  encode: (request) => data.encode(request),
});
