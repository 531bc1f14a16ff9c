/** Each command of the registry is the one that its line names. */
import { expect, test } from 'vitest';
import { commands, definitions } from './index.ts';

test('commands: each line loads the definition of its name', async () => {
  const loaded = await Promise.all(Object.values(definitions).map((load) => load()));
  expect(loaded.map(({ name }) => name)).toEqual(commands.map(({ name }) => name));
});
