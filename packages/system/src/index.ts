/** The System interface that a program sees, and SystemError. */
export { errnoMessages, isSystemError, SystemError, type ErrnoName } from './errors.ts';
export type { FileOperations, FileStatus, FileType, OpenOptions } from './files.ts';
export { lazyDaemon, lazyProgram, missingCodeWords, tellsMissingCode } from './lazy-program.ts';
export type { NetworkOperations, SocketAddress } from './network.ts';
export type {
  Credentials,
  ExecOptions,
  LogEntry,
  ProcessOperations,
  SpawnOptions,
  UserAccount,
  WaitStatus,
} from './process.ts';
export { isSignalName, signalNumbers, type SignalDisposition, type SignalName } from './signals.ts';
export type { PollResult, StreamOperations, Wait } from './streams.ts';
export type { ClockReadings, HostFacts, Program, RandomSource, System } from './system.ts';
export type { ControlCharacter, TerminalAttributes, TerminalOperations, WindowSize } from './terminal.ts';
