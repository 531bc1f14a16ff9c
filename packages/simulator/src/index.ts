/** The virtual System and the worlds of hosts that run on it. */
export type { ProgramRegistry, RegisteredProgram } from './kernel/program-registry.ts';
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
