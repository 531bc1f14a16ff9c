/** What the page shows of a world follows from its events alone. */
import { describe, expect, test } from 'vitest';
import { type PageEvent, WorldState } from './world-state.ts';

type WithoutTime<Event> = Event extends unknown ? Omit<Event, 'step' | 'timeMilliseconds'> : never;
type Body = WithoutTime<PageEvent>;

function stateAfter(...bodies: readonly Body[]): WorldState {
  const state = new WorldState('laptop', 'remote_host');
  for (const [step, body] of bodies.entries()) {
    state.apply(body.type === 'sealed' || body.type === 'prompted' ? body : { step, timeMilliseconds: 0, ...body });
  }
  return state;
}

const prompted = (pid: number, status: number): Extract<Body, { readonly type: 'prompted' }> => ({
  type: 'prompted',
  host: 'laptop',
  pid,
  status,
});
const ended = (pid: number, status: number): Extract<Body, { readonly type: 'processEnded' }> => ({
  type: 'processEnded',
  host: 'laptop',
  pid,
  argv: ['-bash'],
  status: { type: 'exited', pid, status },
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
  test('has no exit status before a command, nor at the first prompt of a shell', () => {
    expect(stateAfter().exitOf('laptop')).toBeUndefined();
    expect(stateAfter(prompted(1, 0)).exitOf('laptop')).toBeUndefined();
  });
  test('takes what the shell says at its prompt, whether a process was started or not', () => {
    expect(stateAfter(prompted(1, 0), prompted(1, 1)).exitOf('laptop')).toBe(1);
    expect(stateAfter(prompted(1, 0), prompted(1, 148)).exitOf('laptop')).toBe(148);
  });
  test('takes the login shell’s own status when that ends, and forgets it at the next login', () => {
    const shell = [prompted(1, 0), prompted(1, 1), ended(1, 3)];
    expect(stateAfter(...shell).exitOf('laptop')).toBe(3);
    expect(stateAfter(...shell, prompted(3, 0)).exitOf('laptop')).toBeUndefined();
  });
  test('leaves other processes to their shell', () => {
    expect(stateAfter(prompted(1, 0), { ...ended(2, 1), argv: ['false'] }).exitOf('laptop')).toBeUndefined();
  });
  test('forgets the status when a command begins', () => {
    const state = stateAfter(prompted(1, 0), prompted(1, 1));
    state.commandBegins('laptop');
    expect(state.exitOf('laptop')).toBeUndefined();
  });
  test('a connection can be read until its ssh has keys, whoever else has some', () => {
    expect(stateAfter(connected).picture('laptop').way).toEqual({ state: 'plain', shell: false });
    expect(stateAfter(connected).picture('laptop').client.address).toBe('192.0.2.10');
    expect(stateAfter(connected).picture('laptop').server.address).toBe('111.111.11.111');
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
