/** The contract of `exec`: another program in the same process. */
import { describe, expect, test } from 'vitest';
import type { ExecOptions } from '../process.ts';
import type { System } from '../system.ts';
import { codeOf, readExactly, writeAll, writeFile } from './asking.ts';
import { inside, type ContractSubject } from './subject.ts';

export function describeExec(subject: ContractSubject): void {
  describe.skipIf(!subject.capabilities.exec)('exec', () => {
    describeReplacement(subject);
    describeRefusals(subject);
  });
}

/** What a program does before it gives its place away, and what it wants for the next one. */
type Preparation = (system: System) => Promise<Partial<ExecOptions>>;

/** Puts a shell that runs `script` in the place of a program; its operands are the program's number and its parent's. Its status. */
function statusAs(subject: ContractSubject, script: string, prepare: Preparation): Promise<number | undefined> {
  return subject.run(async (system) => {
    const more = await prepare(system);
    const argv = ['sh', '-c', script, 'sh', String(system.process.pid), String(system.process.parentPid)];
    const environment = { PATH: '/usr/bin:/bin' };
    return system.process.exec({ path: '/bin/sh', argv, environment, descriptors: { 0: 0, 1: 1, 2: 2 }, ...more });
  });
}

/** Leaves the reading end of a pipe with a line in it as standard input; the writing end is not named. */
const withLine: Preparation = async (system) => {
  const { reader, writer } = await system.streams.pipe();
  await writeAll(system, writer, 'typed\n');
  return { descriptors: { 0: reader } };
};

const withDispositions: Preparation = async ({ process }) => {
  await process.setDisposition('SIGUSR2', 'handle');
  await process.setDisposition('SIGUSR1', 'ignore');
  return {};
};

function describeReplacement(subject: ContractSubject): void {
  test('the program runs in the same process, and its end is that of the process', async () => {
    const script = 'test "$$ $PPID $WORD" = "$1 $2 value" && exit 42';
    const environment = { PATH: '/usr/bin:/bin', WORD: 'value' };
    expect(await statusAs(subject, script, () => Promise.resolve({ environment }))).toBe(42);
  });

  test('it has the descriptors that are named, and no others', async () => {
    const script = 'read line && test "$line" = typed && ! read line && exit 42';
    expect(await statusAs(subject, script, withLine)).toBe(42);
  });

  test('handled signals are as by default, ignored ones are ignored', async () => {
    expect(await statusAs(subject, 'kill -USR1 $$; exit 42', withDispositions)).toBe(42);
    expect(await statusAs(subject, 'kill -USR2 $$; exit 42', withDispositions)).toBeUndefined();
  });
}

function describeRefusals(subject: ContractSubject): void {
  test(
    'what cannot be run is refused, and the process goes on with what it had',
    inside(subject, async (system, at) => {
      const exec = (path: string, descriptors: ExecOptions['descriptors'] = {}) =>
        codeOf(system.process.exec({ path, argv: [path], environment: {}, descriptors }));
      const { reader, writer } = await system.streams.pipe();
      await writeFile(system, `${at}/plain`, '', { mode: 0o644 });
      await writeFile(system, `${at}/text`, 'exit 42', { mode: 0o755 });
      expect(await exec(`${at}/nothing`)).toBe('ENOENT');
      expect(await exec(`${at}/plain`)).toBe('EACCES');
      expect(await exec(`${at}/text`)).toBe('ENOEXEC');
      expect(await exec('/bin/sh', { 0: 77 })).toBe('EBADF');
      await writeAll(system, writer, 'kept');
      expect(await readExactly(system, reader, 4)).toBe('kept');
    }),
  );
}
