/**
 * A login through the default world, replayed. The fixture holds a log of inputs and the bytes that appeared; Node and Chromium both run
 * this file, so both give the same bytes. `UPDATE=1` in Node writes the fixture again.
 */
import {
  createWorld,
  standardPrograms,
  type InputLog,
  type TerminalSession,
  type World,
  type WorldInput,
} from '@seashell/simulator';
import { describe, expect, it } from 'vitest';
import { essentials } from '../src/index.ts';
import recording from './fixtures/login.json' with { type: 'json' };

/** What a person types, each line when the terminal waits. */
const answers = [
  'ssh demo@remote_host',
  'yes',
  'seashell',
  'hostname',
  'echo $SSH_CONNECTION; date',
  'exit',
  'echo $?',
];

interface Outcome {
  readonly output: string;
  readonly log: InputLog;
}

const open = (replay?: InputLog): World =>
  createWorld({
    definition: essentials,
    seed: 1,
    programs: standardPrograms,
    ...(replay === undefined ? {} : { replay }),
  });

/** Every byte as a character of its own, so that equal texts are equal bytes. */
const text = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');

async function live(): Promise<Outcome> {
  const world = open();
  const session = world.openTerminal({ host: 'laptop', user: 'demo' });
  let output = '';
  session.onOutput((bytes) => {
    output += text(bytes);
  });
  const settle = async (): Promise<void> => {
    while ((await world.run({ until: () => session.waiting && session.pendingBytes === 0 })) === 'steps');
  };
  await settle();
  for (const answer of answers) {
    session.write(new TextEncoder().encode(`${answer}\r`));
    await settle();
  }
  return { output, log: world.log };
}

const isTerminal = (session: ReturnType<World['session']>): session is TerminalSession => session?.type === 'terminal';

async function replayed(log: InputLog, expectedBytes: number): Promise<string> {
  const world = open(log);
  let output = '';
  let listening = false;
  const until = (): boolean => {
    const session = world.session(1);
    if (!listening && isTerminal(session)) {
      listening = true;
      session.onOutput((bytes) => {
        output += text(bytes);
      });
    }
    return output.length >= expectedBytes;
  };
  while ((await world.run({ until })) === 'steps');
  return output;
}

const isBytes = (value: unknown): value is Uint8Array => value instanceof Uint8Array;

/** A log as JSON: byte arrays become arrays of numbers, and come back from them. */
const printLog = (log: InputLog): string =>
  JSON.stringify(log, (_key, value: unknown) => (isBytes(value) ? [...value] : value));

function readLog(): InputLog {
  const rows: readonly { before: number; atMicroseconds: number; input: Record<string, unknown> }[] = recording.log;
  return rows.map(({ before, atMicroseconds, input }) => ({ before, atMicroseconds, input: readInput(input) }));
}

function readInput(input: Record<string, unknown>): WorldInput {
  const { type, session, host, user, size, bytes } = input;
  if (type === 'bytes' && typeof session === 'number' && Array.isArray(bytes)) {
    return { type, session, bytes: Uint8Array.from(bytes.map(Number)) };
  }
  if (type === 'openTerminal' && typeof session === 'number' && typeof size === 'object' && size !== null) {
    const { columns = 80, rows = 24 }: { columns?: number; rows?: number } = size;
    return {
      type,
      session,
      host: String(host),
      user: String(user),
      size: { columns, rows, widthPixels: 0, heightPixels: 0 },
    };
  }
  throw new Error(`no such input in a recording: ${String(type)}`);
}

const update = typeof process === 'object' && process.env['UPDATE'] === '1';

describe('login replay', () => {
  it.runIf(update)('fixture: is written', async () => {
    const { output, log } = await live();
    const { writeFileSync } = await import('node:fs');
    const path = new URL('fixtures/login.json', import.meta.url);
    writeFileSync(path, `${JSON.stringify({ output, log: JSON.parse(printLog(log)) }, undefined, 1)}\n`);
  });

  it('live: the same keys give the recorded log and the recorded bytes', async () => {
    const { output, log } = await live();
    expect(output).toContain('\rremote_host\r\n');
    expect(output).toContain('Connection to remote_host closed.');
    expect(output).toBe(recording.output);
    expect(JSON.parse(printLog(log))).toEqual(recording.log);
  });

  it('replay: the recorded log gives the recorded bytes', async () => {
    expect(await replayed(readLog(), recording.output.length)).toBe(recording.output);
  });
});
