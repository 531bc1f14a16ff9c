/**
 * ssh-keygen on keys and known_hosts: ours and OpenSSH's run the same words in two copies of one directory, and must print the same, end
 * with the same status, and leave files of the same names, modes, and public contents. Debian's 9.2 stands in for 10.
 */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNodeSystem } from '@seashell/node';
import { createPrograms } from '@seashell/programs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasOpenSsh } from './real-openssh.ts';

const base = mkdtempSync(join(tmpdir(), 'seashell-keygen-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));
const start = join(base, 'start');
/** A locale that is there on every machine: comments are printed by it. */
process.env['LC_ALL'] = 'C.UTF-8';

interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: unknown;
}

/** OpenSSH's fatal() loses what the C library has not written yet, but to a terminal: hence lines at once. */
function runTheirs(cwd: string, words: readonly string[], input: string): Outcome {
  const options = { cwd, input, encoding: 'utf8', env: { ...process.env, SSH_ASKPASS_REQUIRE: 'never' } } as const;
  const { stdout, stderr, status } = spawnSync('setsid', ['-w', 'stdbuf', '-oL', 'ssh-keygen', ...words], options);
  return { stdout, stderr, status };
}

const system = createNodeSystem();
const sshKeygen = createPrograms().find(({ name }) => name === 'ssh-keygen')?.program;

/** On the real System of this process, but for the standard streams and the terminal. */
async function runOurs(cwd: string, words: readonly string[], input: string): Promise<Outcome> {
  const written: Record<number, string> = { 1: '', 2: '' };
  let unread = Buffer.from(input);
  const streams: typeof system.streams = {
    ...system.streams,
    async read(descriptor, maximumBytes) {
      if (descriptor !== 0) return system.streams.read(descriptor, maximumBytes);
      const bytes = unread.subarray(0, maximumBytes);
      unread = unread.subarray(bytes.length);
      return bytes;
    },
    async write(descriptor, bytes) {
      if (descriptor > 2) return system.streams.write(descriptor, bytes);
      written[descriptor] = (written[descriptor] ?? '') + Buffer.from(bytes).toString('utf8');
      return bytes.length;
    },
  };
  const files: typeof system.files = {
    ...system.files,
    open: (path, options) => system.files.open(path === '/dev/tty' ? '/nonexistent/tty' : path, options),
  };
  process.chdir(cwd);
  const status = await sshKeygen?.({ ...system, streams, files }, ['ssh-keygen', ...words]);
  process.chdir(base);
  return { stdout: written[1] ?? '', stderr: written[2] ?? '', status };
}

/** Words are split at blanks; `~` is a blank within a word, `%` none at all. */
const wordsOf = (line: string): string[] =>
  line.split(' ').map((word) => word.replaceAll('~', ' ').replaceAll('%', ''));

/** What random keys and salts decide, and what 9.2 says otherwise than 10: the usage, two messages and a prompt. */
const comparable = (text: string) =>
  text
    .replace(/^usage: .*/ms, '')
    .replaceAll(/^\|.{17}\|$/gm, '|ART|')
    .replaceAll(/SHA256:[A-Za-z0-9+/]{43}/g, 'SHA256:F')
    .replaceAll(/\|1\|[^|\s]+\|[^|\s]+/g, '|1|S|H')
    .replaceAll('error in libcrypto', 'invalid format')
    .replaceAll(/Enter passphrase for "[^"]*" \(empty/g, 'Enter passphrase (empty');

/** Names, modes, sizes of private keys' first lines, and what is public. */
function describeFiles(folder: string, made: boolean): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const status = statSync(path);
    if (!status.isFile()) continue;
    const text = readFileSync(path, 'utf8');
    const isPrivate = text.includes('PRIVATE KEY');
    const head = isPrivate ? (text.split('\n')[0] ?? '') : text.replaceAll(/\|1\|[^|\s]+\|[^|\s]+/g, '|1|S|H');
    const isNew = made && !isPrivate && name.endsWith('.pub');
    shown[name] = `${(status.mode & 0o777).toString(8)} ${isNew ? head.replace(/AAAA\S+/, 'KEY') : head}`;
  }
  return shown;
}

const textOf = (name: string): string => readFileSync(join(start, name), 'utf8').trim();
const writeLines = (name: string, lines: readonly string[]): void =>
  writeFileSync(join(start, name), `${lines.join('\n')}\n`, { mode: 0o600 });

/** Certificates alone, in files with other lines, and beside the private key; and a key that is not on the first line. */
function makeCertificates(): void {
  for (const name of ['rsa', 'ec', 'ed', 'bare']) {
    runTheirs(start, wordsOf(`-q -s ed -I ${name} -n a -O force-command=ls ${name}.pub`), '');
  }
  const [plain, certificate] = [textOf('ec.pub'), textOf('rsa-cert.pub')];
  writeLines('mixed', [plain, certificate, `command="a b" ${certificate}`, `web ${certificate}`, '  # no', plain]);
  writeLines('second', ['garbage line', `from="a b" ${plain}`, `  ${plain}`]);
  writeLines('cut', ['-----BEGIN SOMETHING', plain]);
  for (const name of ['ed', 'bare']) {
    cpSync(join(start, name), join(start, `${name}-certified`));
    cpSync(join(start, `${name}-cert.pub`), join(start, `${name}-certified.pub`));
  }
}

interface Case {
  readonly line: string;
  readonly input?: string;
}

async function compare({ line, input = '' }: Case): Promise<void> {
  const [ours, theirs] = [0, 1].map(() => mkdtempSync(join(base, 'case-')));
  if (ours === undefined || theirs === undefined) throw new Error('no folder');
  for (const folder of [ours, theirs]) cpSync(start, folder, { recursive: true });
  const done = await runOurs(ours, wordsOf(line), input);
  const real = runTheirs(theirs, wordsOf(line), input);
  const made = /(?:^| )-[tq]/.test(line);
  const seen = (outcome: Outcome, folder: string) => ({
    stdout: comparable(outcome.stdout),
    stderr: comparable(outcome.stderr),
    status: outcome.status,
    files: describeFiles(folder, made),
  });
  expect(seen(done, ours), line).toEqual(seen(real, theirs));
}

const keys = [
  ['rsa', '-t rsa -b 1024 -N % -C a~b'],
  ['ec', '-t ecdsa -N % -C ec'],
  ['ed', '-t ed25519 -N % -C ed'],
  ['bare', '-t ed25519 -N % -C %'],
  ['locked', '-t ed25519 -a 1 -N secret -C locked'],
  ['pem', '-t rsa -b 1024 -m PEM -N secret'],
  ['p8', '-t ecdsa -b 384 -m PKCS8 -N %'],
] as const;

function prepare(): void {
  mkdirSync(start);
  for (const [file, line] of keys) runTheirs(start, ['-q', ...wordsOf(line), '-f', file], '');
  const line = (name: string) =>
    readFileSync(join(start, `${name}.pub`), 'utf8')
      .split(' ')
      .slice(0, 2)
      .join(' ');
  const [ed, ec] = [line('ed'), line('ec')];
  rmSync(join(start, 'locked.pub'));
  writeFileSync(
    join(start, 'known'),
    `# remark\n\nweb,10.0.0.1 ${ed} a remark\n@cert-authority web ${ec}\n@revoked web ${ed}\n*.lan,!x.lan ${ec}\n[web]:2222 ${ec}\n WEB\t${ed}\n`,
  );
  writeFileSync(join(start, 'broken'), `web ${ed}\nfoo\nbar ssh-rsa AAAA\n`);
  writeFileSync(join(start, 'auth'), `from="a b" ${ed} one\n${ec} two\n# no\nfoo bar\nfoo\n`);
  writeFileSync(join(start, 'garbage'), 'garbage\n');
  makeCertificates();
  chmodSync(join(start, 'known'), 0o664);
  for (const name of ['garbage', 'broken']) chmodSync(join(start, name), 0o600);
  mkdirSync(join(start, 'folder'));
  const write = (name: string, words: string) =>
    writeFileSync(join(start, name), runTheirs(start, wordsOf(words), '').stdout);
  write('rfc', '-e -f ed.pub');
  write('spki', '-e -m PKCS8 -f ec.pub');
  write('pkcs1', '-e -m PEM -f rsa.pub');
  makeOddities();
}

/** Comments that would drive a terminal, PEM without its public file, and files that end or break where none should. */
function makeOddities(): void {
  const [ed, rfc] = [textOf('ed.pub').split(' ').slice(0, 2).join(' '), textOf('rfc')];
  const comment = Buffer.from('caf\u00e9 \u001b[31m \u0085 \u202e \u0378 \u2028 a\\b ', 'utf8');
  const bytes = Buffer.concat([Buffer.from(`${ed} `), comment, Buffer.from([0xff, 0xe2, 0x82, 0x0a])]);
  writeFileSync(join(start, 'controls'), bytes, { mode: 0o600 });
  writeLines('controls-known', [`web ${ed} caf\u00e9 \u001b[31m`]);
  writeLines('odd', [`@foo web ${ed}`, 'web  ', '@revoked', `  web ${ed}`]);
  writeLines('bad-hash', [`web ${ed}`, `|1|zz ${ed}`, `|2|x ${ed}`]);
  runTheirs(start, wordsOf('-q -t rsa -b 1024 -m PEM -N % -f pem-alone'), '');
  rmSync(join(start, 'pem-alone.pub'));
  cpSync(join(start, 'pem-alone'), join(start, 'pem-open'));
  chmodSync(join(start, 'pem-open'), 0o644);
  writeFileSync(join(start, 'rfc-cut'), rfc.slice(0, 100), { mode: 0o600 });
  writeLines('rfc-long', ['---- BEGIN SSH2 PUBLIC KEY ----', 'A'.repeat(1023)]);
  writeFileSync(join(start, 'rfc-returns'), `${rfc.replaceAll('\n', '\r')}\r`, { mode: 0o600 });
}

const cases: Readonly<Record<string, readonly Case[]>> = {
  options: [
    'x y',
    '-p -c',
    '-l -H',
    '-b abc',
    '-b -5',
    '-a 0',
    '-m foo',
    '-Z foo',
    '-E foo',
    '-z 1x',
    '-t',
    '-t foo -f n',
    '-t rsa -b 512 -f n',
    '-t rsa -b 16385 -f n',
    '-t ecdsa -b 300 -f n',
    '-l -t foo',
  ].map((line) => ({ line })),
  generate: [
    { line: '-t ed25519 -f n -N % -C c~d' },
    { line: '-t ecdsa -b 521 -f n -N % -C c' },
    { line: '-q -t ecdsa-sha2-nistp384 -f n -N % -C c' },
    { line: '-q -t rsa -b 1024 -m PEM -f n -N abcde -C c' },
    { line: '-q -t rsa -b 1024 -m PEM -f n -N abc -C c' },
    { line: '-q -t ecdsa -m PKCS8 -f n -N abcde -C c' },
    { line: '-t rsa-sha2-256 -b 1024 -f n -N % -C c' },
    { line: '-t RSA-SHA2-256 -f n' },
    { line: '-t ssh-ed25519-cert-v01@openssh.com -f n' },
    { line: '-q -t rsa-sha2-512-cert-v01@openssh.com -f n' },
    { line: '-l -t rsa-sha2-512', input: 'rsa\n' },
    { line: '-t ed25519 -f no/where -N %' },
    { line: '-t ed25519 -f ed -N %', input: 'n\n' },
    { line: '-t ed25519 -f ed -N % -C c', input: 'yes\n' },
    { line: '-t ed25519 -f ed -N %' },
    { line: '-t ed25519 -f n -C c', input: '\n\n' },
  ],
  fingerprint: [
    'rsa',
    'ec.pub',
    'ed',
    'bare',
    'locked',
    'pem',
    'auth',
    'known',
    'none',
    'garbage',
    'folder',
    'rsa-cert.pub',
    'ec-cert.pub',
    'bare-cert.pub',
    'ed-certified',
    'bare-certified',
    'mixed',
    'second',
    'cut',
    'controls',
    'pem-alone',
    'pem-open',
  ].flatMap((name) => [{ line: `-lf ${name}` }, { line: `-lv -E md5 -f ${name}` }, { line: `-Bf ${name}` }]),
  loaded: ['second', 'cut', 'mixed', 'ed-cert.pub', 'bare-certified', 'pem-alone'].flatMap((name) => [
    { line: `-r h -f ${name}` },
    { line: `-q -s ed -I x -n a ${name}` },
    { line: `-Y sign -n file -f ${name} garbage` },
  ]),
  public: [
    ...['ed', 'rsa', 'bare', 'none', 'garbage', 'ed.pub'].map((name) => ({ line: `-yf ${name}` })),
    { line: '-y -P secret -f locked' },
    { line: '-y -P wrong -f locked' },
    { line: '-y -P secret -f pem' },
    { line: '-yf p8' },
  ],
  passphrase: [
    { line: '-p -f ed -N other -a 1' },
    { line: '-p -f locked -P secret -N %' },
    { line: '-p -f locked -P wrong -N %' },
    { line: '-p -f pem -P secret -N %' },
    { line: '-p -f pem -P secret -N % -m PEM' },
    { line: '-p -f rsa -N abcde -m PEM' },
    { line: '-p -f none -N %' },
    { line: '-p -f garbage -N %' },
    { line: '-p -f known -N %' },
  ],
  comment: [
    { line: '-c -f ed -C new~one' },
    { line: '-c -f ed -C ed' },
    { line: '-c -f ed -C %' },
    { line: '-c -f ed', input: 'typed\n' },
    { line: '-c -f locked -P secret -C x -a 1' },
    { line: '-c -f locked -P wrong -C x' },
    { line: '-c -f rsa -C x -m PEM' },
    { line: '-c -f none -C x' },
  ],
  convert: [
    ...['rsa', 'ec', 'ed.pub', 'none', 'rsa-cert.pub', 'ec-cert.pub', 'ed-cert.pub', 'second', 'mixed'].flatMap(
      (name) => ['RFC4716', 'PKCS8', 'PEM'].map((format) => ({ line: `-e -m ${format} -f ${name}` })),
    ),
    { line: '-i -f rfc' },
    { line: '-i -m PKCS8 -f spki' },
    { line: '-i -m PEM -f pkcs1' },
    { line: '-i -m PEM -f spki' },
    { line: '-i -m PKCS8 -f rfc' },
    { line: '-i -m PKCS8 -f pkcs1' },
    { line: '-i -f rfc-cut' },
    { line: '-i -f rfc-long' },
    { line: '-i -f rfc-returns' },
    { line: '-i -f garbage' },
    { line: '-i -f none' },
  ],
  'resident keys': ['-K', '-K -q', '-K -O user=x', '-K -O device', '-K -w nowhere.so'].map((line) => ({ line })),
  hosts: [
    '-F web -f known',
    '-F WEB -f known',
    '-q -F web -f known',
    '-l -F web -f known',
    '-lv -F [web]:2222 -f known',
    '-H -F 10.0.0.1 -f known',
    '-F a.lan -f known',
    '-F x.lan -f known',
    '-F none -f known',
    '-R web -f known',
    '-R none -f known',
    '-q -R [web]:2222 -f known',
    '-H -f known',
    '-H -f broken',
    '-R foo -f broken',
    '-R bar -f broken',
    '-F bar -f broken',
    '-F none -R web -f known',
    '-R web -F none -f known',
    '-R web -F *.lan -f known',
    '-l -F web -f mixed',
    '-lv -F web -f mixed',
    '-R web -f mixed',
    '-F x -f none',
    '-vvv -F web -f odd',
    '-v -R none -f odd',
    '-R web -f bad-hash',
    '-F web -f bad-hash',
    '-l -F web -f controls-known',
    '-R x -f folder',
  ].map((line) => ({ line })),
};

describe.skipIf(!hasOpenSsh)('ssh-keygen beside OpenSSH', () => {
  beforeAll(prepare);
  for (const [group, lines] of Object.entries(cases)) {
    describe(group, () => {
      it.each(lines)('$line', compare);
    });
  }
});
