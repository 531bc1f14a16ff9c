/** What the page shows of a world follows from its events alone. */
import type { WorldEventBody } from '@seashell/simulator';
import { describe, expect, test } from 'vitest';
import { type PageEvent, WorldState } from './world-state.ts';

type Body = WorldEventBody | Extract<PageEvent, { readonly type: 'sealed' }>;

function stateAfter(...bodies: readonly Body[]): WorldState {
  const state = new WorldState('laptop', 'remote_host');
  for (const [step, body] of bodies.entries()) {
    const event: PageEvent = body.type === 'sealed' ? body : { step, timeMilliseconds: 0, ...body };
    state.apply(event);
  }
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
const sealed: Extract<PageEvent, { readonly type: 'sealed' }> = { type: 'sealed', host: 'laptop', pid: 2 };

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
  test('a connection can be read until its ssh has keys, whoever else has some', () => {
    expect(stateAfter(connected).picture('laptop').way).toEqual({ state: 'plain', shell: false });
    expect(stateAfter(connected, { ...sealed, pid: 9 }).picture('laptop').way.state).toBe('plain');
    expect(stateAfter(connected, { ...sealed, host: 'other' }).picture('laptop').way.state).toBe('plain');
    expect(stateAfter(connected, sealed).picture(undefined).way.state).toBe('sealed');
  });
  test('the way has a shell while its prompt is the reader’s, and is gone with the connection', () => {
    const state = stateAfter(connected, sealed);
    expect(state.picture('remote_host').way).toEqual({ state: 'sealed', shell: true });
    state.apply({ step: 9, timeMilliseconds: 0, type: 'connectionClosed', connection: 1, reason: 'closed' });
    expect(state.picture('laptop').way.state).toBe('none');
  });
});
