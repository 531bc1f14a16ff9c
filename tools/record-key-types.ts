/**
 * Records a key and a signature of each key type that real ssh-keygen makes, as fixtures of packages/core. Run it again only to add
 * cases: `node tools/record-key-types.ts --openssh10 FOLDER/bin/ssh-keygen --openssh66 ... --provider FOLDER/lib/sk-dummy.so`.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const target = fileURLToPath(new URL('../packages/core/test/fixtures/openssh-key-types.ts', import.meta.url));

interface Case {
  readonly openssh: '10' | '6.6';
  readonly options: readonly string[];
}

const cases: readonly Case[] = [
  { openssh: '10', options: ['-t', 'ecdsa', '-b', '256'] },
  { openssh: '10', options: ['-t', 'ecdsa', '-b', '384'] },
  { openssh: '10', options: ['-t', 'ecdsa', '-b', '521'] },
  { openssh: '10', options: ['-t', 'ed25519-sk'] },
  { openssh: '10', options: ['-t', 'ecdsa-sk'] },
  { openssh: '10', options: ['-t', 'mldsa44-ed25519'] },
  { openssh: '6.6', options: ['-o', '-t', 'ecdsa', '-b', '256'] },
  { openssh: '6.6', options: ['-o', '-t', 'ecdsa', '-b', '521'] },
  { openssh: '6.6', options: ['-o', '-t', 'dsa'] },
];

const { values } = parseArgs({
  options: { openssh10: { type: 'string' }, openssh66: { type: 'string' }, provider: { type: 'string' } },
});
const binaries = { '10': values.openssh10 ?? '', '6.6': values.openssh66 ?? '' };
const env = { ...process.env, SSH_SK_PROVIDER: values.provider ?? '' };

const folder = mkdtempSync(join(tmpdir(), 'record-key-types-'));
try {
  const table = JSON.stringify(cases.map(recordCase), null, 2);
  const head =
    '/** Recorded by tools/record-key-types.ts from real OpenSSH; test keys, never used for anything else. */\n';
  writeFileSync(target, `${head}export const opensshKeyTypes = ${table} as const;\n`);
} finally {
  rmSync(folder, { recursive: true });
}

function recordCase({ openssh, options }: Case, index: number): unknown {
  const file = join(folder, `key-${index}`);
  const keygen = (...more: string[]) => execFileSync(binaries[openssh], more, { encoding: 'utf8', env });
  keygen('-q', ...options, '-N', '', '-C', 'demo@laptop', '-f', file);
  return {
    openssh,
    name: options.join(' '),
    privateFile: readFileSync(file, 'latin1'),
    publicLine: readFileSync(`${file}.pub`, 'latin1'),
    listing: keygen('-lv', '-f', `${file}.pub`),
    signature: openssh === '10' ? signed(file) : '',
  };
}

/** An SSHSIG of the word "message". */
function signed(file: string): string {
  const options = ['-q', '-Y', 'sign', '-n', 'file', '-f', file];
  return execFileSync(binaries['10'], options, { encoding: 'utf8', env, input: 'message' });
}
