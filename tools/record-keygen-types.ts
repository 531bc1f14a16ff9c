/**
 * Records what ssh-keygen says of key types that its version does not know (DSA in 10, keys in authenticators in 6.6), as fixtures of
 * content/worlds. Run it again only to add cases: `node tools/record-keygen-types.ts --openssh10 FOLDER/bin/ssh-keygen --openssh66 ...
 * --provider FOLDER/lib/sk-dummy.so`.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const target = fileURLToPath(new URL('../content/worlds/test/fixtures/keygen-types.json', import.meta.url));

const { values } = parseArgs({
  options: { openssh10: { type: 'string' }, openssh66: { type: 'string' }, provider: { type: 'string' } },
});
const binaries = { '10': values.openssh10 ?? '', '6.6': values.openssh66 ?? '' };
type Version = keyof typeof binaries;
const env = { ...process.env, SSH_SK_PROVIDER: values.provider ?? '' };

const folder = mkdtempSync(join(tmpdir(), 'record-keygen-types-'));
const path = (name: string): string => join(folder, name);
const read = (name: string): string => readFileSync(path(name), 'utf8');
const words = (line: string): string[] => line.split(' ').map((word) => (word === '%' ? '' : word));

const make = (version: Version, line: string) =>
  execFileSync(binaries[version], words(line), { cwd: folder, env, stdio: 'ignore' });

/** Files that none of the runs may change. */
function makeFiles(): void {
  make('6.6', '-q -t dsa -N % -C dsa -f dsa');
  make('6.6', '-q -o -t dsa -N % -C dsa -f dsa-new');
  make('6.6', '-q -o -t dsa -N secret -C dsa -f dsa-locked');
  for (const name of ['ed', 'ca']) make('10', `-q -t ed25519 -N % -C ${name} -f ${name}`);
  make('10', '-q -t ed25519-sk -N % -C sk -f sk');
  make('6.6', '-s ca -I dsa -n a dsa.pub');
  make('6.6', '-s dsa -I ed -n a ed.pub');
  for (const name of ['dsa', 'sk']) {
    writeFileSync(path(`${name}-first`), `${read(`${name}.pub`)}${read('ed.pub')}`);
    writeFileSync(path(`${name}-hosts`), `web ${read(`${name}.pub`)}web ${read('ed.pub')}`);
  }
  writeFileSync(path('dsa-ssh2'), exported('6.6', '-e -f dsa.pub'));
  writeFileSync(path('sk-ssh2'), exported('10', '-e -f sk.pub'));
  writeFileSync(path('dsa-spki'), exported('6.6', '-e -m PKCS8 -f dsa.pub'));
}

/** Without the machine's name. */
function exported(version: Version, line: string): string {
  const text = execFileSync(binaries[version], words(line), { cwd: folder, encoding: 'utf8' });
  return text.replace(/converted by \S+/, 'converted by demo@laptop');
}

/** Of a public file, whatever its type. */
const ofPublic = (name: string): readonly string[] => [
  `-l -f ${name}.pub`,
  `-B -f ${name}.pub`,
  `-L -f ${name}.pub`,
  `-e -f ${name}.pub`,
  `-r h -f ${name}.pub`,
  `-s ca -I x -n a ${name}.pub`,
  `-k -f new ${name}.pub`,
  `-k -f new -s ${name}.pub ed.pub`,
  `-l -f ${name}-first`,
  `-F web -f ${name}-hosts`,
  `-F web -l -f ${name}-hosts`,
  `-R web -f ${name}-hosts`,
  `-H -f ${name}-hosts`,
  `-l -f ${name}-hosts`,
];

const ofPrivate = ['dsa', 'dsa-new'].flatMap((name) => [
  `-l -f ${name}`,
  `-y -f ${name}`,
  `-p -N abcde -f ${name}`,
  `-c -C new -f ${name}`,
  `-s ${name} -I x -n a ed.pub`,
  `-Y sign -n file -f ${name} ed.pub`,
]);

const lines: Readonly<Record<Version, readonly string[]>> = {
  '10': [
    ...ofPublic('dsa'),
    ...ofPrivate,
    '-l -v -f dsa-locked',
    '-y -P secret -f dsa-locked',
    '-y -P wrong -f dsa-locked',
    '-L -f dsa-cert.pub',
    '-l -f dsa-cert.pub',
    '-L -f ed-cert.pub',
    '-i -f dsa-ssh2',
    '-i -m PKCS8 -f dsa-spki',
  ],
  '6.6': [...ofPublic('sk'), '-l -f sk', '-i -f sk-ssh2'],
};

function run(version: Version, line: string): unknown {
  const options = { cwd: folder, encoding: 'utf8', env: { ...env, SSH_ASKPASS_REQUIRE: 'never' }, input: '' } as const;
  const { stdout, stderr, status } = spawnSync('stdbuf', ['-oL', binaries[version], ...words(line)], options);
  return { version, line, stdout, stderr, status };
}

try {
  makeFiles();
  const files = readdirSync(folder).map((name) => ({
    name,
    mode: statSync(path(name)).mode & 0o777,
    content: read(name),
  }));
  const versions = ['10', '6.6'] as const;
  const runs = versions.flatMap((version) => lines[version].map((line) => run(version, line)));
  writeFileSync(target, `${JSON.stringify({ files, runs }, null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true });
}
