/** `System.files` of a process: its host's file system, asked as this process. */
import { type FileOperations, type OpenOptions, SystemError } from '@seashell/system';
import type { OpenDevice, OpenFifo } from '../../filesystem/file-system.ts';
import type { OperationName } from '../costs.ts';
import { authenticatorDevice } from '../authenticator-messages.ts';
import {
  type DeviceBehaviour,
  DeviceDescription,
  DirectoryDescription,
  FileDescription,
  memoryDevice,
} from '../files.ts';
import type { Host } from '../host.ts';
import type { Pipe } from '../pipe.ts';
import type { Process } from '../process.ts';
import { type Attempt, blocked, type Blocked } from '../task.ts';
import { type Terminal, TerminalDescription } from '../terminal.ts';
import { findDescription, type OperationContext, waitOn } from './context.ts';

export function fileOperations(context: OperationContext): FileOperations {
  const { host, process } = context;
  const { fileSystem } = host;
  const once = <T>(name: OperationName, act: () => T): Promise<T> => context.perform<T>(name, act);
  return {
    open: (path, options) => context.perform('open', openAttempt(context, path, options)),
    status: (path, options) => once('status', () => fileSystem.status(process.caller, path, options)),
    descriptorStatus: (descriptor) =>
      once('descriptorStatus', () => findDescription(context, descriptor, 'descriptorStatus').status()),
    readDirectory: (path) => once('readDirectory', () => fileSystem.readDirectory(process.caller, path)),
    makeDirectory: (path, mode) => once('makeDirectory', () => fileSystem.makeDirectory(process.caller, path, mode)),
    remove: (path, type) => once('remove', () => fileSystem.remove(process.caller, path, type)),
    rename: (from, to) => once('rename', () => fileSystem.rename(process.caller, from, to)),
    link: (existing, path) => once('link', () => fileSystem.link(process.caller, existing, path)),
    symlink: (target, path) => once('symlink', () => fileSystem.symlink(process.caller, target, path)),
    readLink: (path) => once('readLink', () => fileSystem.readLink(process.caller, path)),
    realPath: (path) => once('realPath', () => fileSystem.realPath(process.caller, path)),
    changeMode: (path, mode) => once('changeMode', () => changeMode(context, path, mode)),
    changeOwner: (path, uid, gid) => once('changeOwner', () => changeOwner(context, path, { uid, gid })),
    changeTimes: (path, times) => once('changeTimes', () => fileSystem.changeTimes(process.caller, path, times)),
    synchronize: (descriptor) =>
      once('synchronize', () => findDescription(context, descriptor, 'synchronize').synchronize()),
  };
}

/** open(2). A named pipe waits for its other side, so the attempt keeps what it opened. */
function openAttempt(context: OperationContext, path: string, options: OpenOptions): Attempt<number> {
  const { host, process } = context;
  let waiting: WaitingFifo | undefined;
  return () => {
    if (waiting !== undefined) return finishFifo(context, waiting);
    const node = host.fileSystem.open(process.caller, path, options);
    if (node.type === 'fifo') {
      waiting = beginFifo(context, node);
      return finishFifo(context, waiting);
    }
    if (node.type === 'characterDevice') return addDevice(context, node, path);
    const name = absolutePath(process, path);
    const description = node.type === 'file' ? new FileDescription(node, name) : new DirectoryDescription(node, name);
    return process.descriptors.add(description, 'open');
  };
}

function addDevice(context: OperationContext, node: OpenDevice, path: string): number | Blocked {
  const { host, process } = context;
  const terminal = terminalOf(host, process, node.device);
  if (terminal !== undefined) {
    node.close();
    return process.descriptors.add(new TerminalDescription(terminal), 'open');
  }
  const random = host.newRandom(node.device);
  const behaviour =
    node.device === authenticatorDevice
      ? openAuthenticator(context, node)
      : memoryDevice(node.device, (lengthBytes) => random.bytes(lengthBytes));
  if (behaviour === blocked) return blocked;
  if (behaviour !== undefined) {
    return process.descriptors.add(new DeviceDescription(node, absolutePath(process, path), behaviour), 'open');
  }
  node.close();
  throw new SystemError('ENXIO', 'open', path);
}

/** As long as the device is not there, the node is opened anew with each attempt. */
function openAuthenticator({ host, task }: OperationContext, node: OpenDevice): DeviceBehaviour | Blocked | undefined {
  try {
    const opened = host.authenticator?.open(task);
    if (opened === blocked) node.close();
    return opened;
  } catch (error) {
    node.close();
    throw error;
  }
}

function terminalOf(host: Host, process: Process, device: string): Terminal | undefined {
  if (device === 'tty') return process.controllingTerminal;
  return device.startsWith('pts/') ? host.terminal(Number(device.slice('pts/'.length))) : undefined;
}

interface WaitingFifo {
  readonly descriptor: number;
  readonly pipe: Pipe;
  readonly isComplete: () => boolean;
}

/** fifo(7): opening for reading waits for a writer, for writing for a reader. The descriptor stands from the start, so an end of the process closes it. */
function beginFifo(context: OperationContext, node: OpenFifo): WaitingFifo {
  const pipe = context.host.namedPipe(node.inode);
  node.close();
  const writes = node.access === 'write';
  const description = writes ? pipe.openWriter() : pipe.openReader();
  const isComplete = (): boolean => (writes ? pipe.readers.size > 0 : pipe.writers.size > 0);
  return { pipe, descriptor: context.process.descriptors.add(description, 'open'), isComplete };
}

function finishFifo(context: OperationContext, waiting: WaitingFifo): number | Blocked {
  return waiting.isComplete() ? waiting.descriptor : waitOn(context, waiting.pipe.opened);
}

/** chmod(2); the nodes of terminals are the kernel's own, not the file system's. */
function changeMode(context: OperationContext, path: string, mode: number): void {
  const { host, process } = context;
  const terminal = terminalAt(host, path);
  if (terminal === undefined) return host.fileSystem.changeMode(process.caller, path, mode);
  if (process.credentials.uid !== 0 && process.credentials.uid !== terminal.uid) {
    throw new SystemError('EPERM', 'changeMode', path);
  }
  terminal.mode = mode & 0o7777;
}

function changeOwner(
  context: OperationContext,
  path: string,
  owner: { readonly uid: number; readonly gid: number },
): void {
  const { host, process } = context;
  const terminal = terminalAt(host, path);
  if (terminal === undefined) return host.fileSystem.changeOwner(process.caller, path, owner);
  if (process.credentials.uid !== 0) throw new SystemError('EPERM', 'changeOwner', path);
  if (owner.uid >= 0) terminal.uid = owner.uid;
  if (owner.gid >= 0) terminal.gid = owner.gid;
}

function terminalAt(host: Host, path: string): Terminal | undefined {
  const match = /^\/dev\/pts\/(\d+)$/u.exec(path);
  return match === null ? undefined : host.terminal(Number(match[1]));
}

function absolutePath(process: Process, path: string): string {
  if (path.startsWith('/')) return path;
  return `${process.workingDirectory === '/' ? '' : process.workingDirectory}/${path}`;
}
