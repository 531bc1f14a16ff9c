/** A world at one moment, as plain data for views: the map, tables of processes and sockets. */
import type { SignalName, SocketAddress } from '@seashell/system';
import type { ConnectionEnd } from './events.ts';

export interface WorldSnapshot {
  readonly step: number;
  /** Virtual time, in milliseconds since the epoch. */
  readonly timeMilliseconds: number;
  readonly hosts: readonly HostSnapshot[];
  readonly connections: readonly ConnectionSnapshot[];
}

export interface HostSnapshot {
  readonly name: string;
  readonly openSsh: '10' | '6.6';
  readonly addresses: readonly string[];
  /** Whether its cable is in. */
  readonly up: boolean;
  readonly processes: readonly ProcessSnapshot[];
  readonly listeners: readonly ListenerSnapshot[];
}

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

export interface DescriptorSnapshot {
  readonly descriptor: number;
  /** As the link in /proc/PID/fd: `/etc/passwd`, `pipe:[12]`, `socket:[7]`. */
  readonly target: string;
}

export interface ListenerSnapshot extends SocketAddress {
  readonly pid: number;
}

export interface ConnectionSnapshot {
  readonly connection: number;
  readonly from: ConnectionEnd;
  readonly to: ConnectionEnd;
  readonly openedMilliseconds: number;
  readonly bytesSent: number;
  readonly bytesReceived: number;
}
