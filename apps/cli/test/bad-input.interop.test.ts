/** What our ssh says and answers when something is wrong, beside what the real one says of the same. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { freePort, hasOpenSsh, run, runSeashell, type Outcome } from './real-openssh.ts';

const firstLine = (outcome: Outcome): string => outcome.stderr.split(/\r?\n/)[0] ?? '';

const both = async (words: readonly string[]): Promise<{ readonly ours: Outcome; readonly theirs: Outcome }> => ({
  ours: await runSeashell(['ssh', ...words]),
  theirs: await run('ssh', words),
});

const updateHostKeysOf = ({ stdout }: Outcome): string | undefined =>
  /^updatehostkeys .*$/m.exec(stdout.toString())?.[0];

function expectSame({ ours, theirs }: Awaited<ReturnType<typeof both>>): void {
  expect(ours.stderr).toBe(theirs.stderr);
  expect(ours.stdout.toString().split('\n').slice(0, 4)).toEqual(theirs.stdout.toString().split('\n').slice(0, 4));
  expect(ours.status).toBe(theirs.status);
}

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

  it('ssh: names that nobody has', async () => {
    for (const destination of ['no-such-host.invalid', 'user@', 'a..b']) {
      const { ours, theirs } = await both(['-F', 'none', destination]);
      expect(ours.stderr, destination).toBe(theirs.stderr);
      expect(ours.status, destination).toBe(theirs.status);
    }
  });

  it('ssh: a configuration that others may write, and one that cannot be read', async () => {
    const home = join(folder, 'home');
    mkdirSync(join(home, '.ssh'), { recursive: true, mode: 0o700 });
    const file = join(home, '.ssh', 'config');
    writeFileSync(file, 'User x\n');
    chmodSync(file, 0o666);
    expectSame(await both(['-F', file, '-G', 'x']));
    expectSame(await both(['-F', folder, '-G', 'x']));
    if (process.getuid?.() !== 0) {
      chmodSync(file, 0);
      expectSame(await both(['-F', file, 'x']));
    }
  });

  it('ssh -G: UpdateHostKeys follows the file of known hosts', async () => {
    const files = ['~/.ssh/known_hosts', '~/.ssh/known_hosts ~/.ssh/other', join(folder, 'f')];
    const lines = [[], ...files.map((each) => ['-o', `UserKnownHostsFile=${each}`]), ['-o', 'VerifyHostKeyDNS=ask']];
    for (const words of lines) {
      const { ours, theirs } = await both(['-F', 'none', ...words, '-G', 'x']);
      expect(updateHostKeysOf(ours), words.join(' ')).toBe(updateHostKeysOf(theirs));
    }
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
