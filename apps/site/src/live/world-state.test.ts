/** What the page shows of a world follows from its events alone. */
import type { WorldEvent, WorldEventBody } from '@seashell/simulator';
import { describe, expect, test } from 'vitest';
import { WorldState } from './world-state.ts';

function stateAfter(...bodies: readonly WorldEventBody[]): WorldState {
  const state = new WorldState('laptop', 'remote_host');
  for (const [step, body] of bodies.entries()) state.apply({ step, timeMilliseconds: 0, ...body } satisfies WorldEvent);
  return state;
}

const started = (pid: number, parentPid: number, argv: readonly string[]): WorldEventBody => ({
  type: 'processStarted',
  host: 'laptop',
  pid,
  parentPid,
  argv,
  user: 'demo',
  session: 1,
});
const ended = (pid: number, status: number): WorldEventBody => ({
  type: 'processEnded',
  host: 'laptop',
  pid,
  argv: [],
  status: { type: 'exited', pid, status },
});
const connected: WorldEventBody = {
  type: 'connectionOpened',
  connection: 1,
  from: { host: 'laptop', pid: 2, address: '192.0.2.10', port: 40_000 },
  to: { host: 'remote_host', pid: 5, address: '111.111.11.111', port: 22 },
};
const logged = (message: string): WorldEventBody => ({
  type: 'logged',
  host: 'remote_host',
  pid: 5,
  entry: { message, facility: 'auth', severity: 'info', identity: 'sshd-session' },
});

describe('WorldState', () => {
  test('has no exit status before a command', () => {
    expect(stateAfter(started(1, 0, ['-bash'])).exitOf('laptop')).toBeUndefined();
  });
  test('takes the status of what the login shell started last, in a pipeline too', () => {
    const state = stateAfter(
      started(1, 0, ['-bash']),
      started(2, 1, ['false']),
      started(3, 1, ['true']),
      ended(3, 0),
      ended(2, 1),
    );
    expect(state.exitOf('laptop')).toBe(0);
  });
  test('leaves grandchildren out', () => {
    const state = stateAfter(started(1, 0, ['-bash']), started(2, 1, ['sh']), started(3, 2, ['false']), ended(3, 1));
    expect(state.exitOf('laptop')).toBeUndefined();
  });
  test('forgets the status when a command begins', () => {
    const state = stateAfter(started(1, 0, ['-bash']), started(2, 1, ['false']), ended(2, 1));
    state.commandBegins('laptop');
    expect(state.exitOf('laptop')).toBeUndefined();
  });
  test('a connection can be read until the server checks the user', () => {
    expect(stateAfter(connected).picture('laptop').way).toEqual({ state: 'plain', shell: false });
    expect(stateAfter(connected, logged('Failed password for demo')).picture(undefined).way.state).toBe('sealed');
  });
  test('who prints changes with the login and with the end of the connection', () => {
    const state = stateAfter(connected, logged('Accepted password for demo'));
    expect(state.speaker).toBe('server');
    expect(state.picture('remote_host').way).toEqual({ state: 'sealed', shell: true });
    state.apply({ step: 9, timeMilliseconds: 0, type: 'connectionClosed', connection: 1, reason: 'closed' });
    expect(state.speaker).toBe('client');
    expect(state.picture('laptop').way.state).toBe('none');
  });
});
