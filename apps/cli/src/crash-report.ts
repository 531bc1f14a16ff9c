/** What this command says of a program of a world that threw: a bug of ours, which ended that program alone. */
import process from 'node:process';
import type { World } from '@seashell/simulator';

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Writes the stack of each crash to this process's standard error; the world goes on. */
export function reportCrashes(world: Pick<World, 'observe'>): void {
  world.observe((event) => {
    if (event.type !== 'crashed') return;
    const [name = ''] = event.argv;
    process.stderr.write(`seashell: ${name} on ${event.host} crashed, by a bug of ours: ${stackOf(event.error)}\n`);
  });
}
