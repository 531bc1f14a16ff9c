/** What our ssh says and answers when something is wrong, beside what the real one says of the same. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { freePort, hasOpenSsh, run, runSeashell, type Outcome } from './real-openssh.ts';

const firstLine = (outcome: Outcome): string => outcome.stderr.split(/\r?\n/)[0] ?? '';

const both = async (words: readonly string[]): Promise<{ readonly ours: Outcome; readonly theirs: Outcome }> => ({
  ours: await runSeashell(['ssh', ...words]),
  theirs: await run('ssh', words),
});

describe.runIf(hasOpenSsh)('bad input: ours and the real ssh', () => {
  const folder = mkdtempSync(join(tmpdir(), 'seashell-bad-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('ssh: an unknown option', async () => {
    const { ours, theirs } = await both(['-H', 'host']);
    expect(firstLine(ours)).toBe(firstLine(theirs));
    expect(ours.status).toBe(theirs.status);
  });

  it('ssh: a configuration file that is not there', async () => {
    const { ours, theirs } = await both(['-F', join(folder, 'none'), 'host']);
    expect(ours.stderr).toBe(theirs.stderr);
    expect(ours.status).toBe(theirs.status);
  });

  it('ssh: a bad keyword in a configuration file', async () => {
    const file = join(folder, 'config');
    writeFileSync(file, 'Host x\n  Nonsense yes\n  Port abc\n', { mode: 0o600 });
    const { ours, theirs } = await both(['-F', file, 'x']);
    expect(ours.stderr).toBe(theirs.stderr);
    expect(ours.status).toBe(theirs.status);
  });

  it('ssh: a bad -o', async () => {
    const { ours, theirs } = await both(['-F', 'none', '-o', 'Nonsense=1', 'x']);
    expect(ours.stderr).toBe(theirs.stderr);
    expect(ours.status).toBe(theirs.status);
  });

  it('ssh: a bad port', async () => {
    const { ours, theirs } = await both(['-F', 'none', '-p', '70000', 'x']);
    expect(ours.stderr).toBe(theirs.stderr);
    expect(ours.status).toBe(theirs.status);
  });

  it('ssh: a port where nobody listens', async () => {
    const port = String(await freePort());
    const { ours, theirs } = await both(['-F', 'none', '-p', port, '127.0.0.1']);
    expect(ours.stderr).toBe(theirs.stderr);
    expect(ours.status).toBe(theirs.status);
  });

  it('ssh: a name that nobody has', async () => {
    const { ours } = await both(['-F', 'none', 'no-such-host.invalid']);
    expect(ours.stderr).toMatch(/^ssh: Could not resolve hostname no-such-host\.invalid: /m);
    expect(ours.status).toBe(255);
  });

  it('ssh-keygen: an unknown option and a file that is not there', async () => {
    for (const words of [['-@'], ['-l', '-f', join(folder, 'nokey')], ['-y', '-f', join(folder, 'nokey')]]) {
      const ours = await runSeashell(['ssh-keygen', ...words]);
      const theirs = await run('ssh-keygen', words);
      expect(firstLine(ours), words.join(' ')).toBe(firstLine(theirs));
      expect(ours.status, words.join(' ')).toBe(theirs.status);
    }
  });
});
