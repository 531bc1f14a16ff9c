/**
 * OpenSSH's log: a level, and lines to stderr (ended by CR LF, since the terminal may be raw), to a file, or to syslog.
 * Texts are given without prefix; debug lines get theirs here, and in syslog also `error: ` and `fatal: `.
 */
import { isSystemError, type LogEntry, type System } from '@seashell/system';
import { writeAll } from '../storage/write-all.ts';
import { makeSafe, makeVisible } from './visible.ts';

const levels = ['QUIET', 'FATAL', 'ERROR', 'INFO', 'VERBOSE', 'DEBUG1', 'DEBUG2', 'DEBUG3'] as const;

export type LogLevel = (typeof levels)[number];

export type LogDestination =
  | { readonly type: 'descriptor'; readonly descriptor: number }
  | { readonly type: 'syslog'; readonly facility: LogEntry['facility'] };

export interface LoggingSystem {
  readonly streams: Pick<System['streams'], 'write'>;
  readonly process: Pick<System['process'], 'log' | 'exit'>;
}

const severities = {
  FATAL: 'error',
  ERROR: 'error',
  INFO: 'info',
  VERBOSE: 'info',
  DEBUG1: 'debug',
  DEBUG2: 'debug',
  DEBUG3: 'debug',
} as const;

const prefixes = { DEBUG1: 'debug1: ', DEBUG2: 'debug2: ', DEBUG3: 'debug3: ' } as const;
const syslogPrefixes = { ...prefixes, FATAL: 'fatal: ', ERROR: 'error: ' } as const;

type MessageLevel = keyof typeof severities;

/** A line before it is written. */
export interface LogLine {
  readonly level: MessageLevel;
  readonly text: string;
}

function prefixOf(level: MessageLevel, table: Readonly<Partial<Record<MessageLevel, string>>>): string {
  return table[level] ?? '';
}

/** LogLevel's argument as a level; `DEBUG` is DEBUG1 (ssh_config(5) LogLevel). */
export function parseLogLevel(text: string): LogLevel | undefined {
  const upper = text.toUpperCase();
  return upper === 'DEBUG' ? 'DEBUG1' : levels.find((level) => level === upper);
}

export class Log {
  readonly #system: LoggingSystem;
  readonly #identity: string;
  level: LogLevel;
  destination: LogDestination;
  /** Stands behind each line: ` [preauth]`. */
  suffix = '';

  constructor(
    system: LoggingSystem,
    options: { readonly identity: string; readonly level: LogLevel; readonly destination: LogDestination },
  ) {
    this.#system = system;
    this.#identity = options.identity;
    this.level = options.level;
    this.destination = options.destination;
  }

  /** Whether lines of `level` are written at all: asked before a costly line is made. */
  has(level: LogLevel): boolean {
    return levels.indexOf(level) <= levels.indexOf(this.level);
  }

  /** One level more talkative, as each `-v` or `-d` makes it; DEBUG3 is the end. */
  raise(): void {
    const at = Math.max(levels.indexOf(this.level), levels.indexOf('VERBOSE'));
    this.level = levels[Math.min(at + 1, levels.length - 1)] ?? this.level;
  }

  /** Moves the level by steps, between QUIET and DEBUG3: the escapes `~v` and `~V`. */
  change(steps: number): void {
    const at = levels.indexOf(this.level) + steps;
    this.level = levels[Math.min(Math.max(at, 0), levels.length - 1)] ?? this.level;
  }

  async write(level: MessageLevel, text: string): Promise<void> {
    if (!this.has(level)) return;
    if (this.destination.type === 'syslog') {
      const message = makeVisible(`${prefixOf(level, syslogPrefixes)}${text}${this.suffix}`);
      const { facility } = this.destination;
      await this.#system.process.log({ facility, severity: severities[level], identity: this.#identity, message });
      return;
    }
    await this.#writeLine(this.destination.descriptor, `${prefixOf(level, prefixes)}${text}${this.suffix}`);
  }

  async #writeLine(descriptor: number, line: string): Promise<void> {
    try {
      await writeAll(this.#system.streams, descriptor, `${makeSafe(line)}\r\n`);
    } catch (error) {
      // Nobody reads stderr any more: OpenSSH ignores that too.
      if (!isSystemError(error)) throw error;
    }
  }

  error(text: string): Promise<void> {
    return this.write('ERROR', text);
  }

  /** OpenSSH's logit(). */
  info(text: string): Promise<void> {
    return this.write('INFO', text);
  }

  verbose(text: string): Promise<void> {
    return this.write('VERBOSE', text);
  }

  debug1(text: string): Promise<void> {
    return this.write('DEBUG1', text);
  }

  debug2(text: string): Promise<void> {
    return this.write('DEBUG2', text);
  }

  debug3(text: string): Promise<void> {
    return this.write('DEBUG3', text);
  }

  /** Says why and ends the process with status 255. */
  async fatal(text: string): Promise<never> {
    await this.write('FATAL', text);
    return this.#system.process.exit(255);
  }
}
