/** What the file system promises beyond what the comparison with a real one covers: limits, open files, mounts, programs. */
import { SystemError, type ErrnoName } from '@seashell/system';
import { beforeEach, describe, expect, test } from 'vitest';
import { kernelCaller, type Caller } from './caller.ts';
import { encodeExecutable } from './executable.ts';
import { FileSystem } from './file-system.ts';
import type { OpenFile, OpenNode } from './open-node.ts';
import type { SynthesizedDirectory } from './synthesized.ts';

const root = kernelCaller;
const demo: Caller = {
  credentials: { uid: 1000, gid: 1000, groups: [1000] },
  workingDirectory: '/home/demo',
  fileCreationMask: 0o022,
  pid: 7,
};
const encoder = new TextEncoder();
const decoder = new TextDecoder();

let files: FileSystem;
let now: number;

beforeEach(() => {
  now = 1_000_000;
  files = new FileSystem({ now: () => now });
  for (const path of ['/home', '/home/demo', '/tmp', '/proc']) files.makeDirectory(root, path, 0o755);
  files.changeOwner(root, '/home/demo', { uid: 1000, gid: 1000 });
  files.changeMode(root, '/tmp', 0o1777);
});

function codeOf(run: () => unknown): ErrnoName | undefined {
  try {
    run();
  } catch (error) {
    if (error instanceof SystemError) return error.code;
    throw error;
  }
  return undefined;
}

function asFile(opened: OpenNode): OpenFile {
  if (opened.type !== 'file') throw new Error(`expected a file, found ${opened.type}`);
  return opened;
}

function text(path: string): string {
  return decoder.decode(files.readFile(root, path));
}

describe('an open file', () => {
  test('is read and written at its offset', () => {
    const file = asFile(files.open(demo, 'notes', { access: 'readWrite', create: true }));
    expect(file.write(encoder.encode('hello world'))).toBe(11);
    expect(file.seek(-5, 'end')).toBe(6);
    expect(decoder.decode(file.read(100))).toBe('world');
    expect(file.read(100)).toHaveLength(0);
    expect(codeOf(() => file.seek(-1, 'start'))).toBe('EINVAL');
  });

  test('goes on after its name is gone, and gives its room back when it is closed', () => {
    const before = files.usedBytes;
    const file = asFile(files.open(demo, 'gone', { access: 'readWrite', create: true }));
    file.write(new Uint8Array(10_000));
    files.remove(demo, 'gone', 'file');
    expect(file.status().links).toBe(0);
    expect(file.write(encoder.encode('x'))).toBe(1);
    expect(files.usedBytes).toBe(before + 3 * 4096);
    file.close();
    file.close();
    expect(files.usedBytes).toBe(before);
  });

  test('with append writes at the end, wherever its offset is', () => {
    files.writeFile(demo, 'log', { content: encoder.encode('one\n') });
    const first = asFile(files.open(demo, 'log', { access: 'write', append: true }));
    const second = asFile(files.open(demo, 'log', { access: 'write', append: true }));
    first.write(encoder.encode('two\n'));
    second.seek(0, 'start');
    second.write(encoder.encode('three\n'));
    expect(text('/home/demo/log')).toBe('one\ntwo\nthree\n');
  });

  test('replaced by a rename keeps the old content', () => {
    files.writeFile(demo, 'old', { content: encoder.encode('old') });
    files.writeFile(demo, 'new', { content: encoder.encode('new') });
    const file = asFile(files.open(demo, 'old', { access: 'read' }));
    files.rename(demo, 'new', 'old');
    expect(decoder.decode(file.read(10))).toBe('old');
    expect(text('/home/demo/old')).toBe('new');
  });

  test('is EBADF for what it was not opened for', () => {
    const file = asFile(files.open(demo, 'f', { access: 'write', create: true }));
    expect(codeOf(() => file.read(1))).toBe('EBADF');
    const readable = asFile(files.open(demo, 'f', { access: 'read' }));
    expect(codeOf(() => readable.write(encoder.encode('x')))).toBe('EBADF');
  });

  test('reads zeros in a gap', () => {
    const file = asFile(files.open(demo, 'gap', { access: 'readWrite', create: true }));
    file.seek(3, 'start');
    file.write(encoder.encode('x'));
    expect([...files.readFile(demo, 'gap')]).toEqual([0, 0, 0, 0x78]);
  });
});

describe('limits', () => {
  test('a full disk takes what fits, then is ENOSPC', () => {
    const small = new FileSystem({ now: () => now, capacityBytes: 5 * 4096 });
    const file = asFile(small.open(root, '/f', { access: 'write', create: true }));
    expect(file.write(new Uint8Array(100_000))).toBe(4 * 4096);
    expect(codeOf(() => file.write(new Uint8Array(1)))).toBe('ENOSPC');
    expect(codeOf(() => small.makeDirectory(root, '/d', 0o755))).toBe('ENOSPC');
    file.close();
    small.remove(root, '/f', 'file');
    expect(codeOf(() => small.makeDirectory(root, '/d', 0o755))).toBeUndefined();
  });

  test('names have 255 bytes, paths 4095', () => {
    expect(codeOf(() => files.writeFile(demo, 'x'.repeat(255), { content: encoder.encode('') }))).toBeUndefined();
    expect(codeOf(() => files.status(demo, 'x'.repeat(256)))).toBe('ENAMETOOLONG');
    expect(codeOf(() => files.status(demo, 'é'.repeat(128)))).toBe('ENAMETOOLONG');
    expect(codeOf(() => files.status(demo, `${'./'.repeat(2047)}.`))).toBeUndefined();
    expect(codeOf(() => files.status(demo, `${'./'.repeat(2048)}.`))).toBe('ENAMETOOLONG');
  });

  test('a file is not created through a link whose target ends in a slash, a link to itself included', () => {
    files.symlink(demo, 'b/', 'b');
    files.symlink(demo, 'new/', 'link');
    expect(codeOf(() => files.writeFile(demo, 'b', { content: new Uint8Array(1) }))).toBe('EISDIR');
    expect(codeOf(() => files.writeFile(demo, 'link', { content: new Uint8Array(1) }))).toBe('EISDIR');
  });

  test('40 symbolic links are followed, 41 are ELOOP', () => {
    files.writeFile(demo, 'link0', { content: encoder.encode('end') });
    for (let number = 1; number <= 41; number += 1) files.symlink(demo, `link${number - 1}`, `link${number}`);
    expect(codeOf(() => files.status(demo, 'link40'))).toBeUndefined();
    expect(codeOf(() => files.status(demo, 'link41'))).toBe('ELOOP');
  });

  test('the 64 MiB of a host hold megabytes written in small pieces', () => {
    const file = asFile(files.open(demo, 'big', { access: 'write', create: true }));
    const piece = new Uint8Array(1024);
    for (let count = 0; count < 4096; count += 1) file.write(piece);
    expect(file.status().sizeBytes).toBe(4 * 1024 * 1024);
    expect(files.capacityBytes).toBe(64 * 1024 * 1024);
  });
});

describe('times', () => {
  test('writing changes a file, naming changes a directory, reading is relatime', () => {
    files.writeFile(demo, 'f', { content: encoder.encode('x') });
    now += 1000;
    files.readFile(demo, 'f');
    expect(files.status(demo, 'f')).toMatchObject({ modifiedMilliseconds: 1_000_000, accessedMilliseconds: 1_001_000 });
    now += 1000;
    files.readFile(demo, 'f');
    expect(files.status(demo, 'f').accessedMilliseconds).toBe(1_001_000);
    files.changeMode(demo, 'f', 0o600);
    expect(files.status(demo, 'f')).toMatchObject({ modifiedMilliseconds: 1_000_000, changedMilliseconds: 1_002_000 });
    files.link(demo, 'f', 'g');
    expect(files.status(demo, '.').modifiedMilliseconds).toBe(1_002_000);
  });
});

describe('the sticky bit', () => {
  const other: Caller = { ...demo, credentials: { uid: 1001, gid: 1001, groups: [1001] }, workingDirectory: '/tmp' };

  test("keeps others' entries: EPERM, for rename too", () => {
    files.writeFile(demo, '/tmp/f', { content: encoder.encode('x') });
    expect(codeOf(() => files.remove(other, 'f', 'file'))).toBe('EPERM');
    expect(codeOf(() => files.rename(other, 'f', 'g'))).toBe('EPERM');
    expect(codeOf(() => files.remove(demo, '/tmp/f', 'file'))).toBeUndefined();
  });

  test("keeps others' links from being followed and files from being linked", () => {
    files.symlink(demo, '/home', '/tmp/trap');
    expect(codeOf(() => files.status(other, 'trap'))).toBe('EACCES');
    expect(codeOf(() => files.status(demo, '/tmp/trap'))).toBeUndefined();
    files.writeFile(demo, '/tmp/f', { content: encoder.encode('x') });
    expect(codeOf(() => files.link(other, 'f', 'g'))).toBe('EPERM');
  });
});

describe('executable', () => {
  test('names the program, with the rights of a set-user-ID bit', () => {
    files.writeFile(root, '/tmp/su', { content: encodeExecutable('su'), mode: 0o755 });
    expect(files.executable(demo, '/tmp/su')).toEqual({
      type: 'program',
      program: 'su',
      effectiveUid: 1000,
      effectiveGid: 1000,
    });
    files.changeMode(root, '/tmp/su', 0o4755);
    expect(files.executable(demo, '/tmp/su')).toMatchObject({ effectiveUid: 0, effectiveGid: 1000 });
  });

  test('reads the first line of a script', () => {
    files.writeFile(demo, 'script', { content: encoder.encode('#! /bin/sh -e x \necho hi\n'), mode: 0o755 });
    expect(files.executable(demo, 'script')).toEqual({ type: 'script', interpreter: '/bin/sh', argument: '-e x' });
  });

  test('refuses as execve(2) does', () => {
    files.writeFile(demo, 'data', { content: encoder.encode('words'), mode: 0o755 });
    files.writeFile(demo, 'closed', { content: encodeExecutable('ls'), mode: 0o644 });
    expect(codeOf(() => files.executable(demo, 'data'))).toBe('ENOEXEC');
    expect(codeOf(() => files.executable(demo, 'closed'))).toBe('EACCES');
    expect(codeOf(() => files.executable(root, '/home/demo/closed'))).toBe('EACCES');
    expect(codeOf(() => files.executable(demo, '/tmp'))).toBe('EACCES');
    expect(codeOf(() => files.executable(demo, 'nothing'))).toBe('ENOENT');
  });

  test('loses its set-user-ID bit when its owner writes to it', () => {
    files.writeFile(demo, 'gift', { content: encodeExecutable('ls'), mode: 0o755 });
    files.changeMode(demo, 'gift', 0o4755);
    files.appendFile(demo, 'gift', { content: encoder.encode('x') });
    expect(files.status(demo, 'gift').mode).toBe(0o755);
  });
});

describe('mounted trees and devices', () => {
  const metadata = { uid: 0, gid: 0, timeMilliseconds: 5 };
  const proc: SynthesizedDirectory = {
    ...metadata,
    type: 'directory',
    inode: 1,
    mode: 0o555,
    names: () => ['version', 'self'],
    lookup(name, caller) {
      if (name === 'self') return { ...metadata, type: 'symlink', inode: 2, mode: 0o777, target: `${caller.pid}` };
      if (name === 'version' || name === '7') {
        const read = (): Uint8Array => encoder.encode(`${name} seen by ${caller.pid}\n`);
        return { ...metadata, type: 'file', inode: 3, mode: 0o444, read };
      }
      return undefined;
    },
  };

  beforeEach(() => files.mount('/proc', proc));

  test('are read anew by each caller', () => {
    expect(files.readDirectory(demo, '/proc')).toEqual(['self', 'version']);
    expect(decoder.decode(files.readFile(demo, '/proc/self'))).toBe('7 seen by 7\n');
    expect(files.readLink(demo, '/proc/self')).toBe('7');
    expect(files.realPath(demo, '/proc/../proc/version')).toBe('/proc/version');
  });

  test('cannot be changed, left by a rename, or taken away', () => {
    expect(codeOf(() => files.writeFile(root, '/proc/new', { content: encoder.encode('') }))).toBe('EACCES');
    expect(codeOf(() => files.writeFile(root, '/proc/version', { content: encoder.encode('') }))).toBe('EACCES');
    expect(codeOf(() => files.makeDirectory(root, '/proc/new', 0o755))).toBe('EPERM');
    expect(codeOf(() => files.remove(root, '/proc/version', 'file'))).toBe('EPERM');
    expect(codeOf(() => files.rename(root, '/proc/version', '/tmp/version'))).toBe('EXDEV');
    expect(codeOf(() => files.link(root, '/proc/version', '/tmp/version'))).toBe('EXDEV');
    expect(codeOf(() => files.remove(root, '/proc', 'directory'))).toBe('EBUSY');
  });

  test('a device is opened by its name, with the permissions of its node', () => {
    files.makeNode(root, '/tmp/null', { type: 'characterDevice', device: 'null', mode: 0o666 });
    files.makeNode(root, '/tmp/secret', { type: 'characterDevice', device: 'mem', mode: 0o600 });
    expect(files.open(demo, '/tmp/null', { access: 'readWrite' })).toMatchObject({
      device: 'null',
      access: 'readWrite',
    });
    expect(codeOf(() => files.open(demo, '/tmp/secret', { access: 'read' }))).toBe('EACCES');
    const node = { type: 'characterDevice', device: 'null', mode: 0o666 } as const;
    expect(codeOf(() => files.makeNode(demo, '/tmp/own', node))).toBe('EPERM');
  });
});

describe('the working directory', () => {
  test('is usable although what lies above it may no longer be searched', () => {
    files.writeFile(demo, 'f', { content: encoder.encode('x') });
    files.changeMode(root, '/home', 0o700);
    expect(codeOf(() => files.status(demo, 'f'))).toBeUndefined();
    expect(codeOf(() => files.status(demo, '/home/demo/f'))).toBe('EACCES');
    expect(codeOf(() => files.changeDirectory(demo, '/home/demo'))).toBe('EACCES');
  });

  test('changes to the place itself, not the link', () => {
    files.symlink(root, '/home/demo', '/tmp/home');
    expect(files.changeDirectory(root, '/tmp/home/.')).toBe('/home/demo');
    expect(files.changeDirectory(demo, '..')).toBe('/home');
  });
});
