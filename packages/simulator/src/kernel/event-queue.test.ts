import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventQueue, type QueueEntry } from './event-queue.ts';

const commands = fc.array(
  fc.oneof(
    fc.record({ type: fc.constant('schedule'), time: fc.nat({ max: 50 }), timer: fc.boolean() }),
    fc.record({ type: fc.constant('cancel'), time: fc.nat(), timer: fc.boolean() }),
    fc.record({ type: fc.constant('take'), time: fc.nat(), timer: fc.boolean() }),
  ),
  { maxLength: 400 },
);

/** The earliest of the live entries, the first scheduled of equals. */
function earliest(live: readonly QueueEntry[]): QueueEntry | undefined {
  return live.toSorted((a, b) => a.timeMicroseconds - b.timeMicroseconds || a.sequence - b.sequence)[0];
}

test('EventQueue gives entries by time, then by the order in which they were scheduled, without cancelled ones', () => {
  fc.assert(
    fc.property(commands, (list) => {
      const queue = new EventQueue();
      let live: QueueEntry[] = [];
      for (const { type, time, timer } of list) {
        if (type === 'schedule') live.push(queue.schedule(time, timer ? 'timer' : 'activity', () => {}));
        const chosen = type === 'cancel' ? live[time % Math.max(1, live.length)] : undefined;
        if (chosen !== undefined) queue.cancel(chosen);
        const first = earliest(live);
        const taken = type === 'take' ? queue.take() : undefined;
        if (type === 'take') expect(taken?.timeMicroseconds).toBe(first?.timeMicroseconds);
        if (type === 'take' && first !== undefined) expect(first.run).toBeUndefined();
        live = live.filter((entry) => entry.run !== undefined);
        expect(queue.nextMicroseconds).toBe(earliest(live)?.timeMicroseconds);
        expect(queue.activityCount).toBe(live.filter(({ kind }) => kind === 'activity').length);
      }
    }),
  );
});

test('EventQueue.cancel does nothing to an entry that ran', () => {
  const queue = new EventQueue();
  const entry = queue.schedule(1, 'activity', () => {});
  queue.take();
  queue.cancel(entry);
  expect(queue.activityCount).toBe(0);
  expect(queue.take()).toBeUndefined();
});
