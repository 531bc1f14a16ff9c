/** Our evaluation against `ssh -G` and `sshd -T`, on generated configurations and on wrong lines. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir, userInfo } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  evaluateSshConfig,
  evaluateSshdConfig,
  expandTokens,
  matchPattern,
  sshConfigRows,
  sshdConfigRows,
  type ConnectionFacts,
  type SshSettings,
} from '../src/config/index.ts';
import type { ConfigAnswer, ConfigRequest } from '../src/config/index.ts';
import { clientSample, pickerOf, serverSample, wrongServerLines } from './config-samples.ts';
import { seededRandom } from './seeded-random.ts';

const isMissing = spawnSync('ssh', ['-V']).error !== undefined;
if (isMissing && process.env['CI'] !== undefined) throw new Error('ssh is missing: install openssh-client');
if (isMissing) console.warn('SKIPPED: ssh is missing, so nothing here is compared with OpenSSH');

const folder = mkdtempSync(join(tmpdir(), 'config-interop-'));
afterAll(() => rmSync(folder, { recursive: true }));
const config = join(folder, 'config');
const user = userInfo();

function answer(request: ConfigRequest): ConfigAnswer {
  if (request.type === 'match-exec') return { type: 'match-exec', exitStatus: request.command === 'true' ? 0 : 1 };
  const names = readdirSync(dirname(request.pattern)).filter((name) => matchPattern(name, basename(request.pattern)));
  const paths = names.toSorted().map((name) => join(dirname(request.pattern), name));
  return { type: 'include', files: paths.map((path) => ({ path, text: readFileSync(path, 'utf8') })) };
}

function evaluate(text: string, host: string) {
  const run = evaluateSshConfig({
    host,
    options: [],
    files: [{ path: config, text, scope: 'user' }],
    facts: { localUser: user.username, userId: user.uid, homeDirectory: user.homedir, localHostname: hostname() },
    version: '10',
  });
  let step = run.next();
  while (step.done !== true) step = run.next(answer(step.value));
  return step.value;
}

/** The keywords and lines of `ssh -G`, and what stands on stderr. */
function sshG(text: string, host: string) {
  writeFileSync(config, text, { mode: 0o600 });
  const { stdout, stderr, status } = spawnSync('ssh', ['-G', '-F', config, host], { encoding: 'utf8' });
  const lines = new Map<string, string[]>();
  for (const line of stdout.split('\n').filter((item) => item !== '')) {
    const [keyword = ''] = line.split(' ', 1);
    const before = lines.get(keyword) ?? [];
    const value = line.slice(keyword.length + 1);
    // Differs from OpenSSH: a SendEnv line that Match final makes ssh read twice counts once.
    lines.set(keyword, before.includes(value) ? before : [...before, value]);
  }
  // Not about the configuration: no terminal, an agent that is not there, what LogLevel DEBUG tells.
  const other = /^(?:$|debug|Pseudo-terminal|Cannot forward agent)/;
  const printed = stderr.split(/\r?\n/).filter((line) => !other.test(line));
  return { lines, printed, status };
}

/** What ssh -G prints with tokens expanded or lists assembled, or not at all in 9.2; compared elsewhere. */
const notCompared = new Set(['Host', 'Match', 'Include', 'IgnoreUnknown']);

function ours(settings: SshSettings, host: string): Map<string, readonly string[]> {
  const names = Object.keys(sshConfigRows).filter((name): name is keyof typeof sshConfigRows => name in sshConfigRows);
  const set = names.filter((name) => settings.has(name) && !notCompared.has(name));
  const found = new Map(set.map((name) => [name.toLowerCase(), settings.format(name)]));
  const target = expandTokens(settings.get('HostName') ?? host, { tokens: { h: host } });
  found.set('hostname', [target.ok ? target.value.toLowerCase() : '']);
  // A list of which nothing is left is not printed.
  return new Map([...found].filter(([, lines]) => lines.length > 0));
}

function expectSame(text: string, host: string): void {
  const theirs = sshG(text, host);
  const evaluation = evaluate(text, host);
  const label = `host ${host}\n${text}`;
  expect({ label, printed: evaluation.printed, status: evaluation.failed ? 255 : 0 }).toEqual({
    label,
    printed: theirs.printed,
    status: theirs.status,
  });
  if (evaluation.failed) return;
  const found = ours(evaluation.settings, host);
  const expected = new Map([...found.keys()].map((name) => [name, theirs.lines.get(name)]));
  expect({ label, found }).toEqual({ label, found: expected });
}

describe.skipIf(isMissing)('ssh -G', () => {
  it('means the same by 300 generated configurations', () => {
    const picker = pickerOf(seededRandom('ssh_config'));
    const includes = ['one.conf', 'two.conf'].map((name) => join(folder, name));
    for (const path of includes) writeFileSync(path, clientSample(picker), { mode: 0o600 });
    for (let count = 0; count < 300; count += 1) {
      const text = clientSample(picker, [...includes, join(folder, '*.conf'), join(folder, 'no*')]);
      expectSame(text, picker.of(['web1', 'web2', 'web1.example.com', 'other', '10.0.0.1']));
    }
  });
});

const sshd = '/usr/sbin/sshd';
const hasSshd = !isMissing && spawnSync(sshd, ['-?']).error === undefined;
if (!hasSshd && process.env['CI'] !== undefined) throw new Error('sshd is missing: install openssh-server');
if (!hasSshd) console.warn('SKIPPED: sshd is missing, so nothing of sshd_config is compared with OpenSSH');

const connection: ConnectionFacts = {
  user: 'root',
  groups: ['root'],
  host: 'laptop.example.com',
  address: '10.1.2.3',
  localAddress: '203.0.113.10',
  localPort: 22,
};
const connectionArgument = 'user=root,host=laptop.example.com,addr=10.1.2.3,laddr=203.0.113.10,lport=22';

function runSshd(text: string, ...options: string[]) {
  const key = join(folder, 'hostkey');
  if (!existsSync(key)) execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
  writeFileSync(config, text, { mode: 0o600 });
  const { stdout, stderr, status } = spawnSync(sshd, ['-f', config, '-h', key, ...options], { encoding: 'utf8' });
  // Not about the configuration: where sshd keeps its unprivileged half.
  const printed = stderr
    .split(/\r?\n/)
    .filter((line) => line !== '' && !line.startsWith('Missing privilege separation'));
  return { stdout, printed, status };
}

function evaluateServer(text: string) {
  const file = { path: config, text, scope: 'system' } as const;
  const run = evaluateSshdConfig({ options: [], file, connection, version: '10' });
  let step = run.next();
  while (step.done !== true) step = run.next(answer(step.value));
  return step.value;
}

const serverNames = Object.keys(sshdConfigRows).filter(
  (name): name is keyof typeof sshdConfigRows => name in sshdConfigRows,
);

describe.skipIf(!hasSshd)('sshd', () => {
  it('-T means the same by 60 generated configurations', () => {
    const picker = pickerOf(seededRandom('sshd_config'));
    for (let count = 0; count < 60; count += 1) {
      const text = serverSample(picker);
      const { stdout, printed } = runSshd(text, '-T', '-C', connectionArgument);
      const evaluation = evaluateServer(text);
      expect({ text, printed: evaluation.printed }).toEqual({ text, printed });
      // 9.2 has the older name.
      const theirs = new Set(stdout.replace('without-password', 'prohibit-password').split('\n'));
      const { settings } = evaluation;
      const lines = serverNames.flatMap((name) =>
        settings.has(name) ? settings.format(name).map((value) => `${name.toLowerCase()} ${value}`) : [],
      );
      expect({ text, missing: lines.filter((line) => !theirs.has(line)) }).toEqual({ text, missing: [] });
    }
  });

  it.each(wrongServerLines)('-t says the same about %j', (line) => {
    expect(evaluateServer(`${line}\n`).printed).toEqual(runSshd(`${line}\n`, '-t').printed);
  });
});
