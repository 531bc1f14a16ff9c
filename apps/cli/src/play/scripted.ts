/** `play --answers`: the world runs as fast as it can, and types the next answer when a person would. */
import process from 'node:process';
import type { TerminalSession, World } from '@seashell/simulator';
import { exitStatusOf } from './exit-status.ts';

export async function playAnswers(
  world: World,
  session: TerminalSession,
  answers: readonly Uint8Array[],
): Promise<number> {
  session.onOutput((bytes) => void process.stdout.write(bytes));
  const ended = (): boolean => session.status !== undefined;
  const until = (): boolean => ended() || (session.waiting && session.pendingBytes === 0);
  const settle = async (): Promise<void> => {
    while ((await world.run({ until })) === 'steps');
  };
  await settle();
  for (const answer of answers) {
    if (ended()) break;
    session.write(answer);
    await settle();
  }
  if (!ended()) session.hangUp();
  while (!ended()) {
    if ((await world.run({ until: ended })) === 'idle') break;
  }
  return exitStatusOf(session.status);
}
