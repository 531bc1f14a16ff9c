/** Child processes: spawn(3) with descriptors, and their ends for `wait`. */
import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { isSignalName, SystemError, type SpawnOptions, type WaitStatus } from '@seashell/system';
import type { OpenEntry } from './descriptor-table.ts';
import type { Machine } from './machine.ts';
import type { OpenStream } from './open-stream.ts';

/** Bytes passed on in one go between a pipe of ours and a child's. */
const pumpBytes = 65_536;

type Stdio = Exclude<StdioOptions, string>[number];

/** How Node hands an entry on: by number, as a socket, or (a pipe of ours) by copying. */
function stdioOf(entry: OpenEntry): Stdio {
  if (entry.type === 'socket') return entry.socket;
  if (entry.type === 'listener') throw new SystemError('ENOTSUP', 'spawn');
  return entry.platformDescriptor ?? 'pipe';
}

/** Copies until an end: a pipe of ours into the child's standard input, for as long as the child has it open. */
async function pumpIn(machine: Machine, from: OpenStream, to: Writable): Promise<void> {
  to.on('error', () => undefined);
  while (!to.destroyed) {
    const bytes = from.read(pumpBytes);
    if (bytes === undefined) await nextChange(machine);
    else if (bytes.length === 0) break;
    else if (!to.write(bytes)) await once(to, 'drain');
  }
  to.end();
}

/** Copies until an end: the child's output into a pipe of ours. */
async function pumpOut(machine: Machine, from: Readable, to: OpenStream): Promise<void> {
  for await (const chunk of from) {
    let rest = new Uint8Array(chunk);
    while (rest.length > 0) {
      const count = to.write(rest);
      rest = rest.subarray(count);
      if (count === 0) await nextChange(machine);
    }
  }
}

/** Pumps look again after a short while: the waker belongs to the process's own operation. */
async function nextChange(machine: Machine): Promise<void> {
  machine.waker.notify();
  await new Promise((resolve) => setTimeout(resolve, 1));
}

export class Children {
  readonly #machine: Machine;
  readonly #running = new Set<number>();
  readonly #ended: WaitStatus[] = [];

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  get someEnded(): boolean {
    return this.#ended.length > 0;
  }

  async spawn(options: SpawnOptions): Promise<number> {
    const numbers = Object.keys(options.descriptors).map(Number);
    const own = (n: number): number => options.descriptors[n] ?? -1;
    const entries = new Map(numbers.map((n) => [n, this.#machine.table.find(own(n), 'spawn')] as const));
    const highest = Math.max(2, ...numbers);
    const stdio = Array.from({ length: highest + 1 }, (_, n): Stdio => {
      const entry = entries.get(n);
      return entry === undefined ? 'ignore' : stdioOf(entry);
    });
    const child = spawn(options.path, options.argv.slice(1), {
      argv0: options.argv[0],
      env: { ...options.environment },
      cwd: options.workingDirectory,
      detached: options.newSession !== undefined || options.processGroup === 0,
      stdio,
      ...(options.credentials === undefined ? {} : { uid: options.credentials.uid, gid: options.credentials.gid }),
    });
    await once(child, 'spawn');
    this.#watch(child);
    for (const [number, entry] of entries) this.#pump(child, { number, entry, own: own(number) });
    return child.pid ?? 0;
  }

  #watch(child: ChildProcess): void {
    const pid = child.pid ?? 0;
    this.#running.add(pid);
    child.on('close', (status, signal) => {
      this.#running.delete(pid);
      const signaled = signal !== null && isSignalName(signal);
      this.#ended.push(signaled ? { type: 'signaled', pid, signal } : { type: 'exited', pid, status: status ?? 255 });
      this.#machine.waker.notify();
    });
  }

  /** The child's end of a pipe of ours lives as long as the child uses it, whatever becomes of the parent's. */
  #pump(child: ChildProcess, { number, entry, own }: { number: number; entry: OpenEntry; own: number }): void {
    if (entry.type !== 'stream' || entry.platformDescriptor !== undefined) return;
    const stream = child.stdio[number];
    if (stream === null || stream === undefined) return;
    const release = this.#machine.table.hold(own);
    const copying = number === 0 && 'write' in stream ? pumpIn(this.#machine, entry, stream) : undefined;
    (copying ?? ('read' in stream ? pumpOut(this.#machine, stream, entry) : Promise.resolve()))
      .catch(() => undefined)
      .finally(() => {
        if (release() !== undefined) entry.close();
      });
  }

  async wait(pid: number | undefined, noHang: boolean): Promise<WaitStatus | undefined> {
    for (;;) {
      const index = this.#ended.findIndex((status) => pid === undefined || status.pid === pid);
      if (index >= 0) return this.#ended.splice(index, 1)[0];
      const mayCome = pid === undefined ? this.#running.size > 0 : this.#running.has(pid);
      if (!mayCome) throw new SystemError('ECHILD', 'wait');
      if (noHang) return undefined;
      if (this.#machine.pendingSignals.length > 0) throw new SystemError('EINTR', 'wait');
      await this.#machine.waker.sleep();
    }
  }
}
