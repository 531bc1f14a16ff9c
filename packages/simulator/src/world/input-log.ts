/**
 * The inputs of a world: all that ever comes from outside. Definition, seed and this log give the world again, byte for byte.
 * How fast a world was run is no input; the virtual time at which an input came is part of it. Plain data, fit for structured clone.
 */
import type { WindowSize } from '@seashell/system';

/** Something done to a world from outside; `type` tells what. */
export type WorldInput =
  | {
      readonly type: 'openTerminal';
      /** The number of the new session; sessions count from 1, terminals and commands together. */
      readonly session: number;
      readonly host: string;
      readonly user: string;
      readonly size: WindowSize;
    }
  | {
      readonly type: 'openCommand';
      readonly session: number;
      readonly host: string;
      readonly user: string;
      readonly commandLine: string;
    }
  /** Keys typed at a terminal, or bytes for a command's standard input. */
  | { readonly type: 'bytes'; readonly session: number; readonly bytes: Uint8Array }
  /** A command's standard input is at its end. */
  | { readonly type: 'end'; readonly session: number }
  | { readonly type: 'resize'; readonly session: number; readonly size: WindowSize }
  /** A terminal goes away, or a command's outside streams do. */
  | { readonly type: 'hangUp'; readonly session: number }
  /** A file is replaced from outside, as by an editor of the page: `mode` and owner stay if it is there. */
  | { readonly type: 'writeFile'; readonly host: string; readonly path: string; readonly content: Uint8Array }
  | { readonly type: 'removeFile'; readonly host: string; readonly path: string }
  /** A host's cable is pulled out or put back. */
  | { readonly type: 'setLink'; readonly host: string; readonly up: boolean }
  /** The watchdog gave up on the process that the kernel waited for. */
  | { readonly type: 'expire'; readonly host: string; readonly pid: number };

/** An input, and when it was delivered. */
export interface LoggedInput {
  /** The number of the step before which it was delivered. */
  readonly before: number;
  /** Virtual time of delivery, in microseconds since the world's start. */
  readonly atMicroseconds: number;
  readonly input: WorldInput;
}

/** All inputs of a world in order: with definition and seed, the whole world. */
export type InputLog = readonly LoggedInput[];
