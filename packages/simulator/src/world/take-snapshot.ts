/** A world as plain data, taken between two steps. */
import type { SignalName } from '@seashell/system';
import { findAccount } from '../kernel/find-account.ts';
import type { Host } from '../kernel/host.ts';
import { stateOf } from '../kernel/proc-status.ts';
import type { Process } from '../kernel/process.ts';
import type { OpenConnection } from '../network/network.ts';
import { ListenerDescription, SocketDescription } from '../network/sockets.ts';
import type { TcpEnd } from '../network/connection.ts';
import type { ConnectionEnd } from './events.ts';
import type { ConnectionSnapshot, HostSnapshot, ListenerSnapshot, ProcessSnapshot, WorldSnapshot } from './snapshot.ts';
import { holders, type WaitingWorld } from './waiting.ts';

export interface SnapshotWorld extends WaitingWorld {
  readonly step: number;
  readonly nowMilliseconds: number;
}

export function takeSnapshot(world: SnapshotWorld): WorldSnapshot {
  return {
    step: world.step,
    timeMilliseconds: world.nowMilliseconds,
    hosts: world.hosts.map(hostSnapshot),
    connections: world.connections().map((connection) => connectionSnapshot(world, connection)),
  };
}

/** The account's name, or the number where there is none. */
export function userName(host: Host, uid: number): string {
  return findAccount(host.fileSystem, { uid })?.name ?? String(uid);
}

function hostSnapshot(host: Host): HostSnapshot {
  const { name, openSsh, network, processes } = host;
  return {
    name,
    openSsh,
    addresses: network.routes.addressesOf(name),
    up: network.isUp(name),
    processes: processes.list().map((process) => processSnapshot(host, process)),
    listeners: processes.list().flatMap(listenersOf),
  };
}

function processSnapshot(host: Host, process: Process): ProcessSnapshot {
  const { pid, parentPid, processGroup, sessionId, argv, controllingTerminal } = process;
  return {
    pid,
    parentPid,
    processGroup,
    sessionId,
    uid: process.credentials.uid,
    user: userName(host, process.credentials.uid),
    argv,
    state: stateOf(process),
    terminal: controllingTerminal?.name,
    foreground: controllingTerminal?.foreground === processGroup,
    startMilliseconds: host.millisecondsAt(process.startMicroseconds),
    cpuMicroseconds: process.task.cpuMicroseconds,
    descriptors: process.descriptors.entries().map(([descriptor, { target }]) => ({ descriptor, target })),
    handledSignals: handledSignals(process),
  };
}

function handledSignals(process: Process): readonly SignalName[] {
  return [...process.dispositions].filter(([, disposition]) => disposition === 'handle').map(([signal]) => signal);
}

function listenersOf(process: Process): readonly ListenerSnapshot[] {
  return process.descriptors.entries().flatMap(([, description]) => {
    return description instanceof ListenerDescription ? [{ ...description.local, pid: process.pid }] : [];
  });
}

function connectionSnapshot(world: WaitingWorld, connection: OpenConnection): ConnectionSnapshot {
  const { number, near, far, origin, target } = connection;
  const host = world.hosts[0];
  return {
    connection: number,
    from: endSnapshot(world, near, origin.host),
    to: endSnapshot(world, far, target.host),
    openedMilliseconds: host?.millisecondsAt(connection.openedMicroseconds) ?? 0,
    bytesSent: near.bytesSent,
    bytesReceived: near.bytesReceived,
  };
}

function endSnapshot(world: WaitingWorld, end: TcpEnd, host: string | undefined): ConnectionEnd {
  const [holder] = holders(world, (description) => description instanceof SocketDescription && description.end === end);
  return { ...end.local, host, pid: holder?.pid };
}
