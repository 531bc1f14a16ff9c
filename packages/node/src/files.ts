/** `FileOperations` over Node's file system: POSIX as it is there. */
import { constants, type BigIntStats } from 'node:fs';
import {
  chmod,
  chown,
  link,
  lstat,
  mkdir,
  open,
  readdir,
  readlink,
  realpath,
  rename,
  rmdir,
  stat,
  symlink,
  unlink,
  utimes,
} from 'node:fs/promises';
import { fstat, fsync } from 'node:fs';
import { promisify } from 'node:util';
import { isatty, ReadStream, WriteStream } from 'node:tty';
import { SystemError, type FileOperations, type FileStatus, type FileType, type OpenOptions } from '@seashell/system';
import type { OpenEntry } from './descriptor-table.ts';
import type { Machine } from './machine.ts';
import { NodeStream } from './open-stream.ts';

function typeOf(stats: BigIntStats): FileType {
  if (stats.isDirectory()) return 'directory';
  if (stats.isSymbolicLink()) return 'symlink';
  if (stats.isFIFO()) return 'fifo';
  if (stats.isSocket()) return 'socket';
  return stats.isFile() ? 'file' : 'characterDevice';
}

const milliseconds = (nanoseconds: bigint): number => Number(nanoseconds / 1_000_000n);

function statusOf(stats: BigIntStats): FileStatus {
  return {
    type: typeOf(stats),
    inode: Number(stats.ino),
    mode: Number(stats.mode) & 0o7777,
    uid: Number(stats.uid),
    gid: Number(stats.gid),
    links: Number(stats.nlink),
    sizeBytes: Number(stats.size),
    modifiedMilliseconds: milliseconds(stats.mtimeNs),
    accessedMilliseconds: milliseconds(stats.atimeNs),
    changedMilliseconds: milliseconds(stats.ctimeNs),
  };
}

const accessFlags = { read: constants.O_RDONLY, write: constants.O_WRONLY, readWrite: constants.O_RDWR } as const;

function openFlags(options: OpenOptions): number {
  return [
    [options.create, constants.O_CREAT],
    [options.exclusive, constants.O_EXCL],
    [options.truncate, constants.O_TRUNC],
    [options.append, constants.O_APPEND],
    [options.noFollow, constants.O_NOFOLLOW],
  ].reduce(
    (flags, [wanted, flag]) => (wanted === true ? flags | Number(flag) : flags),
    accessFlags[options.access] | constants.O_NOCTTY,
  );
}

/** A terminal is a stream, also when it was opened by name; all else that has a path is a file. */
async function openEntry(machine: Machine, path: string, options: OpenOptions): Promise<OpenEntry> {
  const handle = await open(path, openFlags(options), options.mode ?? 0o666);
  if (!isatty(handle.fd)) {
    return {
      type: 'file',
      platformDescriptor: handle.fd,
      handle,
      offsetBytes: undefined,
      append: options.append === true,
    };
  }
  const input = options.access === 'write' ? undefined : new ReadStream(handle.fd);
  const output = options.access === 'read' ? undefined : new WriteStream(handle.fd);
  const destroy = (): void => {
    input?.destroy();
    output?.destroy();
    handle.close().catch(() => undefined);
  };
  return new NodeStream({ input, output, waker: machine.waker, platformDescriptor: handle.fd, eager: false, destroy });
}

const fstatPromise = promisify(fstat);
const fsyncPromise = promisify(fsync);

async function descriptorStatus(machine: Machine, descriptor: number): Promise<FileStatus> {
  const platformDescriptor = machine.table.platformDescriptor(descriptor, 'descriptorStatus');
  if (platformDescriptor === undefined) throw new SystemError('ENOTSUP', 'descriptorStatus');
  return statusOf(await fstatPromise(platformDescriptor, { bigint: true }));
}

/** Code units, not a language's order. */
const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

async function makeDirectory(path: string, mode: number): Promise<void> {
  await mkdir(path, { mode });
}

export function createFiles(machine: Machine): FileOperations {
  const { guard } = machine;
  return {
    open: (path, options) =>
      guard.run('open', async () => machine.table.add(await openEntry(machine, path, options)), path),
    status: (path, options) =>
      guard.run(
        'status',
        async () => statusOf(await (options?.follow === false ? lstat : stat)(path, { bigint: true })),
        path,
      ),
    descriptorStatus: (descriptor) => guard.run('descriptorStatus', () => descriptorStatus(machine, descriptor)),
    readDirectory: (path) => guard.run('readDirectory', async () => (await readdir(path)).toSorted(byCodeUnit), path),
    makeDirectory: (path, mode) => guard.run('makeDirectory', async () => await makeDirectory(path, mode), path),
    remove: (path, type) => guard.run('remove', () => (type === 'directory' ? rmdir : unlink)(path), path),
    rename: (from, to) => guard.run('rename', () => rename(from, to), from),
    link: (existing, path) => guard.run('link', () => link(existing, path), existing),
    symlink: (target, path) => guard.run('symlink', () => symlink(target, path), path),
    readLink: (path) => guard.run('readLink', () => readlink(path), path),
    realPath: (path) => guard.run('realPath', () => realpath(path), path),
    changeMode: (path, mode) => guard.run('changeMode', () => chmod(path, mode), path),
    changeOwner: (path, uid, gid) => guard.run('changeOwner', () => chown(path, uid, gid), path),
    changeTimes: (path, times) =>
      guard.run(
        'changeTimes',
        () => utimes(path, times.accessedMilliseconds / 1000, times.modifiedMilliseconds / 1000),
        path,
      ),
    synchronize: (descriptor) =>
      guard.run('synchronize', () => fsyncPromise(machine.table.file(descriptor, 'synchronize').platformDescriptor)),
  };
}
