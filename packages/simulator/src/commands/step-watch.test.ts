import { expect, test } from 'vitest';
import { StepWatch } from './step-watch.ts';

function counted() {
  let turns = 0;
  const poll = async () => {
    turns += 1;
    return { ready: [], signals: [] };
  };
  const watch = new StepWatch({ streams: { poll }, clock: { monotonic: () => 0 } });
  return { watch, turns: () => turns };
}

test('steps of all expressions count together, whichever is passed', async () => {
  const { watch, turns } = counted();
  const [much, little] = [{ steps: 0 }, { steps: 0 }];
  for (let line = 0; line < 10; line++) {
    much.steps += 200_000;
    await watch.pause([much]);
    little.steps += 50_000;
    await watch.pause([little]);
  }
  expect(turns()).toBe(5);
});

test('work that stands still gives no turns', async () => {
  const { watch, turns } = counted();
  const expression = { steps: 499_999 };
  for (let line = 0; line < 10; line++) await watch.pause([expression]);
  expect(turns()).toBe(0);
});
