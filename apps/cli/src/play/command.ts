/**
 * `play -c`: one command line without a terminal. Input is given when the world is quiet. Once standard input has ended, virtual time
 * jumps; while it is open it follows real time, since what comes next is the outside's to say.
 */
import process from 'node:process';
import type { CommandSession, World } from '@seashell/simulator';
import { createRealTimeDriver } from '../real-time.ts';
import { exitStatusOf } from './exit-status.ts';

/** Bytes on their way into the world beyond which standard input waits. */
const pendingBytesMaximum = 256 * 1024;

/** Ends without a word when the reader of our output is gone, as any filter. */
function writeOut(stream: NodeJS.WriteStream, session: CommandSession): (bytes: Uint8Array) => void {
  stream.on('error', () => session.hangUp());
  return (bytes) => void stream.write(bytes);
}

function passInput(session: CommandSession, wake: () => void): { readonly ended: () => boolean } {
  let ended = false;
  process.stdin.on('data', (bytes) => {
    session.write(new Uint8Array(bytes));
    if (session.pendingBytes > pendingBytesMaximum) process.stdin.pause();
    wake();
  });
  process.stdin.on('end', () => {
    ended = true;
    session.end();
    wake();
  });
  return { ended: () => ended };
}

export async function playCommand(world: World, session: CommandSession): Promise<number> {
  const outputs = { stdout: writeOut(process.stdout, session), stderr: writeOut(process.stderr, session) } as const;
  session.onOutput((stream, bytes) => outputs[stream](bytes));
  const driver = createRealTimeDriver(world);
  const input = passInput(session, driver.wake);
  const done = (): boolean => session.status !== undefined;
  const needsMore = (): boolean => process.stdin.isPaused() && session.pendingBytes <= pendingBytesMaximum;
  while (!done() && !input.ended()) {
    await driver.run(() => done() || input.ended() || needsMore());
    process.stdin.resume();
  }
  while (!done()) {
    const result = await world.run({ until: done });
    if (result === 'idle') session.hangUp();
    await drained(process.stdout);
  }
  process.stdin.pause();
  return exitStatusOf(session.status);
}

async function drained(stream: NodeJS.WriteStream): Promise<void> {
  if (!stream.writableNeedDrain) return;
  await new Promise<void>((resolve) => {
    stream.once('drain', resolve);
    stream.once('error', () => resolve());
  });
}
