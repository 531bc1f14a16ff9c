/** The contract of `ProcessOperations`: children, signals, and the process itself. */
import { describe, expect, test } from 'vitest';
import { codeOf, readAll, shellStatus, signalSoon, spawnShell, writeAll } from './asking.ts';
import { describeExec } from './exec.ts';
import { inside, type ContractSubject } from './subject.ts';

export function describeProcesses(subject: ContractSubject): void {
  describe('processes', () => {
    describeChildren(subject);
    describeExec(subject);
    describeSignals(subject);
    describeSelf(subject);
  });
}

function describeChildren(subject: ContractSubject): void {
  test(
    'wait tells how a child ended',
    inside(subject, async (system) => {
      expect(await shellStatus(system, 'exit 42')).toMatchObject({ type: 'exited', status: 42 });
      expect(await shellStatus(system, 'kill -TERM $$')).toMatchObject({ type: 'signaled', signal: 'SIGTERM' });
      expect(await shellStatus(system, 'kill -SEGV $$')).toMatchObject({ type: 'signaled', signal: 'SIGSEGV' });
      expect(await codeOf(system.process.wait())).toBe('ECHILD');
    }),
  );

  test(
    'a child has the descriptors, environment and directory it was given',
    inside(subject, async (system, at) => {
      const [input, output] = [await system.streams.pipe(), await system.streams.pipe()];
      const pid = await system.process.spawn({
        path: '/bin/sh',
        argv: ['sh', '-c', 'read line; echo "$line $WORD"; pwd'],
        environment: { PATH: '/usr/bin:/bin', WORD: 'value' },
        workingDirectory: at,
        descriptors: { 0: input.reader, 1: output.writer },
      });
      for (const descriptor of [input.reader, output.writer]) await system.streams.close(descriptor);
      await writeAll(system, input.writer, 'typed\n');
      await system.streams.close(input.writer);
      const place = await system.files.realPath(at);
      expect(await readAll(system, output.reader)).toBe(`typed value\n${place}\n`);
      expect(await system.process.wait({ pid })).toEqual({ type: 'exited', pid, status: 0 });
    }),
  );

  test(
    'what cannot be run is refused by spawn',
    inside(subject, async (system, at) => {
      const spawn = (path: string): Promise<number> =>
        system.process.spawn({ path, argv: [path], environment: {}, descriptors: {} });
      expect(await codeOf(spawn(`${at}/nothing`))).toBe('ENOENT');
      const file = await system.files.open(`${at}/plain`, { access: 'write', create: true, mode: 0o644 });
      await system.streams.close(file);
      expect(await codeOf(spawn(`${at}/plain`))).toBe('EACCES');
    }),
  );

  test(
    'poll waits for a child, wait with noHang does not',
    inside(subject, async (system) => {
      const { reader, writer } = await system.streams.pipe();
      const pid = await spawnShell(system, 'read line', { 0: reader });
      await system.streams.close(reader);
      expect(await system.process.wait({ pid, noHang: true })).toBeUndefined();
      await system.streams.close(writer);
      expect((await system.streams.poll([{ type: 'child' }])).ready).toEqual([0]);
      expect(await system.process.wait({ pid, noHang: true })).toEqual({ type: 'exited', pid, status: 1 });
    }),
  );

  test(
    'a pipe into a child that has ended is EPIPE',
    inside(subject, async (system) => {
      const { reader, writer } = await system.streams.pipe();
      await system.process.setDisposition('SIGPIPE', 'ignore');
      const pid = await spawnShell(system, 'exit 0', { 0: reader });
      await system.streams.close(reader);
      await system.process.wait({ pid });
      let code: string | undefined;
      while (code === undefined) {
        code = await codeOf(system.streams.write(writer, new Uint8Array(1)));
        await system.streams.poll([], system.clock.monotonic() + 5);
      }
      expect(code).toBe('EPIPE');
    }),
  );

  test(
    'kill ends a child, and knows who is gone',
    inside(subject, async (system) => {
      const pid = await spawnShell(system, 'exec sleep 60');
      await system.process.kill(pid, undefined);
      await system.process.kill(pid, 'SIGKILL');
      expect(await system.process.wait({ pid })).toEqual({ type: 'signaled', pid, signal: 'SIGKILL' });
      expect(await codeOf(system.process.kill(pid, undefined))).toBe('ESRCH');
    }),
  );
}

function describeSignals(subject: ContractSubject): void {
  test(
    'a handled signal is a result of poll',
    inside(subject, async (system) => {
      await system.process.setDisposition('SIGUSR2', 'handle');
      await system.process.kill(system.process.pid, 'SIGUSR2');
      const result = await system.streams.poll([{ type: 'signal' }]);
      expect(result).toEqual({ ready: [0], signals: ['SIGUSR2'] });
      expect((await system.streams.poll([], 0)).signals).toEqual([]);
      await system.process.setDisposition('SIGUSR2', 'default');
    }),
  );

  test(
    'a handled signal ends a read with EINTR, and is kept for poll',
    inside(subject, async (system) => {
      const { reader } = await system.streams.pipe();
      await system.process.setDisposition('SIGUSR2', 'handle');
      const pid = await signalSoon(system, 'SIGUSR2');
      expect(await codeOf(system.streams.read(reader, 1))).toBe('EINTR');
      expect((await system.streams.poll([{ type: 'signal' }])).signals).toEqual(['SIGUSR2']);
      await system.process.setDisposition('SIGUSR2', 'default');
      await system.process.wait({ pid });
    }),
  );

  test(
    'an ignored signal does nothing',
    inside(subject, async (system) => {
      await system.process.setDisposition('SIGUSR2', 'ignore');
      await system.process.kill(system.process.pid, 'SIGUSR2');
      const { signals } = await system.streams.poll([], system.clock.monotonic() + 20);
      expect(signals).toEqual([]);
      await system.process.setDisposition('SIGUSR2', 'default');
    }),
  );
}

function describeSelf(subject: ContractSubject): void {
  test(
    'findUser knows root and the own user, and nobody else by a name that is not there',
    inside(subject, async (system) => {
      expect(await system.process.findUser({ name: 'root' })).toMatchObject({ uid: 0, home: '/root' });
      expect(await system.process.findUser({ uid: 0 })).toMatchObject({ name: 'root' });
      expect(await system.process.findUser({ name: 'no-such-user' })).toBeUndefined();
    }),
  );

  test(
    'the clocks do not go backwards, random bytes differ',
    inside(subject, async (system) => {
      const before = system.clock.monotonic();
      await system.files.status('/');
      expect(system.clock.monotonic()).toBeGreaterThanOrEqual(before);
      expect(system.random.bytes(16)).not.toEqual(system.random.bytes(16));
      expect(system.random.bytes(5)).toHaveLength(5);
    }),
  );

  test(
    'utcOffsetSeconds is whole seconds within a day, for any moment',
    inside(subject, (system) => {
      for (const moment of [0, 1_767_603_600, -1e11, 1e15, 2 ** 63]) {
        const offset = system.clock.utcOffsetSeconds(moment);
        expect(Number.isInteger(offset)).toBe(true);
        expect(Math.abs(offset)).toBeLessThan(86_400);
      }
      return Promise.resolve();
    }),
  );
}
