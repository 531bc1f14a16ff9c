/**
 * Property: the same operations give the same results here and in a real directory, through Node. Run by root they are done by
 * three users, so that permissions are compared too; run by anyone else, by that user alone.
 */
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SystemError, type Credentials, type FileType } from '@seashell/system';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { Caller } from './caller.ts';
import { kernelCaller } from './caller.ts';
import { FileSystem } from './file-system.ts';

type Operation =
  | {
      readonly type: 'write';
      readonly path: string;
      readonly text: string;
      readonly flags: string;
      readonly mode: number;
    }
  | { readonly type: 'mkdir' | 'chmod'; readonly path: string; readonly mode: number }
  | { readonly type: 'rename' | 'link' | 'symlink'; readonly from: string; readonly to: string }
  | { readonly type: 'chown'; readonly path: string; readonly uid: number; readonly gid: number }
  | {
      readonly type: 'read' | 'list' | 'unlink' | 'rmdir' | 'stat' | 'lstat' | 'readlink' | 'realpath' | 'utimes';
      readonly path: string;
    };

interface Step {
  readonly user: number;
  readonly operation: Operation;
}

const realIds = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
const isRunByRoot = realIds.uid === 0;
const fileCreationMask = 0o022;

const users: readonly Credentials[] = isRunByRoot
  ? [
      { uid: 0, gid: 0, groups: [] },
      { uid: 61_001, gid: 61_001, groups: [61_001, 61_003] },
      { uid: 61_002, gid: 61_002, groups: [61_002, 61_003] },
    ]
  : [{ ...realIds, groups: process.getgroups?.() ?? [] }];

const ids = users.map((user) => user.uid);
const name = fc.constantFrom('a', 'b', 'c');
const component = fc.oneof({ arbitrary: name, weight: 8 }, { arbitrary: fc.constantFrom('.', '..'), weight: 1 });
/** `..` only behind a name: nothing but a symbolic link leaves the directory. */
const anyPath = fc
  .tuple(fc.array(name, { maxLength: 2 }), component, fc.constantFrom('', '', '', '', '/'))
  .map(([before, last, slash]) => [...before, before.length === 0 && last === '..' ? 'a' : last].join('/') + slash);
const target = fc.oneof(anyPath, fc.constantFrom('../a', './b', 'nothing', '../root/c'));
/** No directory is both sticky and everyone's: there following depends on fs.protected_symlinks. */
const mode = fc.constantFrom(
  0o755,
  0o700,
  0o777,
  0o775,
  0o555,
  0o644,
  0o600,
  0o444,
  0,
  0o111,
  0o4755,
  0o2755,
  0o2775,
  0o1775,
);
const flags = fc.constantFrom('r', 'r+', 'w', 'wx', 'a', 'ax', 'a+');
const id = fc.constantFrom(...ids, ...(isRunByRoot ? [61_003] : []), -1);

const operation: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('write' as const),
      path: anyPath,
      text: fc.constantFrom('x', 'longer'),
      flags,
      mode,
    }),
  },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('mkdir' as const), path: anyPath, mode }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('chmod' as const), path: anyPath, mode }) },
  {
    weight: 5,
    arbitrary: fc.record({ type: fc.constantFrom('rename' as const, 'link' as const), from: anyPath, to: anyPath }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('symlink' as const), from: target, to: anyPath }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('chown' as const), path: anyPath, uid: id, gid: id }) },
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constantFrom(
        'read',
        'list',
        'unlink',
        'rmdir',
        'stat',
        'lstat',
        'readlink',
        'utimes',
        ...(isRunByRoot ? (['realpath'] as const) : []),
      ),
      path: anyPath,
    }),
  },
);
const step: fc.Arbitrary<Step> = fc.record({ user: fc.nat(users.length - 1), operation });

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const temporary = fs.mkdtempSync(join(tmpdir(), 'seashell-files-'));
fs.chmodSync(temporary, 0o755);
afterAll(() => fs.rmSync(temporary, { recursive: true }));

/** What a status says that two file systems can agree on. */
function statusText(
  type: FileType,
  status: { mode: number; uid: number; gid: number; links: number; size: number },
): string {
  const size = type === 'directory' ? '' : ` ${status.size}`;
  return `${type} ${(status.mode & 0o7777).toString(8)} ${status.uid}:${status.gid} ${status.links}${size}`;
}

function realType(stats: fs.Stats): FileType {
  if (stats.isDirectory()) return 'directory';
  return stats.isSymbolicLink() ? 'symlink' : 'file';
}

function realStatus(stats: fs.Stats): string {
  return statusText(realType(stats), {
    mode: stats.mode,
    uid: stats.uid,
    gid: stats.gid,
    links: stats.nlink,
    size: stats.size,
  });
}

function writeReal(path: string, { text, flags: flag, mode: permissions }: Operation & { type: 'write' }): string {
  const descriptor = fs.openSync(path, flag, permissions);
  try {
    return flag === 'r' ? fs.readFileSync(descriptor, 'utf8') : `${fs.writeSync(descriptor, text)}`;
  } finally {
    fs.closeSync(descriptor);
  }
}

function doReal(base: string, done: Operation): unknown {
  const at = (path: string): string => `${base}/${path}`;
  switch (done.type) {
    case 'write':
      return writeReal(at(done.path), done);
    case 'mkdir':
      return fs.mkdirSync(at(done.path), done.mode);
    case 'chmod':
      return fs.chmodSync(at(done.path), done.mode);
    case 'chown':
      return fs.chownSync(at(done.path), done.uid, done.gid);
    case 'rename':
      return fs.renameSync(at(done.from), at(done.to));
    case 'link':
      return fs.linkSync(at(done.from), at(done.to));
    case 'symlink':
      return fs.symlinkSync(done.from, at(done.to));
    default:
      return askReal(done.type, at(done.path), base);
  }
}

function askReal(type: string, path: string, base: string): unknown {
  switch (type) {
    case 'read':
      return fs.readFileSync(path, 'utf8');
    case 'list':
      return fs.readdirSync(path).toSorted().join(' ');
    case 'unlink':
      return fs.unlinkSync(path);
    case 'rmdir':
      return fs.rmdirSync(path);
    case 'stat':
      return realStatus(fs.statSync(path));
    case 'lstat':
      return realStatus(fs.lstatSync(path));
    case 'readlink':
      return fs.readlinkSync(path);
    case 'realpath':
      return fs.realpathSync.native(path).replace(base, '/x/root');
    default:
      return fs.utimesSync(path, 1, 2);
  }
}

const openOptions = {
  r: { access: 'read' },
  'r+': { access: 'readWrite' },
  w: { access: 'write', create: true, truncate: true },
  wx: { access: 'write', create: true, exclusive: true, truncate: true },
  a: { access: 'write', create: true, append: true },
  ax: { access: 'write', create: true, append: true, exclusive: true },
  'a+': { access: 'readWrite', create: true, append: true },
} as const;

function writeVirtual(
  files: FileSystem,
  caller: Caller,
  { path, text, flags: flag, mode: permissions }: Operation & { type: 'write' },
): unknown {
  const options = Object.entries(openOptions).find(([key]) => key === flag)?.[1];
  if (options === undefined) throw new Error(`no such flags: ${flag}`);
  const opened = files.open(caller, path, { ...options, mode: permissions });
  try {
    if (opened.type !== 'file') throw new SystemError('EISDIR', 'read');
    return flag === 'r' ? decoder.decode(opened.read(100)) : `${opened.write(encoder.encode(text))}`;
  } finally {
    opened.close();
  }
}

function virtualStatus(files: FileSystem, caller: Caller, { path, follow }: { path: string; follow: boolean }): string {
  const status = files.status(caller, path, { follow });
  return statusText(status.type, { ...status, size: status.sizeBytes });
}

function doVirtual(files: FileSystem, caller: Caller, done: Operation): unknown {
  switch (done.type) {
    case 'write':
      return writeVirtual(files, caller, done);
    case 'mkdir':
      return files.makeDirectory(caller, done.path, done.mode);
    case 'chmod':
      return files.changeMode(caller, done.path, done.mode);
    case 'chown':
      return files.changeOwner(caller, done.path, { uid: done.uid, gid: done.gid });
    case 'rename':
      return files.rename(caller, done.from, done.to);
    case 'link':
      return files.link(caller, done.from, done.to);
    case 'symlink':
      return files.symlink(caller, done.from, done.to);
    default:
      return askVirtual(files, caller, done);
  }
}

function askVirtual(files: FileSystem, caller: Caller, { type, path }: { type: string; path: string }): unknown {
  switch (type) {
    case 'read':
      return decoder.decode(files.readFile(caller, path));
    case 'list':
      return files.readDirectory(caller, path).join(' ');
    case 'unlink':
      return files.remove(caller, path, 'file');
    case 'rmdir':
      return files.remove(caller, path, 'directory');
    case 'stat':
      return virtualStatus(files, caller, { path, follow: true });
    case 'lstat':
      return virtualStatus(files, caller, { path, follow: false });
    case 'readlink':
      return files.readLink(caller, path);
    case 'realpath':
      return files.realPath(caller, path);
    default:
      return files.changeTimes(caller, path, { accessedMilliseconds: 1000, modifiedMilliseconds: 2000 });
  }
}

function outcome(run: () => unknown): unknown {
  try {
    return run() ?? 'done';
  } catch (error) {
    if (error instanceof Error && 'code' in error) return error.code;
    throw error;
  }
}

/** Acts as a user of the real machine, with that user's rights alone. */
function asUser<T>(credentials: Credentials, act: () => T): T {
  if (!isRunByRoot || credentials.uid === 0) return act();
  process.setgroups?.([...credentials.groups]);
  process.setegid?.(credentials.gid);
  process.seteuid?.(credentials.uid);
  try {
    return act();
  } finally {
    process.seteuid?.(0);
    process.setegid?.(0);
    process.setgroups?.([]);
  }
}

let trees = 0;

function makeRealTree(): string {
  trees += 1;
  const base = join(temporary, String(trees), 'root');
  fs.mkdirSync(base, { recursive: true });
  fs.chmodSync(base, isRunByRoot ? 0o777 : 0o755);
  return base;
}

function makeVirtualTree(): FileSystem {
  const files = new FileSystem({ now: () => 0 });
  files.makeDirectory(kernelCaller, '/x', 0o755);
  files.makeDirectory(kernelCaller, '/x/root', 0o755);
  const { uid, gid } = realIds;
  for (const directory of ['/x', '/x/root']) files.changeOwner(kernelCaller, directory, { uid, gid });
  files.changeMode(kernelCaller, '/x/root', isRunByRoot ? 0o777 : 0o755);
  return files;
}

test('FileSystem gives the same results as the real one', () => {
  const maskBefore = process.umask(fileCreationMask);
  const groupsBefore = process.getgroups?.() ?? [];
  try {
    if (isRunByRoot) process.setgroups?.([]);
    fc.assert(fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), compare), { numRuns: 400 });
  } finally {
    process.umask(maskBefore);
    if (isRunByRoot) process.setgroups?.(groupsBefore);
  }
});

function compare(steps: readonly Step[]): void {
  const base = makeRealTree();
  const files = makeVirtualTree();
  for (const [number, { user, operation: done }] of steps.entries()) {
    // The realpath(3) of glibc does not look at `.` and `..`, so it needs fewer permissions: root asks for it.
    const credentials = done.type === 'realpath' ? users[0] : users[user];
    if (credentials === undefined) throw new Error('there is a user');
    const caller = { credentials, workingDirectory: '/x/root', fileCreationMask, pid: 1 };
    const real = asUser(credentials, () => outcome(() => doReal(base, done)));
    const virtual = outcome(() => doVirtual(files, caller, done));
    expect({ number, done, outcome: virtual }).toEqual({ number, done, outcome: real });
  }
}
