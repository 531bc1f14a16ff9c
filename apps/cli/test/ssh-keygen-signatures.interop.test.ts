/**
 * ssh-keygen -Y: ours and OpenSSH's are asked the same, with the same files, and must answer with the same bytes and the same status.
 * Signatures cross: each verifies what the other signed, with every key type that signs without a device, and by certificates.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { hasOpenSsh, run, seashell, type Outcome } from './real-openssh.ts';

const directory = mkdtempSync(join(tmpdir(), 'seashell-signatures-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
const at = (name: string): string => join(directory, name);
const read = (name: string): string => readFileSync(at(name), 'utf8');
const write = (name: string, text: string | Uint8Array): void => writeFileSync(at(name), text, { mode: 0o600 });

/** Words are split at blanks; `@name` is a file of the directory. */
const wordsOf = (line: string): string[] => line.split(' ').map((word) => word.replace(/^@(\w[\w.-]*)$/, at('$1')));

/** One child at a time: ours and OpenSSH's may write the same file. */
const runOurs = (line: string, input = message): Promise<Outcome> =>
  run(process.execPath, [seashell, 'ssh-keygen', ...wordsOf(line)], { input, environment });
const runTheirs = (line: string, input = message): Promise<Outcome> =>
  run('ssh-keygen', wordsOf(line), { input, environment });
/** A zone with summer time, which the C library knows without its database. */
const environment = { SSH_AUTH_SOCK: '', TZ: 'EST5EDT', SSH_ASKPASS_REQUIRE: 'never' };
const message = 'hello\n';

/** What must be equal; their messages do not name their path. */
const shown = ({ stdout, stderr, status }: Outcome) => ({ stdout: stdout.toString(), stderr, status });

async function prepare(): Promise<void> {
  for (const name of ['id', 'other', 'ca']) await runTheirs(`-q -t ed25519 -N  -C ${name} -f @${name}`);
  await runTheirs('-q -t rsa -b 2048 -N  -f @rsa');
  for (const bits of [256, 384, 521]) await runTheirs(`-q -t ecdsa -b ${bits} -N  -f @ec${bits}`);
  write('certified', read('other'));
  write('certified.pub', read('other.pub'));
  await runTheirs('-q -s @ca -I someone -n a@b,x@y -V 20200101:20400101 @certified.pub');
  write('message', message);
  await runTheirs('-q -Y sign -f @id -n file @message');
  await runTheirs('-k -q -f @krl @id.pub');
  const damaged = (change: (bytes: Uint8Array) => Uint8Array): string => {
    const bytes = Buffer.from(read('message.sig').split('\n').slice(1, -2).join(''), 'base64');
    return `-----BEGIN SSH SIGNATURE-----\n${Buffer.from(change(bytes)).toString('base64')}\n-----END SSH SIGNATURE-----\n`;
  };
  write(
    'magic.sig',
    damaged((bytes) => bytes.with(5, 88)),
  );
  write(
    'version.sig',
    damaged((bytes) => bytes.with(9, 2)),
  );
  write(
    'trailing.sig',
    damaged((bytes) => Uint8Array.of(...bytes, 0)),
  );
  write(
    'short.sig',
    damaged((bytes) => bytes.subarray(0, -3)),
  );
  write(
    'hash.sig',
    damaged((bytes) => Buffer.from(Buffer.from(bytes).toString('latin1').replace('sha512', 'sha513'), 'latin1')),
  );
  write(
    'type.sig',
    damaged((bytes) => bytes.with(24, 56)),
  );
  write(
    'bit.sig',
    damaged((bytes) => bytes.with(bytes.length - 1, (bytes.at(-1) ?? 0) ^ 1)),
  );
  write('footer.sig', read('message.sig').replace('-----END', '----END'));
  const id = read('id.pub').trim();
  write('allowed', `# who\n*@b,!z@b namespaces="file,git" ${id}\n`);
  write('expired', `a@b valid-after="20200101",valid-before="20200201Z" ${id}\na@b namespaces="git" ${id}\n`);
  write('wrong', `a@b\na@b namespaces="x ${id}\na@b nonsense ${id}\na@b cert-authority x y\nq ${id}\n`);
  write('authority', `*@b cert-authority ${read('ca.pub')}`);
  write('stranger', `q@q cert-authority ${read('ca.pub')}`);
  write('certified.sig', (await runTheirs('-q -Y sign -f @certified-cert.pub -n file')).stdout);
}

const questions = [
  ['verify -f @allowed -I a@b -n file -s @message.sig'],
  ['verify -f @allowed -I a@b -n file -s @message.sig', 'another message\n'],
  ['verify -f @allowed -I z@b -n file -s @message.sig'],
  ['verify -f @allowed -I a@b -n git -s @message.sig'],
  ['verify -f @expired -I a@b -n file -s @message.sig -O verify-time=20200301'],
  ['verify -f @expired -I a@b -n file -s @message.sig -O verify-time=201912312359Z'],
  ['verify -f @expired -I a@b -n file -s @message.sig -O verify-time=20200115'],
  ['verify -f @expired -I a@b -n file -s @message.sig -O verify-time=201912312359'],
  ['verify -f @expired -I a@b -n file -s @message.sig -O verify-time=20200701'],
  ['verify -f @wrong -I a@b -n file -s @message.sig'],
  ['verify -f @nowhere -I a@b -n file -s @message.sig'],
  ['verify -f @allowed -I a@b -n file -s @nowhere'],
  ['verify -f @allowed -I a@b -n file -s @message'],
  ['verify -f @allowed -I a@b -n file -s @message.sig -E md5 -O print-pubkey'],
  ['verify -f @allowed -I a@b -n file -s @message.sig -q'],
  ['verify -f @allowed -I a@b -n file -s @message.sig -r @id.pub'],
  ['verify -f @allowed -I a@b -n file -s @message.sig -r @ca.pub'],
  ['verify -f @allowed -I a@b -n file -s @message.sig -r @krl'],
  ['verify -f @allowed -I a@b -n file -s @message.sig -r @nowhere'],
  ['verify -f @allowed -I a@b -n file -s @message.sig -O hashalg=sha256'],
  ['verify -f @allowed -I a@b -n file -s @message.sig -O verify-time=soon'],
  ['verify -n file -s @message.sig'],
  ['check-novalidate -n file -s @message.sig'],
  ['check-novalidate -n file -s @magic.sig'],
  ['check-novalidate -n file -s @version.sig'],
  ['check-novalidate -n file -s @trailing.sig'],
  ['check-novalidate -n file -s @short.sig'],
  ['check-novalidate -n file -s @hash.sig'],
  ['check-novalidate -n file -s @type.sig'],
  ['check-novalidate -n file -s @bit.sig'],
  ['check-novalidate -n file -s @footer.sig'],
  ['find-principals -f @allowed -s @message.sig'],
  ['find-principals -f @wrong -s @message.sig'],
  ['find-principals -f @authority -s @message.sig'],
  ['find-principals -f @nowhere -s @message.sig'],
  ['find-principals -f @allowed -s @type.sig'],
  ['find-principals -s @message.sig'],
  ['verify -v -f @allowed -I a@b -n file -s @message.sig'],
  ['verify -vvv -f @wrong -I a@b -n file -s @message.sig'],
  ['verify -v -f @allowed -I a@b -n git -s @message.sig'],
  ['verify -v -f @allowed -I a@b -n file -s @message.sig -r @krl'],
  ['verify -v -f @allowed -I a@b -n file -s @message.sig -r @ca.pub'],
  ['find-principals -vvv -f @wrong -s @message.sig'],
  ['find-principals -v -f @authority -s @certified.sig'],
  ['find-principals -v -f @stranger -s @certified.sig'],
  ['match-principals -v -f @allowed -I a@b'],
  ['match-principals -v -f @allowed -I z@b'],
  ['match-principals -v -f @wrong -I a@b'],
  ['match-principals -f @allowed -I a@b'],
  ['match-principals -f @allowed -I z@b'],
  ['match-principals -f @nowhere -I a@b'],
  ['match-principals -f @wrong -I a@b'],
  ['match-principals -f @allowed -I a@b -O x'],
  ['sign -n file -f @id -O hashalg=sha256'],
  ['sign -n file -f @id.pub -'],
  ['sign -n file -f @id -O hashalg=md5'],
  ['sign -n file -f @nowhere'],
  ['sign -n file -f @id @nowhere'],
  ['sign -f @id'],
  ['sign -v -n file -f @certified-cert.pub @nowhere'],
  ['sign -v -n file -f @message'],
] as const;

describe.skipIf(!hasOpenSsh)('ssh-keygen -Y beside OpenSSH', () => {
  it('answers each question with the same bytes and the same status', { timeout: 300_000 }, async () => {
    await prepare();
    const differences: unknown[] = [];
    for (const [line, input] of questions) {
      const [ours, theirs] = await Promise.all([runOurs(`-Y ${line}`, input), runTheirs(`-Y ${line}`, input)]);
      try {
        expect(shown(ours)).toEqual(shown(theirs));
      } catch {
        differences.push({ line, ours: shown(ours), theirs: shown(theirs) });
      }
    }
    expect(differences).toEqual([]);
  });

  it(
    'each verifies what the other signed, with every key type and by a certificate',
    { timeout: 300_000 },
    async () => {
      for (const name of ['id', 'rsa', 'ec256', 'ec384', 'ec521', 'certified-cert.pub']) {
        const allowed = name === 'certified-cert.pub' ? '@authority' : `@allowed-${name}`;
        if (name !== 'certified-cert.pub') write(`allowed-${name}`, `a@b ${read(`${name}.pub`)}`);
        const verify = `-Y verify -f ${allowed} -I a@b -n file -s @by`;
        write('by', (await runOurs(`-q -Y sign -n file -f @${name}`)).stdout);
        const theirs = shown(await runTheirs(verify));
        expect(theirs, name).toMatchObject({ status: 0, stderr: '' });
        write('by', (await runTheirs(`-q -Y sign -n file -f @${name}`)).stdout);
        expect(shown(await runOurs(verify)), name).toEqual(theirs);
      }
    },
  );

  it('writes signatures beside the files, and asks before it writes over one', { timeout: 300_000 }, async () => {
    const line = '-Y sign -n file -f @id @message @allowed';
    const written: unknown[] = [];
    for (const keygen of [runTheirs, runOurs]) {
      for (const name of ['message.sig', 'allowed.sig']) rmSync(at(name), { force: true });
      const first = shown(await keygen(line, ''));
      const files = [read('message.sig'), read('allowed.sig')];
      write('message.sig', 'kept\n');
      write('allowed.sig', 'lost\n');
      const second = shown(await keygen(line, 'n\ny\n'));
      written.push({ first, files, second, after: [read('message.sig'), read('allowed.sig')] });
    }
    expect(written[1]).toEqual(written[0]);
  });
});
