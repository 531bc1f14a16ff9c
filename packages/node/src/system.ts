/** `System` for the Node process that runs this: its files, its network, its terminal. */
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { System } from '@seashell/system';
import { Children } from './children.ts';
import { DescriptorTable } from './descriptor-table.ts';
import { createFiles } from './files.ts';
import type { Machine } from './machine.ts';
import { createNetwork } from './network.ts';
import { OperationGuard } from './operation-guard.ts';
import { createProcess } from './process.ts';
import { addStandardStreams } from './standard-streams.ts';
import { createStreams } from './streams.ts';
import { createTerminal } from './terminal.ts';
import { Waker } from './waker.ts';

/** What the program that makes the System decides for it. */
export interface NodeSystemOptions {
  /** What `detach` does; ENOTSUP if left out. */
  readonly detach?: () => Promise<void>;
}

/** One per Node process: it owns the standard streams and the signals. */
export function createNodeSystem(options: NodeSystemOptions = {}): System {
  const machine: Machine = {
    table: new DescriptorTable(),
    guard: new OperationGuard(),
    waker: new Waker(),
    pendingSignals: [],
    childWaits: () => children.someEnded,
  };
  const children = new Children(machine);
  addStandardStreams(machine);
  return {
    process: createProcess({ machine, children, detach: options.detach }),
    files: createFiles(machine),
    streams: createStreams(machine),
    network: createNetwork(machine),
    terminal: createTerminal(machine),
    clock: { now: () => Date.now(), monotonic: () => performance.now(), utcOffsetSeconds },
    random: { bytes: (lengthBytes) => new Uint8Array(randomBytes(lengthBytes)) },
    host: { openSsh: '10', hostname: hostname() },
  };
}

/** The last moment of Date, in seconds on either side of the epoch. */
const lastDateSeconds = 8.64e12;

/** Beyond the years of Date as in the last of them. */
function utcOffsetSeconds(epochSeconds: number): number {
  const seconds = Math.min(Math.max(epochSeconds, -lastDateSeconds), lastDateSeconds);
  return Math.round(0 - 60 * new Date(seconds * 1000).getTimezoneOffset());
}
