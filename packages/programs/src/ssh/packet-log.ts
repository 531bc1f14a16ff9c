/** `debug3: send packet: type 20`: the packets of a connection as -vvv tells them, kept until there is time to write them. */
import type { TraceEntry } from '@seashell/protocol';
import type { Log } from '../logging/log.ts';

/** ssh_packet_log_type(): what flows all the time is not told. */
const untold: readonly number[] = [93, 94, 95];

export class PacketLog {
  #lines: string[] = [];

  /** A trace listener. */
  readonly take = (entry: TraceEntry): void => {
    if (entry.type !== 'packet' || untold.includes(entry.message)) return;
    this.#lines.push(`${entry.direction === 'sent' ? 'send' : 'receive'} packet: type ${entry.message}`);
  };

  /** Differs from OpenSSH: packets that came in one piece are told together, before what follows from them. */
  async write(log: Log): Promise<void> {
    const lines = this.#lines;
    this.#lines = [];
    for (const line of lines) await log.debug3(line);
  }
}
