/** Reading and writing descriptors for commands: whole writes, buffered output, lines in bounded memory. */
import { isSystemError, type System } from '@seashell/system';
import { fromBytes, toBytes } from './byte-text.ts';

export const chunkBytes = 32_768;
const newline = 10;

/** Writes all of `bytes`. */
export async function writeAll(
  system: Pick<System, 'streams' | 'clock'>,
  descriptor: number,
  bytes: Uint8Array,
): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    try {
      written += await system.streams.write(descriptor, written === 0 ? bytes : bytes.subarray(written));
    } catch (error) {
      if (!isSystemError(error, 'EINTR')) throw error;
      await system.streams.poll([], system.clock.monotonic());
    }
  }
}

/** Output that is gathered, and written when there is a chunk of it, as stdio does. */
export class Output {
  private readonly system: System;
  private readonly descriptor: number;
  private pending: Uint8Array[] = [];
  private pendingBytes = 0;

  constructor(system: System, descriptor: number) {
    this.system = system;
    this.descriptor = descriptor;
  }

  async write(data: string | Uint8Array): Promise<void> {
    const bytes = typeof data === 'string' ? toBytes(data) : data;
    this.pending.push(bytes);
    this.pendingBytes += bytes.length;
    if (this.pendingBytes >= chunkBytes) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.pendingBytes === 0) return;
    const all = joinBytes(this.pending);
    this.pending = [];
    this.pendingBytes = 0;
    await writeAll(this.system, this.descriptor, all);
  }
}

export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const [first] = parts;
  if (first !== undefined && parts.length === 1) return first;
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}

/** The chunks of a descriptor until its end. */
export async function* readChunks(system: Pick<System, 'streams'>, descriptor: number): AsyncGenerator<Uint8Array> {
  for (;;) {
    const bytes = await system.streams.read(descriptor, chunkBytes);
    if (bytes.length === 0) return;
    yield bytes;
  }
}

export interface LineOptions {
  /** The byte that ends a line: newline if left out, NUL for the options -z of the commands. */
  readonly end?: number;
  /** Called with each chunk before its lines. */
  readonly onChunk?: (chunk: Uint8Array) => void;
}

/** Lines as bytes, each with the byte that ends it; the last one may lack it. */
export async function* readByteLines(
  system: Pick<System, 'streams'>,
  descriptor: number,
  { end = newline, onChunk }: LineOptions = {},
): AsyncGenerator<Uint8Array> {
  let parts: Uint8Array[] = [];
  for await (const chunk of readChunks(system, descriptor)) {
    onChunk?.(chunk);
    let start = 0;
    for (let at = chunk.indexOf(end); at !== -1; at = chunk.indexOf(end, start)) {
      yield joinBytes([...parts, chunk.subarray(start, at + 1)]);
      parts = [];
      start = at + 1;
    }
    if (start < chunk.length) parts.push(chunk.subarray(start));
  }
  if (parts.length > 0) yield joinBytes(parts);
}

export interface Line {
  /** Without the newline. */
  readonly text: string;
  /** False only for a last line without its newline. */
  readonly terminated: boolean;
}

/** Lines as text that keeps every byte. */
export async function* readLines(
  system: Pick<System, 'streams'>,
  descriptor: number,
  options: LineOptions = {},
): AsyncGenerator<Line> {
  for await (const bytes of readByteLines(system, descriptor, options)) {
    const terminated = bytes.at(-1) === (options.end ?? newline);
    yield { text: fromBytes(terminated ? bytes.subarray(0, -1) : bytes), terminated };
  }
}

/** All that a descriptor still holds. */
export async function readAll(system: Pick<System, 'streams'>, descriptor: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of readChunks(system, descriptor)) parts.push(chunk);
  return joinBytes(parts);
}

/** The text of a whole file. */
export async function readTextFile(system: Pick<System, 'streams' | 'files'>, path: string): Promise<string> {
  const descriptor = await system.files.open(path, { access: 'read' });
  try {
    return fromBytes(await readAll(system, descriptor));
  } finally {
    await system.streams.close(descriptor);
  }
}
