/**
 * Whether a terminal waits for the person before it: its foreground process waits on it, nothing can run, and nobody on whom that
 * process depends, over pipes, connections and further terminals on any host, is asleep until some time.
 */
import type { Host } from '../kernel/host.ts';
import { PipeReader, PipeWriter } from '../kernel/pipe.ts';
import type { Process } from '../kernel/process.ts';
import { ControllerDescription, type Terminal } from '../kernel/terminal.ts';
import type { OpenConnection } from '../network/network.ts';
import { SocketDescription } from '../network/sockets.ts';

export interface WaitingWorld {
  readonly hosts: readonly Host[];
  connections(): readonly OpenConnection[];
}

export function isWaitingForPerson(world: WaitingWorld, host: Host, terminal: Terminal): boolean {
  const foreground = host.processes.group(terminal.foreground);
  const sides = [...terminal.openSides];
  const isAwaited = foreground.some((process) => sides.some((side) => side.readableQueue.has(process.task)));
  return isAwaited && !someAsleep(world, foreground);
}

function someAsleep(world: WaitingWorld, start: readonly Process[]): boolean {
  const seen = new Set<Process>(start);
  for (const process of seen) {
    if (process.task.waiting === 'time' && !process.task.stopped) return true;
    for (const next of dependencies(world, process)) seen.add(next);
  }
  return false;
}

/** Who may make `process` go on: the other ends of what it has open. */
function dependencies(world: WaitingWorld, process: Process): readonly Process[] {
  const found: Process[] = [];
  for (const [, description] of process.descriptors.entries()) {
    if (description instanceof ControllerDescription) found.push(...foregroundOf(world, description.terminal));
    if (description instanceof SocketDescription) found.push(...peersOf(world, description));
    if (description instanceof PipeReader || description instanceof PipeWriter) {
      found.push(...sharersOf(world, description));
    }
  }
  return found;
}

function foregroundOf(world: WaitingWorld, terminal: Terminal): readonly Process[] {
  const host = world.hosts.find((each) => each.terminal(terminal.number) === terminal);
  return host?.processes.group(terminal.foreground) ?? [];
}

function peersOf(world: WaitingWorld, socket: SocketDescription): readonly Process[] {
  const connection = world.connections().find(({ near, far }) => near === socket.end || far === socket.end);
  if (connection === undefined) return [];
  const peer = connection.near === socket.end ? connection.far : connection.near;
  return holders(world, (description) => description instanceof SocketDescription && description.end === peer);
}

function sharersOf(world: WaitingWorld, end: PipeReader | PipeWriter): readonly Process[] {
  return holders(world, (description) => {
    return (description instanceof PipeReader || description instanceof PipeWriter) && description.pipe === end.pipe;
  });
}

/** The processes of all hosts that have such a description open. */
export function holders(world: WaitingWorld, has: (description: unknown) => boolean): readonly Process[] {
  return world.hosts.flatMap((host) => {
    return host.processes.list().filter((process) => process.descriptors.entries().some(([, each]) => has(each)));
  });
}
