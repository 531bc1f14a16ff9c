/** The log of a program that speaks on stderr. */
import { Log, type LogLevel, type LoggingSystem } from './log.ts';

export function createStderrLog(system: LoggingSystem, identity: string, level: LogLevel = 'INFO'): Log {
  return new Log(system, { identity, level, destination: { type: 'descriptor', descriptor: 2 } });
}
