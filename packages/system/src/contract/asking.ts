/** What the programs of the contract do again and again: whole texts in and out, and the code of a failure. */
import { SystemError, type ErrnoName } from '../errors.ts';
import type { OpenOptions } from '../files.ts';
import type { SignalName } from '../signals.ts';
import type { System } from '../system.ts';
import type { WaitStatus } from '../process.ts';

declare class TextEncoder {
  encode(text: string): Uint8Array;
}
declare class TextDecoder {
  decode(bytes: Uint8Array): string;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function bytesOf(text: string): Uint8Array {
  return encoder.encode(text);
}

/** The errno name with which an operation failed; undefined when it did not. */
export async function codeOf(operation: Promise<unknown>): Promise<ErrnoName | undefined> {
  try {
    await operation;
  } catch (error) {
    if (error instanceof SystemError) return error.code;
    throw error;
  }
  return undefined;
}

export async function writeAll(system: System, descriptor: number, text: string): Promise<void> {
  const bytes = bytesOf(text);
  for (let written = 0; written < bytes.length;) {
    written += await system.streams.write(descriptor, bytes.subarray(written));
  }
}

/** Reads to the end of the stream. */
export async function readAll(system: System, descriptor: number): Promise<string> {
  let text = '';
  for (;;) {
    const bytes = await system.streams.read(descriptor, 65_536);
    if (bytes.length === 0) return text;
    text += decoder.decode(bytes);
  }
}

/** Reads until so many bytes have come. */
export async function readExactly(system: System, descriptor: number, lengthBytes: number): Promise<string> {
  let text = '';
  while (text.length < lengthBytes) {
    const bytes = await system.streams.read(descriptor, lengthBytes - text.length);
    if (bytes.length === 0) return text;
    text += decoder.decode(bytes);
  }
  return text;
}

export async function writeFile(
  system: System,
  path: string,
  text: string,
  options: Partial<OpenOptions> = {},
): Promise<void> {
  const descriptor = await system.files.open(path, { access: 'write', create: true, truncate: true, ...options });
  await writeAll(system, descriptor, text);
  await system.streams.close(descriptor);
}

export async function readFile(system: System, path: string): Promise<string> {
  const descriptor = await system.files.open(path, { access: 'read' });
  const text = await readAll(system, descriptor);
  await system.streams.close(descriptor);
  return text;
}

/** Starts /bin/sh with a command line, on the descriptors named and /dev/null; nothing else is handed on. */
export async function spawnShell(
  system: System,
  commandLine: string,
  descriptors: Readonly<Record<number, number>> = {},
): Promise<number> {
  const environment = { PATH: '/usr/bin:/bin' };
  const nothing = await system.files.open('/dev/null', { access: 'readWrite' });
  const given = { 0: nothing, 1: nothing, 2: nothing, ...descriptors };
  const pid = await system.process.spawn({
    path: '/bin/sh',
    argv: ['sh', '-c', commandLine],
    environment,
    descriptors: given,
  });
  await system.streams.close(nothing);
  return pid;
}

export async function shellStatus(system: System, commandLine: string): Promise<WaitStatus | undefined> {
  const pid = await spawnShell(system, commandLine);
  return system.process.wait({ pid });
}

/** Sends this process a signal a moment from now, by a child; gives the child's pid. */
export function signalSoon(system: System, signal: SignalName): Promise<number> {
  const name = signal.replace(/^SIG/u, '');
  return spawnShell(system, `sleep 0.2; kill -${name} ${system.process.pid}`);
}
