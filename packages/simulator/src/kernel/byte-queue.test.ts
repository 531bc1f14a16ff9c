import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteQueue } from './byte-queue.ts';

test('ByteQueue gives the bytes that were put in, in any pieces', () => {
  const steps = fc.array(fc.oneof(fc.uint8Array({ maxLength: 20 }), fc.nat({ max: 30 })), { maxLength: 100 });
  fc.assert(
    fc.property(steps, (list) => {
      const queue = new ByteQueue();
      let expected: number[] = [];
      for (const step of list) {
        if (typeof step === 'number') {
          expect([...queue.take(step)]).toEqual(expected.slice(0, step));
          expected = expected.slice(step);
        } else {
          queue.push(step.slice());
          expected.push(...step);
        }
        expect(queue.length).toBe(expected.length);
      }
    }),
  );
});

test('ByteQueue.take gives arrays of their own', () => {
  const queue = new ByteQueue();
  queue.push(Uint8Array.of(1, 2, 3, 4));
  const first = queue.take(2);
  first.fill(9);
  expect([...queue.take(2)]).toEqual([3, 4]);
});
