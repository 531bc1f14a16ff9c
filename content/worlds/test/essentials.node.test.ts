/** The world `essentials` as the issue of the first login and the guide describe it: who reaches what, under which names, and as what. */
import { createWorld, standardPrograms } from '@seashell/simulator';
import { describe, expect, it } from 'vitest';
import { essentials } from '../src/essentials/index.ts';

interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | undefined;
}

/** Runs a line as a user of a host in a new world. */
async function runOn(host: string, user: string, commandLine: string): Promise<Ran> {
  const world = createWorld({ definition: essentials, seed: 1, programs: standardPrograms });
  const session = world.openCommand({ host, user, commandLine });
  const texts = { stdout: '', stderr: '' };
  session.onOutput((stream, bytes) => {
    texts[stream] += new TextDecoder().decode(bytes);
  });
  session.end();
  await world.run({ until: () => session.status !== undefined });
  return { ...texts, status: session.status?.type === 'exited' ? session.status.status : undefined };
}

/** Types answers at the laptop; gives what is on the screen in the end. */
async function typeAtLaptop(lines: readonly string[]): Promise<string> {
  const world = createWorld({ definition: essentials, seed: 1, programs: standardPrograms });
  const session = world.openTerminal({ host: 'laptop', user: 'demo' });
  let screen = '';
  session.onOutput((bytes) => {
    screen += new TextDecoder().decode(bytes);
  });
  for (const line of lines) {
    session.write(new TextEncoder().encode(`${line}\r`));
    while ((await world.run({ until: () => session.waiting && session.pendingBytes === 0 })) === 'steps');
  }
  return screen.replaceAll(bracketedPaste, '').replaceAll('\r', '');
}

const bracketedPaste = /\p{Cc}\[\?2004[hl]\r?/gu;
const accept = 'ssh -o StrictHostKeyChecking=accept-new';

describe('essentials', () => {
  it('the page of example.com is for remote_host alone: the packets of others are dropped', async () => {
    expect((await runOn('remote_host', 'demo', 'curl -s http://example.com/')).stdout).toContain('<h1>It works</h1>');
    for (const host of ['laptop', 'centos', 'old']) {
      const { stdout, status } = await runOn(host, 'demo', 'timeout 5 curl -s http://example.com/');
      expect([stdout, status], host).toEqual(['', 124]);
    }
  });

  it.each(['remote_host', 'remote_IP_host', 'host', '111.111.11.111'])('%s is remote_host', async (name) => {
    const screen = await typeAtLaptop([`${accept} demo@${name}`, 'seashell', 'hostname']);
    expect(screen).toMatch(/\$ hostname\nremote_host\n/);
  });

  it.each(['demo', 'username', 'user1', 'user2'])(
    '%s logs in to each host with the password seashell',
    async (user) => {
      for (const host of ['remote_host', 'centos', 'old', '-p 4444 example.com']) {
        const screen = await typeAtLaptop([`${accept} -l ${user} ${host}`, 'seashell', 'id -un']);
        expect(screen, host).toMatch(new RegExp(`\\$ id -un\\n${user}\\n`));
      }
    },
  );

  it('example.com has its sshd on port 4444 and nothing on 22', async () => {
    const { stderr, status } = await runOn('laptop', 'demo', 'ssh -o BatchMode=yes demo@example.com true');
    expect(stderr).toContain('port 22: Connection refused');
    expect(status).toBe(255);
  });

  it('centos calls itself so, and old runs OpenSSH 6.6', async () => {
    expect((await runOn('centos', 'demo', '. /etc/os-release; echo $ID')).stdout).toBe('centos\n');
    expect((await runOn('remote_host', 'demo', '. /etc/os-release; echo $ID')).stdout).toBe('ubuntu\n');
    expect((await runOn('old', 'demo', 'ssh -V')).stderr).toMatch(/^OpenSSH_6\.6/);
    expect((await runOn('laptop', 'demo', 'ssh -V')).stderr).toMatch(/^OpenSSH_10\.5/);
  });
});
