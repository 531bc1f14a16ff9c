/**
 * The line discipline of a terminal (n_tty of Linux), as a state machine: bytes typed on the controlling side come in, edited
 * lines go to the reader, echo and processed output go back, signals come out for the foreground group. It knows no process.
 */
import type { SignalName, TerminalAttributes, WindowSize } from '@seashell/system';

export declare class LineDiscipline {
  constructor(options?: { readonly attributes?: TerminalAttributes; readonly windowSize?: WindowSize });

  readonly attributes: TerminalAttributes;
  /** `flush` also throws away input that nobody has read. Draining is the caller's matter: wait until `hasOutput` is false. */
  setAttributes(attributes: TerminalAttributes, options?: { readonly flush: boolean }): void;

  readonly windowSize: WindowSize;
  /** Whether it changed, so that SIGWINCH is due. */
  setWindowSize(size: WindowSize): boolean;

  /** The controlling side writes. Gives how many bytes were taken: fewer when the input buffer is full, until the reader reads. */
  receive(bytes: Uint8Array): number;
  /** Whether `receive` would take a byte. */
  readonly canReceive: boolean;

  /** The next input for a reader: `undefined` when it has to wait, an empty array at the end of file (VEOF on an empty line). */
  read(maximumBytes: number): Uint8Array | undefined;
  /** Whether `read` would answer. */
  readonly canRead: boolean;

  /** A program writes. Gives how many bytes were taken: 0 while output is stopped (VSTOP) or the buffer is full. */
  write(bytes: Uint8Array): number;
  /** Whether `write` would take a byte. */
  readonly canWrite: boolean;

  /** Output and echo for the controlling side; empty when there is none. */
  takeOutput(maximumBytes?: number): Uint8Array;
  readonly hasOutput: boolean;

  /** The signals that typed characters raised since the last call, oldest first, for the foreground process group. */
  takeSignals(): readonly SignalName[];
}
