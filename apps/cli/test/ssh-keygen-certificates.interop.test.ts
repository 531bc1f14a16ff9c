/**
 * ssh-keygen -s, -L, -k, -Q and -r: ours and OpenSSH's run the same words in two copies of one directory, and must print the same, end
 * with the same status, and leave files of the same meaning.
 */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printPublicLine, publicKeyOf, runAtOnce, simulatedAuthenticator, writePrivateKey } from '@seashell/core/keys';
import { createNodeSystem } from '@seashell/node';
import { createPrograms } from '@seashell/programs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasOpenSsh } from './real-openssh.ts';

const base = mkdtempSync(join(tmpdir(), 'seashell-certificates-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));
const start = join(base, 'start');

interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: unknown;
}

/** A zone with summer time, for both; the C library knows this one without its database. */
process.env['TZ'] = 'EST5EDT';
const environment = { ...process.env, SSH_AUTH_SOCK: '', SSH_ASKPASS_REQUIRE: 'never' };

/** OpenSSH's fatal() loses what the C library has not written yet, but to a terminal: hence lines at once. */
function runTheirs(cwd: string, words: readonly string[], input = ''): Outcome {
  const options = { cwd, env: environment, input, encoding: 'latin1' } as const;
  const { stdout, stderr, status } = spawnSync('stdbuf', ['-oL', 'ssh-keygen', ...words], options);
  return { stdout, stderr, status };
}

const system = createNodeSystem();
const sshKeygen = createPrograms().find(({ name }) => name === 'ssh-keygen')?.program;

/** On the real System of this process, but for the standard streams. */
async function runOurs(cwd: string, words: readonly string[], input = ''): Promise<Outcome> {
  const written = new Map<number, Buffer[]>([
    [1, []],
    [2, []],
  ]);
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
      const kept = written.get(descriptor);
      if (kept === undefined) return system.streams.write(descriptor, bytes);
      kept.push(Buffer.from(bytes));
      return bytes.length;
    },
  };
  process.chdir(cwd);
  const status = await sshKeygen?.({ ...system, streams }, ['ssh-keygen', ...words]);
  process.chdir(base);
  const textOfStream = (descriptor: number) => Buffer.concat(written.get(descriptor) ?? []).toString('latin1');
  return { stdout: textOfStream(1), stderr: textOfStream(2), status };
}

/** Words are split at blanks; `~` is a blank within a word, `%` none at all. */
const wordsOf = (line: string): string[] =>
  line.split(' ').map((word) => word.replaceAll('~', ' ').replaceAll('%', ''));

/** What differs between versions: two lines that 10 has, and the usage. */
const comparable = (text: string) =>
  text
    .replace('Warning: certificate will contain no principals (-n)\r\n', '')
    .replace(/^ssh_krl_from_blob: .*\r\n/m, '')
    .replace(/^usage: .*/ms, '');

/** The listings of new certificates, and the bytes of new lists but for their date. */
function describeFiles(folder: string): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const name of readdirSync(folder)) {
    const bytes = readFileSync(join(folder, name));
    if (existsSync(join(start, name)) && readFileSync(join(start, name)).equals(bytes)) continue;
    const text = bytes.toString('latin1');
    const comment = text.split(' ').slice(2).join(' ');
    shown[name] = name.endsWith('.pub')
      ? runTheirs(folder, ['-L', '-f', name]).stdout + comment
      : text.slice(0, 20) + text.slice(28);
  }
  return shown;
}

interface Case {
  readonly line: string;
  readonly input?: string;
}

async function compare({ line, input }: Case): Promise<void> {
  const [ours, theirs] = [0, 1].map(() => mkdtempSync(join(base, 'case-')));
  if (ours === undefined || theirs === undefined) throw new Error('no folder');
  for (const folder of [ours, theirs]) cpSync(start, folder, { recursive: true });
  const ourOutcome = await runOurs(ours, wordsOf(line), input);
  const theirOutcome = runTheirs(theirs, wordsOf(line), input);
  const ourResult = { ...ourOutcome, stderr: comparable(ourOutcome.stderr), files: describeFiles(ours) };
  expect(ourResult, line).toEqual({
    ...theirOutcome,
    stderr: comparable(theirOutcome.stderr),
    files: describeFiles(theirs),
  });
}

function prepare(): void {
  mkdirSync(start);
  const keygen = (line: string) => runTheirs(start, wordsOf(line));
  for (const name of ['id', 'ca', 'ca2']) keygen(`-q -t ed25519 -N % -C ${name} -f ${name}`);
  keygen('-q -t rsa -b 2048 -N % -C of~rsa -f rsa');
  keygen('-q -t ecdsa -b 384 -N % -C ec -f ec');
  keygen('-q -t ed25519 -N secret -C locked -f locked');
  writeFileSync(join(start, 'bare.pub'), readFileSync(join(start, 'id.pub'), 'utf8').split(' ').slice(0, 2).join(' '));
  writeSecurityKey();
  const certify = (name: string, line: string): void => {
    keygen(`-q ${line}`);
    writeFileSync(join(start, `${name}.pub`), readFileSync(join(start, 'id-cert.pub')));
  };
  certify('cert5', '-s ca -I five -n a,b -z 5 -V 20200101:20300101Z id.pub');
  certify('cert0', '-s rsa -I zero -n a -h -V always:20300101 id.pub');
  certify(
    'certx',
    '-s ec -I x -z 9 -O clear -O force-command=ls~-l -O extension:a@b=c -O critical:q -O verify-required id.pub',
  );
  rmSync(join(start, 'id-cert.pub'));
  writeFileSync(join(start, 'spec'), specification());
  keygen('-q -k -f krl -s ca.pub -z 3 spec cert5.pub');
  damage();
}

const random = (sizeBytes: number) => Uint8Array.from(randomBytes(sizeBytes));

/** A key of an authenticator that is not here. */
function writeSecurityKey(): void {
  const key = simulatedAuthenticator(random(32)).enroll({ type: 'sk-ssh-ed25519@openssh.com', random });
  const options = { mode: 0o600 };
  writeFileSync(join(start, 'sk'), runAtOnce(writePrivateKey(key, { comment: 'sk', random })), options);
  writeFileSync(join(start, 'sk.pub'), `${printPublicLine(publicKeyOf(key), 'sk')}\n`);
}

const textOf = (name: string) => readFileSync(join(start, name), 'utf8');

function specification(): string {
  const serials = [
    'serial: 1',
    'serial:2-5',
    'serial: 0x10 # sixteen',
    'serial: 010',
    'serial: 100-2000',
    'serial: 5000',
  ];
  const others = ['id: some one', 'ID:x', `key: ${textOf('ec.pub').trim()}`, `sha1: ${textOf('rsa.pub').trim()}`];
  return ['# what is revoked', ...serials, ...others, `SHA256: ${textOf('ca2.pub').trim()}`, '', '  '].join('\n');
}

/** Certificates and lists that are wrong. */
function damage(): void {
  const [type = '', base64 = ''] = textOf('cert5.pub').split(' ');
  const bytes = Buffer.from(base64, 'base64');
  const put = (name: string, key: string, changed: Uint8Array) =>
    writeFileSync(join(start, name), `${key} ${Buffer.from(changed).toString('base64')} c\n`);
  put('bad-signature', type, bytes.with(bytes.length - 1, (bytes.at(-1) ?? 0) ^ 1));
  put('bad-nonce', type, bytes.with(60, (bytes.at(60) ?? 0) ^ 1));
  put('bad-end', type, Buffer.concat([bytes, Buffer.of(0)]));
  put('bad-short', type, bytes.subarray(0, 100));
  put('bad-type', 'ssh-rsa-cert-v01@openssh.com', bytes);
  put('bad-key', 'ssh-ed25519', bytes);
  writeFileSync(join(start, 'bad-base64'), `${type} AAAA!!! c\n`);
  writeFileSync(join(start, 'several'), `# two\n${textOf('cert5.pub')}${textOf('id.pub')}\n  ${textOf('cert0.pub')}`);
  const krl = readFileSync(join(start, 'krl'));
  writeFileSync(join(start, 'krl-short'), krl.subarray(0, 30));
  writeFileSync(join(start, 'krl-cut'), krl.subarray(0, -5));
  writeFileSync(join(start, 'krl-magic'), krl.with(0, 0));
  writeFileSync(join(start, 'krl-version'), krl.with(11, 2));
}

const signing = [
  '-n a,b id.pub',
  '-n a -z 7 id.pub rsa.pub ec.pub',
  '-n a -z +7 id.pub rsa.pub ec.pub',
  '-n a -z 18446744073709551615 id',
  '-n a -q bare.pub',
  '-n a -h id.pub',
  '-n a -h -O permit-pty -O force-command=x id.pub',
  'id.pub',
  '-n % id.pub',
  '-n a,,b id.pub',
  `-n ${Array.from({ length: 257 }, (_, at) => at).join(',')} id.pub`,
  '-n a nosuch.pub',
  '-n a id.pub nosuch.pub',
  '-n a cert5.pub',
  '-n a -V always:forever id.pub',
  '-n a -V 20230701:20240101120000 id.pub',
  '-n a -V 20230312020000:20231105013000 id.pub',
  '-n a -V 20230231:20240101 id.pub',
  '-n a -V 0x10:0x20 id.pub',
  '-n a -V 202401011200:20300101120061Z id.pub',
  ...['+1x', '2023', '20300101:20200101', 'foo:bar', '20200101:always', '0xg:0x10', '-1y:+1d', ':'].map(
    (v) => `-n a -V ${v} id.pub`,
  ),
  ...['clear', 'no-pty', 'NO-PTY', 'permit-x11-forwarding', 'no-touch-required', 'verify-required'].map(
    (o) => `-n a -O ${o} id.pub`,
  ),
  ...[
    'force-command=ls~-l',
    'force-command=',
    'force-command',
    'extension:x@y',
    'extension:x=y=z',
    'critical:x',
    'extension:',
    'bogus',
  ].map((o) => `-n a -O ${o} id.pub`),
  ...['10.0.0.0/8,::1', '1.2.3.4/33', '1.2.3.4/24', 'foo', '!1.2.3.4', '1.2.3.4,,5', '%', ':::', '1'.repeat(60)].map(
    (a) => `-n a -O source-address=${a} id.pub`,
  ),
  '-n a -O force-command=x -O force-command=y id.pub',
  '-n a -O source-address=::1 -O source-address=::1 id.pub',
  '-n a -t ed25519 id.pub',
  '-n a -t rsa id.pub',
  '-n a -t foo id.pub',
];

/** Lines of specifications, right and wrong. */
const specificationLines = [
  'serial: 0',
  'serial: -1',
  'serial: 5-3',
  'serial: x',
  'serial: 1-',
  'serial: 1-x',
  'serial: 0-5',
  'serial:',
  'serial: 18446744073709551616',
  'serial: 1 2',
  'SERIAL: 5',
  'serial: 1-18446744073709551615',
  'serial : 5',
  'id:',
  'id: a b  # c',
  'key: foo',
  'sha1: foo',
  'sha256:',
  'hash: foo',
  'hash: MD5:aa',
  'hash: SHA256:aa',
  'hash: SHA256:AAAA',
  'foo',
  'hash: SHA256:0XGHXKwlv/wEcHNVmigpclN23ar/Tx4IrhhnjZqUPHY',
];

const cases: Readonly<Record<string, readonly Case[]>> = {
  '-s': [
    ...signing.map((line) => ({ line: `-s ca -I id ${line}` })),
    ...['-t rsa-sha2-256', '-t rsa-sha2-512', '-t ssh-rsa', '-t rsa', '-t RSA', '-t ecdsa'].map((type) => ({
      line: `-s rsa -I id -n a ${type} id.pub`,
    })),
    { line: '-s ec -I id -n a id.pub' },
    { line: '-s ca -n a id.pub' },
    { line: '-s ca -I id -n a' },
    { line: '-s nosuch -I id -n a id.pub' },
    { line: '-s id.pub -I id -n a id.pub' },
    { line: '-s locked -P secret -I id -n a id.pub' },
    { line: '-s locked -P wrong -I id -n a id.pub' },
    { line: '-s ca -I ä"b -n ö id.pub' },
    { line: '-s ca -I id -z x id.pub' },
    { line: '-s ca -I id -n a sk.pub' },
    { line: '-s sk -I id -n a id.pub ec.pub' },
    { line: '-s sk -t ed25519-sk -I id -n a id.pub' },
    { line: '-s sk -t ed25519 -I id -n a id.pub' },
    { line: '-w /nosuch -s sk -I id -n a id.pub' },
  ],
  '-V': [
    { line: '-V foo -l -f id.pub' },
    { line: '-V 20300101:20200101 -y -f id' },
    { line: '-V +1x -z x -F host' },
    { line: '-V 20200101:20300101 -l -f id.pub' },
    { line: '-V always:forever -V foo' },
  ],
  '-L': [
    ...['cert5', 'cert0', 'certx', 'id'].map((name) => ({ line: `-L -f ${name}.pub` })),
    ...['signature', 'nonce', 'end', 'short', 'type', 'key', 'base64'].map((name) => ({ line: `-L -f bad-${name}` })),
    { line: '-L -f several' },
    { line: '-L -E md5 -f cert5.pub' },
    { line: '-L -E sha512 -f cert0.pub' },
    { line: '-L -f nosuch' },
    { line: '-L -f .' },
    { line: '-L -f id' },
    { line: '-L -f spec' },
  ],
  '-k': [
    { line: '-k -f new -s ca.pub spec' },
    { line: '-k -f new -s ca.pub -z 9 -C a~comment spec cert5.pub cert0.pub certx.pub id.pub' },
    { line: '-k -f new -s none spec' },
    { line: '-k -f new cert5.pub cert0.pub id.pub rsa.pub' },
    { line: '-k -f new -q cert5.pub' },
    { line: '-k -u -f krl -s ca2.pub spec' },
    { line: '-k -u -f krl cert0.pub' },
    { line: '-k -f new' },
    { line: '-k spec' },
    { line: '-k -f new spec' },
    { line: '-k -f new nosuch' },
    { line: '-k -f new -s nosuch spec' },
    { line: '-k -u -f new spec' },
    { line: '-k -u -f spec cert5.pub' },
    { line: '-k -f nosuch/new cert5.pub' },
    { line: '-k -f new bad-signature' },
    ...specificationLines.map((input) => ({ line: '-k -f new -s ca.pub -', input: `\n# c\n${input}\n` })),
  ],
  '-Q': [
    { line: '-Q -f krl cert5.pub cert0.pub certx.pub id.pub rsa.pub ec.pub ca.pub ca2.pub bare.pub' },
    { line: '-Q -f krl id.pub' },
    { line: '-Q -f krl' },
    { line: '-Q krl' },
    { line: '-Q -f nosuch id.pub' },
    { line: '-Q -f krl id.pub nosuch' },
    { line: '-Q -f krl bad-signature' },
    { line: '-Q -f . id.pub' },
    ...['short', 'cut', 'magic', 'version'].map((name) => ({ line: `-Q -f krl-${name} id.pub` })),
    { line: '-Q -f spec id.pub' },
  ],
  '-r': [
    ...['id.pub', 'rsa.pub', 'ec.pub', 'cert5.pub', 'id', 'nosuch', 'spec'].map((name) => ({
      line: `-r h.example.com. -f ${name}`,
    })),
    { line: '-g -r h -f id.pub' },
    { line: '-g -r h -f rsa.pub' },
  ],
};

describe.skipIf(!hasOpenSsh)('ssh-keygen', () => {
  beforeAll(prepare);

  it.each(Object.entries(cases))('%s prints and writes what OpenSSH does', async (_, rows) => {
    for (const row of rows) await compare(row);
  });

  it('-Q -l lists what the OpenSSH that made the list lists', async () => {
    for (const line of ['-Q -l -f krl', '-Q -l -f krl cert5.pub id.pub']) await compare({ line });
  });

  it('-U says that the agent is not available yet', async () => {
    const outcome = await runOurs(start, wordsOf('-U -s ca.pub -I i -n a id.pub'));
    expect(outcome).toMatchObject({ status: 1, stderr: 'ssh-keygen: option -U is not available yet\n' });
  });
});
