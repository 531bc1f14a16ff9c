/** What the page shows of a world follows from its events alone. */
import { describe, expect, test } from 'vitest';
import { type PageEvent, WorldState } from './world-state.ts';

type WithoutTime<Event> = Event extends unknown ? Omit<Event, 'step' | 'timeMilliseconds'> : never;
type Body = WithoutTime<PageEvent>;

function stateAfter(...bodies: readonly Body[]): WorldState {
  const state = new WorldState('laptop', 'remote_host');
  for (const [step, body] of bodies.entries()) {
    state.apply(body.type === 'sealed' ? body : { step, timeMilliseconds: 0, ...body });
  }
  return state;
}

const started = (pid: number, parentPid: number, argv: readonly string[]): Body => ({
  type: 'processStarted',
  host: 'laptop',
  pid,
  parentPid,
  argv,
  user: 'demo',
  session: 1,
});
const ended = (pid: number, status: number | undefined): Body => ({
  type: 'processEnded',
  host: 'laptop',
  pid,
  argv: [],
  status: status === undefined ? { type: 'stopped', pid, signal: 'SIGTSTP' } : { type: 'exited', pid, status },
  exit: status,
});
const connected: Body = {
  type: 'connectionOpened',
  connection: 1,
  from: { host: 'laptop', pid: 2, address: '192.0.2.10', port: 40_000 },
  to: { host: 'remote_host', pid: 5, address: '111.111.11.111', port: 22 },
};
const sealed: Extract<Body, { readonly type: 'sealed' }> = { type: 'sealed', host: 'laptop', pid: 2 };

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
  test('has none of a process that has only stopped', () => {
    const state = stateAfter(started(1, 0, ['-bash']), started(2, 1, ['sleep']), ended(2, undefined));
    expect(state.exitOf('laptop')).toBeUndefined();
  });
  test('takes the login shell’s own status when that ends, and forgets it at the next login', () => {
    const shell = [started(1, 0, ['-bash']), started(2, 1, ['false']), ended(2, 1), ended(1, 0)];
    expect(stateAfter(...shell).exitOf('laptop')).toBe(0);
    expect(stateAfter(...shell, started(3, 0, ['-bash'])).exitOf('laptop')).toBeUndefined();
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
