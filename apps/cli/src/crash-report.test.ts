import process from 'node:process';
import { createWorld, standardPrograms } from '@seashell/simulator';
import { essentials } from '@seashell/worlds';
import { expect, it, vi } from 'vitest';
import { reportCrashes } from './crash-report.ts';

it('reportCrashes writes the stack of a program that threw, and the world goes on', async () => {
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const faulty = {
    name: 'faulty',
    path: '/usr/bin/faulty',
    program: () => Promise.reject(new TypeError('a bug')),
  };
  const world = createWorld({
    definition: essentials,
    seed: 1,
    programs: [...standardPrograms, faulty],
    goesOnAfterCrash: true,
  });
  reportCrashes(world);
  const session = world.openCommand({ ...essentials.start, commandLine: 'faulty; echo $?; exit 3' });
  let stdout = '';
  session.onOutput((stream, bytes) => {
    if (stream === 'stdout') stdout += new TextDecoder().decode(bytes);
  });
  session.end();
  await world.run({ until: () => session.status !== undefined });
  const report = write.mock.calls.map(([text]) => String(text)).join('');
  write.mockRestore();
  expect(stdout).toBe('134\n');
  expect(session.status).toMatchObject({ type: 'exited', status: 3 });
  expect(report).toMatch(/^seashell: faulty on \S+ crashed, by a bug of ours: TypeError: a bug\n +at /);
});
