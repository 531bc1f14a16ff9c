/** The virtual System and the worlds of hosts that run on it. */
export { signalNumbers, type WaitStatus, type WindowSize } from '@seashell/system';
export type { ProgramRegistry, RegisteredProgram } from './kernel/program-registry.ts';
export type { TerminalWriter } from './kernel/terminal.ts';
export type { ConnectionEnd, WorldEvent, WorldEventBody } from './world/events.ts';
export type { InputLog, LoggedInput, WorldInput } from './world/input-log.ts';
export type {
  ConnectionSnapshot,
  DescriptorSnapshot,
  HostSnapshot,
  ListenerSnapshot,
  ProcessSnapshot,
  WorldSnapshot,
} from './world/snapshot.ts';
export type {
  CommandSession,
  OutsideConnection,
  OutsideConnectionOptions,
  RunOptions,
  RunResult,
  TerminalSession,
  Watchdog,
  World,
  WorldOptions,
} from './world/world.ts';
export { createWorld } from './world/create-world.ts';
export { createStandardPrograms, standardPrograms, type StandardProgramOptions } from './world/standard-programs.ts';
export { buildHostFiles, type HostBuild } from './world-definition/build-host.ts';
export { checkWorldDefinition } from './world-definition/check.ts';
export { Results } from './world-definition/results.ts';
