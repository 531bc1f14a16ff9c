/** The contract of `FileOperations`: open(2) and its relatives. */
import { describe, expect, test } from 'vitest';
import { bytesOf, codeOf, readAll, readFile, writeAll, writeFile } from './asking.ts';
import { inside, type ContractSubject } from './subject.ts';

export function describeFiles(subject: ContractSubject): void {
  describe('files', () => {
    describeOpening(subject);
    describeNames(subject);
    describeStatus(subject);
  });
}

function describeOpening(subject: ContractSubject): void {
  test(
    'open gives what its options say',
    inside(subject, async (system, at) => {
      const path = `${at}/file`;
      expect(await codeOf(system.files.open(path, { access: 'read' }))).toBe('ENOENT');
      await writeFile(system, path, 'one', { exclusive: true });
      expect(await codeOf(system.files.open(path, { access: 'write', create: true, exclusive: true }))).toBe('EEXIST');
      await writeFile(system, path, '-two', { append: true, truncate: false });
      expect(await readFile(system, path)).toBe('one-two');
      await writeFile(system, path, 'x', { truncate: false });
      expect(await readFile(system, path)).toBe('xne-two');
      await writeFile(system, path, '');
      expect(await readFile(system, path)).toBe('');
    }),
  );

  test(
    'append writes at the end whatever the offset is',
    inside(subject, async (system, at) => {
      await writeFile(system, `${at}/log`, 'one\n');
      const first = await system.files.open(`${at}/log`, { access: 'write', append: true });
      const second = await system.files.open(`${at}/log`, { access: 'write', append: true });
      await writeAll(system, first, 'two\n');
      await writeAll(system, second, 'three\n');
      expect(await readFile(system, `${at}/log`)).toBe('one\ntwo\nthree\n');
    }),
  );

  test(
    'seek moves the offset, which a duplicate shares',
    inside(subject, async (system, at) => {
      const file = await system.files.open(`${at}/f`, { access: 'readWrite', create: true });
      await writeAll(system, file, 'hello world');
      expect(await system.streams.seek(file, -5, 'end')).toBe(6);
      const copy = await system.streams.duplicate(file);
      await system.streams.close(file);
      expect(await readAll(system, copy)).toBe('world');
      expect(await system.streams.seek(copy, 2, 'start')).toBe(2);
      expect(await readAll(system, copy)).toBe('llo world');
      expect(await codeOf(system.streams.read(file, 1))).toBe('EBADF');
    }),
  );

  test(
    'an open file goes on when its name is gone',
    inside(subject, async (system, at) => {
      const file = await system.files.open(`${at}/f`, { access: 'readWrite', create: true });
      await system.files.remove(`${at}/f`, 'file');
      await writeAll(system, file, 'still here');
      await system.streams.seek(file, 0, 'start');
      expect(await readAll(system, file)).toBe('still here');
      expect((await system.files.descriptorStatus(file)).links).toBe(0);
    }),
  );

  test(
    'a descriptor does only what it was opened for',
    inside(subject, async (system, at) => {
      await writeFile(system, `${at}/f`, 'text');
      const reader = await system.files.open(`${at}/f`, { access: 'read' });
      expect(await codeOf(system.streams.write(reader, bytesOf('x')))).toBe('EBADF');
      const writer = await system.files.open(`${at}/f`, { access: 'write' });
      expect(await codeOf(system.streams.read(writer, 1))).toBe('EBADF');
      expect(await codeOf(system.files.open(at, { access: 'write' }))).toBe('EISDIR');
      expect(await codeOf(system.files.open(`${at}/f/g`, { access: 'read' }))).toBe('ENOTDIR');
    }),
  );
}

function describeNames(subject: ContractSubject): void {
  test(
    'rename replaces a file, and no directory that has entries',
    inside(subject, async (system, at) => {
      await writeFile(system, `${at}/a`, 'a');
      await writeFile(system, `${at}/b`, 'b');
      await system.files.rename(`${at}/a`, `${at}/b`);
      expect(await readFile(system, `${at}/b`)).toBe('a');
      expect(await system.files.readDirectory(at)).toEqual(['b']);
      await system.files.makeDirectory(`${at}/d`, 0o755);
      await system.files.makeDirectory(`${at}/full`, 0o755);
      await writeFile(system, `${at}/full/x`, '');
      expect(await codeOf(system.files.rename(`${at}/d`, `${at}/full`))).toBe('ENOTEMPTY');
      expect(await codeOf(system.files.rename(`${at}/b`, `${at}/d`))).toBe('EISDIR');
      expect(await codeOf(system.files.rename(`${at}/d`, `${at}/d/e`))).toBe('EINVAL');
    }),
  );

  test(
    'remove takes files and empty directories away',
    inside(subject, async (system, at) => {
      await system.files.makeDirectory(`${at}/d`, 0o755);
      await writeFile(system, `${at}/d/f`, '');
      expect(await codeOf(system.files.remove(`${at}/d`, 'directory'))).toBe('ENOTEMPTY');
      expect(await codeOf(system.files.remove(`${at}/d/f`, 'directory'))).toBe('ENOTDIR');
      await system.files.remove(`${at}/d/f`, 'file');
      await system.files.remove(`${at}/d`, 'directory');
      expect(await system.files.readDirectory(at)).toEqual([]);
      expect(await codeOf(system.files.makeDirectory(at, 0o755))).toBe('EEXIST');
    }),
  );

  test(
    'symbolic links are followed, read, and refused with noFollow',
    inside(subject, async (system, at) => {
      await writeFile(system, `${at}/f`, 'text');
      await system.files.symlink('f', `${at}/link`);
      expect(await readFile(system, `${at}/link`)).toBe('text');
      expect(await system.files.readLink(`${at}/link`)).toBe('f');
      expect((await system.files.status(`${at}/link`)).type).toBe('file');
      expect((await system.files.status(`${at}/link`, { follow: false })).type).toBe('symlink');
      const noFollow = { access: 'read', noFollow: true } as const;
      expect(await codeOf(system.files.open(`${at}/link`, noFollow))).toBe('ELOOP');
      await system.files.symlink('loop', `${at}/loop`);
      expect(await codeOf(system.files.status(`${at}/loop`))).toBe('ELOOP');
      expect(await codeOf(system.files.readLink(`${at}/f`))).toBe('EINVAL');
      const real = await system.files.realPath(at);
      expect(await system.files.realPath(`${at}/./link`)).toBe(`${real}/f`);
    }),
  );

  test(
    'a hard link is the same file',
    inside(subject, async (system, at) => {
      await writeFile(system, `${at}/f`, 'text');
      await system.files.link(`${at}/f`, `${at}/g`);
      const [first, second] = [await system.files.status(`${at}/f`), await system.files.status(`${at}/g`)];
      expect(second.inode).toBe(first.inode);
      expect(second.links).toBe(2);
      expect(await codeOf(system.files.link(`${at}/f`, `${at}/g`))).toBe('EEXIST');
    }),
  );

  test(
    'a directory is listed by code unit',
    inside(subject, async (system, at) => {
      for (const name of ['b', 'a', 'B', 'ab', '.hidden', 'é']) await writeFile(system, `${at}/${name}`, '');
      expect(await system.files.readDirectory(at)).toEqual(['.hidden', 'B', 'a', 'ab', 'b', 'é']);
    }),
  );

  test(
    'relative paths begin at the working directory',
    inside(subject, async (system, at) => {
      const before = system.process.workingDirectory;
      await system.process.changeDirectory(at);
      await writeFile(system, 'here', 'text');
      expect(await readFile(system, `${at}/here`)).toBe('text');
      expect(system.process.workingDirectory).toBe(await system.files.realPath(at));
      await system.process.changeDirectory(before);
    }),
  );
}

function describeStatus(subject: ContractSubject): void {
  test(
    'modes are those asked for, less the mask',
    inside(subject, async (system, at) => {
      const before = await system.process.setFileCreationMask(0o027);
      await writeFile(system, `${at}/f`, '', { mode: 0o666 });
      await system.files.makeDirectory(`${at}/d`, 0o777);
      expect((await system.files.status(`${at}/f`)).mode).toBe(0o640);
      expect((await system.files.status(`${at}/d`)).mode).toBe(0o750);
      expect(await system.process.setFileCreationMask(before)).toBe(0o027);
      await system.files.changeMode(`${at}/f`, 0o4711);
      expect((await system.files.status(`${at}/f`)).mode).toBe(0o4711);
    }),
  );

  test(
    'a status tells type, size, owner and times',
    inside(subject, async (system, at) => {
      await writeFile(system, `${at}/f`, 'four');
      await system.files.changeTimes(`${at}/f`, { accessedMilliseconds: 1_000_000, modifiedMilliseconds: 2_000_000 });
      const { uid } = system.process.credentials;
      const times = { accessedMilliseconds: 1_000_000, modifiedMilliseconds: 2_000_000 };
      expect(await system.files.status(`${at}/f`)).toMatchObject({
        type: 'file',
        sizeBytes: 4,
        uid,
        links: 1,
        ...times,
      });
      expect(await system.files.status(at)).toMatchObject({ type: 'directory', uid });
      expect(await system.files.status('/dev/null')).toMatchObject({ type: 'characterDevice' });
    }),
  );
}
