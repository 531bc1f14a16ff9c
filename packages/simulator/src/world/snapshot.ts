/** A world at one moment, as plain data for views: the map, tables of processes and sockets. */
import type { SignalName, SocketAddress } from '@seashell/system';
import type { ConnectionEnd } from './events.ts';

/** A world at one moment, as data: for views, never for programs. */
export interface WorldSnapshot {
  readonly step: number;
  /** Virtual time, in milliseconds since the epoch. */
  readonly timeMilliseconds: number;
  readonly hosts: readonly HostSnapshot[];
  readonly connections: readonly ConnectionSnapshot[];
}

/** A host at one moment. */
export interface HostSnapshot {
  readonly name: string;
  readonly openSsh: '10' | '6.6';
  readonly addresses: readonly string[];
  /** Whether its cable is in. */
  readonly up: boolean;
  readonly processes: readonly ProcessSnapshot[];
  readonly listeners: readonly ListenerSnapshot[];
}

/** A process at one moment, as ps(1) and /proc tell of it. */
export interface ProcessSnapshot {
  readonly pid: number;
  readonly parentPid: number;
  readonly processGroup: number;
  readonly sessionId: number;
  readonly uid: number;
  readonly user: string;
  readonly argv: readonly string[];
  /** As ps(1) shows it: running or ready, waiting, stopped, ended and not yet waited for. */
  readonly state: 'R' | 'S' | 'T' | 'Z';
  /** `pts/0`; undefined without a controlling terminal. */
  readonly terminal: string | undefined;
  readonly foreground: boolean;
  readonly startMilliseconds: number;
  readonly cpuMicroseconds: number;
  readonly descriptors: readonly DescriptorSnapshot[];
  readonly handledSignals: readonly SignalName[];
}

/** An open descriptor of a process. */
export interface DescriptorSnapshot {
  readonly descriptor: number;
  /** As the link in /proc/PID/fd: `/etc/passwd`, `pipe:[12]`, `socket:[7]`. */
  readonly target: string;
}

/** A listening socket, and whose it is. */
export interface ListenerSnapshot extends SocketAddress {
  readonly pid: number;
}

/** A TCP connection, by both its ends. */
export interface ConnectionSnapshot {
  readonly connection: number;
  readonly from: ConnectionEnd;
  readonly to: ConnectionEnd;
  readonly openedMilliseconds: number;
  readonly bytesSent: number;
  readonly bytesReceived: number;
}
