/** Descriptors 0, 1 and 2 as Node got them: a file is read and written directly, all else is a stream of Node's. */
import { fstatSync } from 'node:fs';
import process from 'node:process';
import { isatty } from 'node:tty';
import type { OpenEntry } from './descriptor-table.ts';
import type { Machine } from './machine.ts';
import { NodeStream } from './open-stream.ts';

/** Regular files, and devices such as /dev/null. */
function isFile(descriptor: number): boolean {
  const stats = fstatSync(descriptor);
  return stats.isFile() || (stats.isCharacterDevice() && !isatty(descriptor));
}

function standardEntry(machine: Machine, descriptor: number): OpenEntry | undefined {
  try {
    if (isFile(descriptor)) {
      return { type: 'file', platformDescriptor: descriptor, handle: undefined, offsetBytes: undefined, append: false };
    }
  } catch {
    return undefined;
  }
  const base = { waker: machine.waker, platformDescriptor: descriptor, eager: false } as const;
  if (descriptor === 0) return new NodeStream({ ...base, input: process.stdin });
  return new NodeStream({ ...base, output: descriptor === 1 ? process.stdout : process.stderr });
}

export function addStandardStreams(machine: Machine): void {
  for (const descriptor of [0, 1, 2]) {
    const entry = standardEntry(machine, descriptor);
    if (entry !== undefined) machine.table.add(entry, descriptor);
  }
}
