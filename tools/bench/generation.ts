/**
 * Making keys: ours on this platform against ssh-keygen (a process each), node:crypto and sshpk; the seeded generation, which worlds
 * and tests use, stands apart. RSA takes what luck the primes bring, so each run makes several.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateKey } from '@seashell/core/generate';
import { generateKey as generateSeededKey, runAtOnce } from '@seashell/core/keys';
import sshpk from 'sshpk';
import { time, type Comparison, type Run } from './compare.ts';

interface Wanted {
  readonly shown: string;
  readonly type: 'ssh-ed25519' | 'ssh-rsa';
  readonly bits: number;
  /** Keys a run. */
  readonly count: number;
  readonly keygenType: string;
  readonly byNode: () => unknown;
}

const rsa = (bits: number, count: number): Wanted => ({
  shown: `RSA ${bits}`,
  type: 'ssh-rsa',
  bits,
  count,
  keygenType: 'rsa',
  byNode: () => generateKeyPairSync('rsa', { modulusLength: bits }),
});

const ed25519: Wanted = {
  shown: 'Ed25519',
  type: 'ssh-ed25519',
  bits: 256,
  count: 20,
  keygenType: 'ed25519',
  byNode: () => generateKeyPairSync('ed25519'),
};

const times =
  (count: number, act: () => unknown): Run =>
  () =>
    time(async () => {
      for (let made = 0; made < count; made++) await act();
    });

const random = (sizeBytes: number): Uint8Array => new Uint8Array(randomBytes(sizeBytes));

function bySshKeygen({ keygenType, bits }: Wanted): void {
  const directory = mkdtempSync(join(tmpdir(), 'seashell-bench-'));
  const size = keygenType === 'rsa' ? ['-b', String(bits)] : [];
  execFileSync('ssh-keygen', ['-q', '-t', keygenType, ...size, '-N', '', '-f', join(directory, 'id')]);
  rmSync(directory, { recursive: true });
}

const hasSshKeygen = spawnSync('ssh-keygen', ['-?']).error === undefined;

function rows(wanted: Wanted): readonly Comparison[] {
  const { shown, type, bits, count } = wanted;
  const common = { work: { amount: count, unit: 'keys' }, repetitions: 3 };
  const ours = times(count, () => generateKey({ type, bits }));
  const seeded = times(count, () => runAtOnce(generateSeededKey({ type, bits, random })));
  const what = `${shown} keys made`;
  return [
    ...(hasSshKeygen
      ? [{ ...common, what, peer: 'ssh-keygen', ours, theirs: times(count, () => bySshKeygen(wanted)) }]
      : []),
    { ...common, what, peer: 'node:crypto', ours, theirs: times(count, wanted.byNode) },
    {
      ...common,
      what: `${shown} keys made from a seed`,
      peer: 'node:crypto',
      ours: seeded,
      theirs: times(count, wanted.byNode),
    },
  ];
}

/** sshpk makes no RSA keys. */
const againstSshpk: Comparison = {
  what: 'Ed25519 keys made',
  peer: 'sshpk',
  work: { amount: ed25519.count, unit: 'keys' },
  ours: times(ed25519.count, () => generateKey({ type: 'ssh-ed25519' })),
  theirs: times(ed25519.count, () => sshpk.generatePrivateKey('ed25519')),
};

export const generation: readonly Comparison[] = [
  ...rows(ed25519),
  againstSshpk,
  ...[rsa(2048, 40), rsa(3072, 15), rsa(4096, 8)].flatMap(rows),
];
