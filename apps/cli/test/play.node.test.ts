/** The `seashell` command as a person or a script runs it, in processes of its own. Needs a build (`turbo` makes it first). */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const seashell = fileURLToPath(new URL('../bin/seashell.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'seashell-play-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
}

async function run(words: readonly string[], input = ''): Promise<Outcome> {
  const child = spawn(process.execPath, [seashell, ...words]);
  const texts = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.stderr += text));
  child.stdin.end(input);
  const [status] = await once(child, 'close');
  return { ...texts, status: typeof status === 'number' ? status : null };
}

async function answer(text: string, ...words: readonly string[]): Promise<Outcome> {
  const file = join(folder, 'answers');
  writeFileSync(file, text);
  return await run(['play', '--answers', file, ...words]);
}

describe('seashell play', () => {
  it('-c: standard streams and the exit status pass through', async () => {
    const outcome = await run(['play', '-c', 'cat; echo err >&2; exit 7'], 'in\n');
    expect(outcome).toEqual({ stdout: 'in\n', stderr: 'err\n', status: 7 });
  });

  it('-c: a command ended by a signal is 128 and its number', async () => {
    expect((await run(['play', '-c', 'kill -TERM $$'])).status).toBe(143);
  });

  it('-c: virtual time jumps once standard input has ended', async () => {
    const outcome = await run(['play', '-c', 'date +%s; sleep 100000; date +%s']);
    const [before = 0, after = 0] = outcome.stdout.trim().split('\n').map(Number);
    expect(after - before).toBe(100_000);
  });

  it('--host and --user: the place is the one asked for, by any of its names', async () => {
    const outcome = await run([
      'play',
      '--host',
      'remote_IP_host',
      '--user',
      'user1',
      '-c',
      'echo $(whoami)@$(hostname)',
    ]);
    expect(outcome.stdout).toBe('user1@remote_host\n');
  });

  it('--openssh: the host has that version', async () => {
    expect((await run(['play', '--openssh', '6.6', '-c', 'ssh -V'])).stderr).toMatch(/^OpenSSH_6\.6p1, /);
    expect((await run(['play', '-c', 'ssh -V'])).stderr).toMatch(/^OpenSSH_10\.5p1, /);
  });

  it('--seed: the same seed gives the same keys, another one others', async () => {
    const words = ['-c', 'ssh-keygen -q -t ed25519 -N "" -f k; cat k.pub'];
    const [first, second, other] = [
      await run(['play', ...words]),
      await run(['play', '--seed', '1', ...words]),
      await run(['play', '--seed', '2', ...words]),
    ];
    expect(first.stdout).toMatch(/^ssh-ed25519 AAAA\S+ demo@laptop\n$/);
    expect(second.stdout).toBe(first.stdout);
    expect(other.stdout).not.toBe(first.stdout);
  });

  it('--answers: a login, each line typed when the terminal waits', async () => {
    const lines = ['ssh demo@remote_host', 'yes', 'seashell', 'hostname', 'exit', 'exit 3'];
    const outcome = await answer(`${lines.join('\n')}\n`);
    expect(outcome.stdout).toContain("demo@remote_host's password: \r\n");
    expect(outcome.stdout).toMatch(/\rremote_host\r\n/);
    expect(outcome.stdout).toContain('Connection to remote_host closed.');
    expect(outcome.status).toBe(3);
    expect(outcome.stderr).toBe('');
  });

  it('--answers: escapes stand for bytes, and at the end the terminal hangs up', async () => {
    const outcome = await answer('cat\nlast words\\x21\n\\cD\necho $?\nsleep 5');
    expect(outcome.stdout).toContain('last words!\r\nlast words!\r\n');
    expect(outcome.stdout).toMatch(/\r0\r\n/);
    expect(outcome.status).toBe(129);
    expect(outcome.stderr).toBe('');
  });

  it.each([
    [['play'], /needs a terminal/],
    [['play', '--world', 'nowhere', '-c', 'true'], /no world is called 'nowhere'; there are: essentials/],
    [['play', '--host', 'nobody', '-c', 'true'], /no host of 'essentials' is called 'nobody'/],
    [['play', '--user', 'nobody-here', '-c', 'true'], /no user of laptop is called/],
    [['play', '--seed', 'one', '-c', 'true'], /--seed takes a whole number/],
    [['play', '--openssh', '7', '-c', 'true'], /--openssh takes 10 or 6\.6/],
    [['play', '--nonsense'], /nonsense/],
    [['serve'], /needs --listen/],
    [['serve', '--listen', 'localhost:2222=remote_host'], /numeric address/],
    [['serve', '--listen', '2222=nowhere'], /no host of 'essentials'/],
    [['walk'], /no command 'walk'/],
  ])('wrong command line: %j is 2, with one line', async (words, message) => {
    const outcome = await run(words);
    expect(outcome.stderr).toMatch(message);
    expect(outcome.stderr.trim().split('\n')).toHaveLength(1);
    expect(outcome.status).toBe(2);
  });

  it.each([['--help'], ['play', '--help'], ['serve', '-h']])('help: %s %s is 0', async (...words) => {
    const outcome = await run(words);
    expect(outcome.stdout).toMatch(/^seashell .*\n\nSYNOPSIS\n/);
    expect(outcome.status).toBe(0);
  });
});
