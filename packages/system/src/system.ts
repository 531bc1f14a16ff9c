/**
 * `System`: all that a program may ask of the machine, scoped to one process. The virtual kernel and Node implement it under one
 * contract suite. A process has at most one operation in flight; waiting for several things is one operation, `poll`.
 */
import type { FileOperations } from './files.ts';
import type { NetworkOperations } from './network.ts';
import type { ProcessOperations } from './process.ts';
import type { StreamOperations } from './streams.ts';
import type { TerminalOperations } from './terminal.ts';

/** The clocks of the machine; reading them takes no operation. */
export interface ClockReadings {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Milliseconds since some moment; only moves forward. `poll`'s deadlines are on this clock. */
  monotonic(): number;
  /** How many seconds local time is ahead of UTC at that second since the epoch: localtime(3). */
  utcOffsetSeconds(epochSeconds: number): number;
}

/** The machine's random bytes. */
export interface RandomSource {
  /** Bytes fit for keys; in a virtual world they come from its seed. */
  bytes(lengthBytes: number): Uint8Array;
}

/** What the machine is, for what depends on it: facts, never a way to branch on a lesson or a platform. */
export interface HostFacts {
  /** The OpenSSH version that programs show and whose defaults they take. */
  readonly openSsh: '10' | '6.6';
  /** This machine's own name. */
  readonly hostname: string;
}

/** What a program may ask of the machine, scoped to its process. A program takes the part that it needs: `Pick<System, 'files'>`. */
export interface System {
  readonly process: ProcessOperations;
  readonly files: FileOperations;
  readonly streams: StreamOperations;
  readonly network: NetworkOperations;
  readonly terminal: TerminalOperations;
  readonly clock: ClockReadings;
  readonly random: RandomSource;
  readonly host: HostFacts;
}

/**
 * A program: `argv[0]` is its name. Resolves to its exit status, 0 to 255. Between two operations it may compute and await the
 * platform (`import()`), but must not start timers or wait for two operations at once.
 */
export type Program = (system: System, argv: readonly string[]) => Promise<number>;
