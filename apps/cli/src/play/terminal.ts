/** `play` on a real terminal: raw keys in, the screen out, the window's size, along real time. */
import process from 'node:process';
import type { TerminalSession, World } from '@seashell/simulator';
import { createRealTimeDriver } from '../real-time.ts';
import { exitStatusOf } from './exit-status.ts';

const windowSize = () => ({
  columns: process.stdout.columns,
  rows: process.stdout.rows,
  widthPixels: 0,
  heightPixels: 0,
});

/** A session sized as this terminal. */
export const terminalSize = windowSize;

export async function playOnTerminal(world: World, session: TerminalSession): Promise<number> {
  const driver = createRealTimeDriver(world);
  session.onOutput((bytes) => void process.stdout.write(bytes));
  const onKeys = (bytes: Uint8Array): void => {
    session.write(new Uint8Array(bytes));
    driver.wake();
  };
  const onResize = (): void => {
    session.resize(windowSize());
    driver.wake();
  };
  const onHangUp = (): void => {
    session.hangUp();
    driver.wake();
  };
  process.stdin.setRawMode(true);
  process.stdin.on('data', onKeys).on('end', onHangUp);
  process.stdout.on('resize', onResize);
  process.on('SIGHUP', onHangUp).on('SIGTERM', onHangUp);
  try {
    await driver.run(() => session.status !== undefined);
  } finally {
    process.stdin.setRawMode(false);
    process.stdin.pause();
  }
  return exitStatusOf(session.status);
}
