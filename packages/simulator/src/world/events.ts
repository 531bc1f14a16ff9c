/** What happens in a world, as data for views. Events are told as they happen; none is an input, and nobody needs to listen. */
import type { LogEntry, SocketAddress, WaitStatus } from '@seashell/system';

interface EventBase {
  readonly step: number;
  /** Virtual time, in milliseconds since the epoch. */
  readonly timeMilliseconds: number;
}

/** What happened; `type` tells it. */
export type WorldEventBody =
  | {
      readonly type: 'processStarted';
      readonly host: string;
      readonly pid: number;
      readonly parentPid: number;
      readonly argv: readonly string[];
      readonly user: string;
      /** The session whose terminal or streams it descends from; undefined for daemons. */
      readonly session: number | undefined;
    }
  /** A process runs another program now, execve(2). */
  | {
      readonly type: 'processReplaced';
      readonly host: string;
      readonly pid: number;
      readonly argv: readonly string[];
      readonly user: string;
      readonly session: number | undefined;
    }
  | {
      readonly type: 'processEnded';
      readonly host: string;
      readonly pid: number;
      readonly argv: readonly string[];
      readonly status: WaitStatus;
    }
  | {
      readonly type: 'connectionOpened';
      readonly connection: number;
      readonly from: ConnectionEnd;
      readonly to: ConnectionEnd;
    }
  | {
      readonly type: 'connectionFailed';
      readonly from: ConnectionEnd;
      readonly to: SocketAddress;
      readonly reason: 'refused' | 'timedOut' | 'unreachable';
    }
  | { readonly type: 'connectionClosed'; readonly connection: number; readonly reason: 'closed' | 'reset' }
  | { readonly type: 'listening'; readonly host: string; readonly pid: number; readonly on: SocketAddress }
  | { readonly type: 'logged'; readonly host: string; readonly pid: number; readonly entry: LogEntry }
  /** The code of a service or of a host's keys did not come, as without a network, and so the host does not answer; the log says why. */
  | { readonly type: 'codeMissing'; readonly host: string }
  /** The foreground process of a terminal began to wait for input: a prompt of the shell, a question, a password. */
  | {
      readonly type: 'inputAwaited';
      /** The outermost session, at which a person sits; undefined for a terminal without one. */
      readonly session: number | undefined;
      readonly host: string;
      readonly pid: number;
      readonly argv: readonly string[];
      readonly echo: boolean;
      readonly canonical: boolean;
    }
  | { readonly type: 'sessionEnded'; readonly session: number; readonly status: WaitStatus }
  | { readonly type: 'linkChanged'; readonly host: string; readonly up: boolean }
  /** A program threw what it should have caught: a bug of ours, whose process was ended. */
  | {
      readonly type: 'crashed';
      readonly host: string;
      readonly pid: number;
      readonly argv: readonly string[];
      readonly error: unknown;
    };

/** Something that happened in a world, when and at which step. */
export type WorldEvent = EventBase & WorldEventBody;

/** One end of a connection: where, and whose. */
export interface ConnectionEnd extends SocketAddress {
  /** Undefined for the outside of `connectFromOutside`. */
  readonly host: string | undefined;
  readonly pid: number | undefined;
}
