/** The contract of `StreamOperations`: pipes and poll. */
import { describe, expect, test } from 'vitest';
import { bytesOf, codeOf, readAll, readExactly, writeAll } from './asking.ts';
import { inside, type ContractSubject } from './subject.ts';

/** More than any pipe holds. */
const muchBytes = 4 * 1024 * 1024;

export function describeStreams(subject: ContractSubject): void {
  describe('streams', () => {
    describePipes(subject);
    describePoll(subject);
  });
}

function describePipes(subject: ContractSubject): void {
  test(
    'a pipe gives what was written, then its end',
    inside(subject, async (system) => {
      const { reader, writer } = await system.streams.pipe();
      await writeAll(system, writer, 'through');
      await system.streams.close(writer);
      expect(await readAll(system, reader)).toBe('through');
      expect(await system.streams.read(reader, 10)).toHaveLength(0);
      expect(await codeOf(system.streams.seek(reader, 0, 'start'))).toBe('ESPIPE');
    }),
  );

  test(
    'read gives at most what was asked for, write takes an empty array',
    inside(subject, async (system) => {
      const { reader, writer } = await system.streams.pipe();
      expect(await system.streams.write(writer, new Uint8Array(0))).toBe(0);
      await writeAll(system, writer, 'abcdef');
      expect(await readExactly(system, reader, 4)).toBe('abcd');
      expect(await readExactly(system, reader, 2)).toBe('ef');
    }),
  );

  test(
    'a pipe without a reader is EPIPE',
    inside(subject, async (system) => {
      const { reader, writer } = await system.streams.pipe();
      await system.process.setDisposition('SIGPIPE', 'ignore');
      await system.streams.close(reader);
      expect(await codeOf(system.streams.write(writer, bytesOf('x')))).toBe('EPIPE');
    }),
  );

  test(
    'a full pipe is not writable until somebody reads',
    inside(subject, async (system) => {
      const { reader, writer } = await system.streams.pipe();
      const writable = { type: 'writable', descriptor: writer } as const;
      let written = 0;
      const isWritable = async (): Promise<boolean> => (await system.streams.poll([writable], 0)).ready.length > 0;
      while (written < muchBytes && (await isWritable()))
        written += await system.streams.write(writer, new Uint8Array(4096));
      expect(written).toBeGreaterThan(0);
      expect(written).toBeLessThan(muchBytes);
      await readExactly(system, reader, written);
      expect(await isWritable()).toBe(true);
    }),
  );

  test(
    'a duplicate keeps a pipe open, and takes the number it is given',
    inside(subject, async (system) => {
      const { reader, writer } = await system.streams.pipe();
      const copy = await system.streams.duplicate(writer, 40);
      expect(copy).toBe(40);
      await system.streams.close(writer);
      await writeAll(system, copy, 'x');
      await system.streams.close(copy);
      expect(await readAll(system, reader)).toBe('x');
      expect(await codeOf(system.streams.close(copy))).toBe('EBADF');
    }),
  );
}

function describePoll(subject: ContractSubject): void {
  test(
    'poll comes back at its deadline with nothing',
    inside(subject, async (system) => {
      const { reader } = await system.streams.pipe();
      const deadline = system.clock.monotonic() + 20;
      const waits = [{ type: 'readable', descriptor: reader }] as const;
      expect(await system.streams.poll(waits, deadline)).toEqual({ ready: [], signals: [] });
      expect(system.clock.monotonic()).toBeGreaterThanOrEqual(deadline);
      expect(await system.streams.poll(waits, 0)).toEqual({ ready: [], signals: [] });
    }),
  );

  test(
    'poll names all waits that hold, in the order given',
    inside(subject, async (system) => {
      const [first, second, third] = [
        await system.streams.pipe(),
        await system.streams.pipe(),
        await system.streams.pipe(),
      ];
      await writeAll(system, third.writer, 'x');
      await writeAll(system, first.writer, 'x');
      const descriptors = [third.reader, second.reader, first.reader];
      const waits = descriptors.map((descriptor) => ({ type: 'readable', descriptor }) as const);
      expect((await system.streams.poll(waits)).ready).toEqual([0, 2]);
      const writable = { type: 'writable', descriptor: second.writer } as const;
      expect((await system.streams.poll([...waits, writable])).ready).toEqual([0, 2, 3]);
    }),
  );

  test(
    'the end of a stream is readable, a pipe without a reader writable',
    inside(subject, async (system) => {
      const { reader, writer } = await system.streams.pipe();
      await system.streams.close(writer);
      expect((await system.streams.poll([{ type: 'readable', descriptor: reader }])).ready).toEqual([0]);
      const other = await system.streams.pipe();
      await system.streams.close(other.reader);
      expect((await system.streams.poll([{ type: 'writable', descriptor: other.writer }])).ready).toEqual([0]);
    }),
  );

  test(
    'files are always ready',
    inside(subject, async (system, at) => {
      const descriptor = await system.files.open(`${at}/f`, { access: 'readWrite', create: true });
      const waits = [
        { type: 'readable', descriptor },
        { type: 'writable', descriptor },
      ] as const;
      expect((await system.streams.poll(waits)).ready).toEqual([0, 1]);
    }),
  );
}
