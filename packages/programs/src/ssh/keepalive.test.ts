import { describe, expect, it } from 'vitest';
import { Keepalive } from './keepalive.ts';

const interval = 5000;

describe('Keepalive', () => {
  it('never asks with an interval of 0', () => {
    const keepalive = new Keepalive({ intervalMilliseconds: 0, countMaximum: 3 });
    keepalive.heard(100);
    expect(keepalive.deadline).toBeUndefined();
    expect(keepalive.check(1e9)).toBe('nothing');
  });

  it('asks after each interval of silence, and gives up after as many questions as allowed', () => {
    const keepalive = new Keepalive({ intervalMilliseconds: interval, countMaximum: 2 });
    keepalive.heard(0);
    expect(keepalive.check(interval - 1)).toBe('nothing');
    const asked = [1, 2, 3].map((times) => keepalive.check(times * interval));
    expect(asked).toEqual(['ask', 'ask', 'give-up']);
  });

  it('starts anew whenever the peer is heard', () => {
    const keepalive = new Keepalive({ intervalMilliseconds: interval, countMaximum: 1 });
    keepalive.heard(0);
    expect(keepalive.check(interval)).toBe('ask');
    keepalive.heard(interval + 1);
    expect(keepalive.deadline).toBe(2 * interval + 1);
    expect(keepalive.check(2 * interval)).toBe('nothing');
    expect(keepalive.check(2 * interval + 1)).toBe('ask');
  });
});
