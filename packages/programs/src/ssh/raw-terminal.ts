/** This process's terminal while a session uses it: raw, and afterwards as it was (sshtty.c). */
import { isSystemError, type System, type TerminalAttributes, type WindowSize } from '@seashell/system';
import { writeAll } from '../storage/write-all.ts';
import { encodeTerminalModes, makeRaw } from '../terminal/terminal-modes.ts';

const descriptor = 0;

/** The terminal on descriptor 0, if there is one. */
export class RawTerminal {
  readonly #system: Pick<System, 'streams' | 'terminal'>;
  /** What it was before; undefined while it is not raw. */
  #cooked: TerminalAttributes | undefined;

  constructor(system: Pick<System, 'streams' | 'terminal'>) {
    this.#system = system;
  }

  /** Makes it raw. Where there is none, says so on stderr unless `isForced`. */
  async enter(isForced: boolean): Promise<void> {
    try {
      this.#cooked = await this.#system.terminal.getAttributes(descriptor);
      await this.#system.terminal.setAttributes(descriptor, makeRaw(this.#cooked), 'drain');
    } catch (error) {
      if (!isSystemError(error)) throw error;
      this.#cooked = undefined;
      if (!isForced) await writeAll(this.#system.streams, 2, `tcgetattr: ${error.message}\n`);
    }
  }

  /** Sets it back if it is raw, after `drain` has written what belongs before. */
  async leave(drain: () => Promise<void>): Promise<void> {
    const cooked = this.#cooked;
    if (cooked === undefined) return;
    this.#cooked = undefined;
    await drain();
    try {
      await this.#system.terminal.setAttributes(descriptor, cooked, 'drain');
    } catch (error) {
      if (!isSystemError(error)) throw error;
    }
  }

  /** The modes for pty-req: those from before it was raw. */
  modes(): ReturnType<typeof encodeTerminalModes> {
    return this.#cooked === undefined ? [] : encodeTerminalModes(this.#cooked);
  }

  async windowSize(): Promise<WindowSize | undefined> {
    try {
      return await this.#system.terminal.getWindowSize(descriptor);
    } catch (error) {
      if (isSystemError(error)) return undefined;
      throw error;
    }
  }
}
