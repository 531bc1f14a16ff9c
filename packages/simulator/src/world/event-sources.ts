/** Turns what kernel and network tell into the events of a world. */
import { type ErrnoName, type SocketAddress, tellsMissingCode } from '@seashell/system';
import type { Host, HostEvents } from '../kernel/host.ts';
import type { Process } from '../kernel/process.ts';
import type { Terminal } from '../kernel/terminal.ts';
import type { Origin } from '../network/connecting.ts';
import type { NetworkEvents, OpenConnection } from '../network/network.ts';
import type { ConnectionEnd, WorldEventBody } from './events.ts';
import { userName } from './take-snapshot.ts';

export interface EventSink {
  emit(event: WorldEventBody): void;
  processEnded(host: Host, process: Process): void;
  crashed(error: unknown): void;
  reached(host: string): void;
}

export function hostEvents(sink: EventSink): HostEvents {
  return {
    started: (host, process) => sink.emit(processStarted(host, process)),
    replaced: (host, process) => sink.emit(processReplaced(host, process)),
    ended(host, process, status) {
      sink.emit({ type: 'processEnded', host: host.name, pid: status.pid, argv: process.argv, status });
      sink.processEnded(host, process);
    },
    crashed(host, process, error) {
      sink.emit({ type: 'crashed', host: host.name, pid: process.pid, argv: process.argv, error });
      sink.crashed(error);
    },
    logged(host, process, entry) {
      sink.emit({ type: 'logged', host: host.name, pid: process.pid, entry });
      if (tellsMissingCode(entry)) sink.emit({ type: 'codeMissing', host: host.name });
    },
    listening: (host, process, on) => sink.emit({ type: 'listening', host: host.name, pid: process.pid, on }),
    inputAwaited: (host, process, terminal) => sink.emit(inputAwaited(host, process, terminal)),
  };
}

function processStarted(host: Host, process: Process): WorldEventBody {
  const { pid, parentPid, argv, worldSession: session } = process;
  const user = userName(host, process.credentials.uid);
  return { type: 'processStarted', host: host.name, pid, parentPid, argv, user, session };
}

function processReplaced(host: Host, process: Process): WorldEventBody {
  const { pid, argv, worldSession: session } = process;
  const user = userName(host, process.credentials.uid);
  return { type: 'processReplaced', host: host.name, pid, argv, user, session };
}

function inputAwaited(host: Host, process: Process, terminal: Terminal): WorldEventBody {
  const { ECHO: echo, ICANON: canonical } = terminal.discipline.attributes;
  const { pid, argv, worldSession: session } = process;
  return { type: 'inputAwaited', session, host: host.name, pid, argv, echo, canonical };
}

export function networkEvents(sink: EventSink): NetworkEvents {
  return {
    opened: (connection) => sink.emit(connectionOpened(connection)),
    failed: (origin, to, error) => sink.emit(connectionFailed(origin, to, error)),
    closed: (connection, reason) => sink.emit({ type: 'connectionClosed', connection: connection.number, reason }),
    reached: (host) => sink.reached(host),
  };
}

function connectionOpened({ number, origin, target }: OpenConnection): WorldEventBody {
  const to = { ...target.address, host: target.host, pid: undefined };
  return { type: 'connectionOpened', connection: number, from: endOf(origin), to };
}

function connectionFailed(origin: Origin, to: SocketAddress, error: ErrnoName): WorldEventBody {
  const reasons = { ECONNREFUSED: 'refused', ETIMEDOUT: 'timedOut' } as const;
  const reason = error === 'ECONNREFUSED' || error === 'ETIMEDOUT' ? reasons[error] : 'unreachable';
  return { type: 'connectionFailed', from: endOf(origin), to, reason };
}

function endOf({ host, pid, address }: Origin): ConnectionEnd {
  return { ...address, host, pid };
}
