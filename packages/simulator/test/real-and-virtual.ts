/** A command line in a real bash with coreutils, and on a virtual host, in a directory with the same files. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { oneHost } from './one-host.ts';
import { files } from './command-lines.ts';

export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}

export const bashIsReference = /version 5\.2\./.test(execFileSync('/bin/bash', ['--version'], { encoding: 'utf8' }));

/** The line in a real bash; a directory with the files is made for it below `parent`. */
export function runReal(parent: string, line: string): Outcome {
  const directory = mkdtempSync(join(parent, 'd-'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), content);
  }
  const environment = { PATH: '/usr/bin:/bin', HOME: directory, LANG: 'C', LC_ALL: 'C.UTF-8', TZ: 'UTC' };
  const root = process.getuid?.() === 0;
  if (root) execFileSync('chown', ['-R', '65534:65534', parent]);
  const result = spawnSync('/bin/bash', ['-c', line], {
    argv0: 'bash',
    cwd: directory,
    env: environment,
    input: '',
    timeout: 20_000,
    maxBuffer: 64 * 1024 * 1024,
    ...(root ? { uid: 65_534, gid: 65_534 } : {}),
  });
  return { stdout: result.stdout.toString(), stderr: result.stderr.toString(), status: result.status ?? -1 };
}

/** The line on a virtual host. */
export async function runOurs(line: string): Promise<Outcome> {
  const user = {
    password: 'x',
    files: Object.entries(files).map(([path, content]) => ({ path: `w/${path}`, content })),
  };
  const world = oneHost(user);
  const quoted = line.replaceAll("'", "'\\''");
  const session = world.openCommand({
    host: 'host',
    user: 'demo',
    commandLine: `cd w && HOME=$PWD LC_ALL=C.UTF-8 exec bash -c '${quoted}'`,
  });
  const output = { stdout: '', stderr: '' };
  const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  session.onOutput((stream, bytes) => {
    output[stream] += decoders[stream].decode(bytes, { stream: true });
  });
  session.end();
  await world.run({ until: () => session.status !== undefined, maximumSteps: 2_000_000 });
  const { status } = session;
  return { ...output, status: status?.type === 'exited' ? status.status : -1 };
}

function plain(text: string): string {
  return text
    .replace(/[‘’]/g, "'")
    .replace(/line (\d+):\s+\d+ (?=[A-Z])/g, 'line $1: PID ')
    .replace(/^\s+\d+ (?=.{24}\| )/gm, 'PID ')
    .replaceAll(/\/tmp\/seashell-shell-\w+\/d-\w+|\/home\/demo\/w/g, 'DIRECTORY');
}

/** What both sides may call differently: the temporary directory, pids, the quotes of a UTF-8 locale. */
export function normalise({ stdout, stderr, status }: Outcome): Outcome {
  return { stdout: plain(stdout), stderr: plain(stderr), status };
}
