/** Operands as inputs: files in order, `-` or none for standard input; what cannot be read is reported and left out. */
import { isSystemError } from '@seashell/system';
import type { CommandContext } from './command.ts';

/** A file name as coreutils quotes it in messages. */
export function quoteName(name: string): string {
  return name.includes("'") ? `"${name}"` : `'${name}'`;
}

export interface InputLoop {
  /** Called with an open descriptor for each input. */
  readonly each: (descriptor: number, name: string) => Promise<unknown>;
  /** What comes before strerror's words: `cannot open 'x' for reading: `, `x: ` if left out. */
  readonly failure?: (name: string) => string;
  /** The same for an input that was opened, but cannot be read, as a directory. */
  readonly readFailure?: (name: string) => string;
}

function readFailureOf(loop: InputLoop, name: string): string {
  if (loop.readFailure) return loop.readFailure(name);
  return loop.failure ? `error reading ${quoteName(name === '-' ? 'standard input' : name)}: ` : `${name}: `;
}

/** Runs `each` over the inputs; 1 if one could not be read. */
export async function forEachInput(
  context: CommandContext,
  operands: readonly string[],
  loop: InputLoop,
): Promise<number> {
  const { system } = context;
  let status = 0;
  for (const name of operands.length === 0 ? ['-'] : operands) {
    const prefix = loop.failure?.(name) ?? `${name}: `;
    let descriptor: number | undefined;
    try {
      descriptor = name === '-' ? 0 : await system.files.open(name, { access: 'read' });
      await loop.each(descriptor, name);
    } catch (error) {
      if (!isSystemError(error) || error.operation === 'write') throw error;
      await context.complain(`${descriptor === undefined ? prefix : readFailureOf(loop, name)}${error.message}`);
      status = 1;
    }
    if (descriptor !== undefined && descriptor !== 0) await system.streams.close(descriptor);
  }
  return status;
}

/** A count with a multiplier: `10`, `2k`, `1M`; `undefined` if it is none. */
export function parseSize(text: string): number | undefined {
  const match = /^(\d+)(b|[kKMG](?:i?B)?)?$/.exec(text);
  if (!match) return undefined;
  const [, digits = '', unit = ''] = match;
  if (unit === 'b') return Number(digits) * 512;
  const power = { k: 1, K: 1, M: 2, G: 3 }[unit.charAt(0)] ?? 0;
  return Number(digits) * (/^.B$/.test(unit) ? 1000 : 1024) ** power;
}
