/** Two hosts with ssh and sshd, and what the tests of logins do with them: typing, running a command, reading the log. */
import { utf8DecodeLossy, utf8Encode } from '@seashell/core/wire';
import { expect } from 'vitest';
import { createWorld, standardPrograms, type World } from '../src/index.ts';
import type { TerminalSession } from '../src/world/world.ts';
import type { HostDefinition, WorldDefinition } from '../src/world-definition/definition.ts';

const startsAtMilliseconds = Date.UTC(2026, 0, 5, 9, 0, 0);

const laptop: HostDefinition = {
  name: 'laptop',
  image: 'ubuntu-like',
  hostKeyTypes: [],
  interfaces: [{ network: 'lan', address: '192.0.2.10' }],
  users: [{ name: 'demo', password: 'laptop-pw', identities: [{ type: 'ed25519' }] }],
  securityKey: true,
};

const server: HostDefinition = {
  name: 'server',
  aliases: ['other'],
  image: 'ubuntu-like',
  hostKeyTypes: ['ed25519'],
  interfaces: [{ network: 'lan', address: '192.0.2.20' }],
  users: [
    { name: 'demo', password: 'right' },
    { name: 'keyed', password: 'right', authorizedKeys: [{ host: 'laptop', user: 'demo' }] },
    { name: 'root', password: 'right', authorizedKeys: [{ host: 'laptop', user: 'demo' }] },
  ],
  motd: 'Welcome\n',
  sshdConfig: ['LogLevel VERBOSE'],
  services: [{ name: 'ssh', argv: ['/usr/sbin/sshd'], onlyAnswers: true }],
};

const definition: WorldDefinition = {
  name: 'pair',
  title: 'Pair',
  description: 'Two hosts.',
  start: { host: 'laptop', user: 'demo' },
  startsAtMilliseconds,
  networks: [{ name: 'lan', latencyMilliseconds: 5 }],
  hosts: [laptop, server],
};

export function pair(changes: Partial<HostDefinition> = {}): World {
  const hosts = [laptop, { ...server, ...changes }];
  return createWorld({
    definition: { ...definition, hosts },
    seed: 7,
    programs: standardPrograms,
  });
}

const escapes = /\p{Cc}\[\?2004[hl]/gu;

/** A terminal of the laptop, and what has appeared on its screen since it was last asked: carriage returns left out. */
export class Typist {
  readonly #world: World;
  readonly terminal: TerminalSession;
  #screen = '';

  constructor(world: World) {
    this.#world = world;
    this.terminal = world.openTerminal({ host: 'laptop', user: 'demo' });
    this.terminal.onOutput((bytes) => {
      this.#screen += utf8DecodeLossy(bytes);
    });
  }

  take(): string {
    const screen = this.#screen.replaceAll(escapes, '').replaceAll('\r', '');
    this.#screen = '';
    return screen;
  }

  /** Runs until somebody would type. */
  async settle(): Promise<void> {
    expect(await this.#world.run({ until: () => this.terminal.waiting || this.terminal.status !== undefined })).toBe(
      'until',
    );
  }

  /** Types a line, or keys that need no Return; what it brings. */
  async type(text: string): Promise<string> {
    this.take();
    this.terminal.write(utf8Encode(/\p{Cc}$|^~.$/u.test(text) ? text : `${text}\r`));
    await this.settle();
    return this.take();
  }

  /** Lets time pass; what it brings. */
  async wait(milliseconds: number): Promise<string> {
    this.take();
    await this.#world.run({ untilMilliseconds: this.#world.nowMilliseconds + milliseconds });
    return this.take();
  }
}

/** Types each line when somebody would; gives what each one brought. */
export async function converse(world: World, lines: readonly string[]): Promise<readonly string[]> {
  const typist = new Typist(world);
  await typist.settle();
  const answers: string[] = [];
  for (const line of lines) answers.push(await typist.type(line));
  return answers;
}

export interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | undefined;
}

export async function runCommand(world: World, commandLine: string, input = ''): Promise<Ran> {
  const session = world.openCommand({ host: 'laptop', user: 'demo', commandLine });
  const texts = { stdout: '', stderr: '' };
  session.onOutput((stream, bytes) => {
    texts[stream] += utf8DecodeLossy(bytes);
  });
  session.write(utf8Encode(input));
  session.end();
  await world.run({ until: () => session.status !== undefined, maximumSteps: 1_000_000 });
  return { ...texts, status: session.status?.type === 'exited' ? session.status.status : undefined };
}

export function authLog(world: World): string {
  return utf8DecodeLossy(world.files.read('server', '/var/log/auth.log')).replaceAll(
    /^.*?sshd(?:-session)?\[\d+\]: /gm,
    '',
  );
}

export const accept = '-o StrictHostKeyChecking=accept-new';
