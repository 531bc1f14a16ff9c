/** tail(1): the end of files, and with -f what is added to them. */
import { isSystemError } from '@seashell/system';
import type { CommandContext, CommandDefinition } from './command.ts';
import { parseAmount, printHeader } from './head.ts';
import { forEachInput, parseSize, quoteName } from './inputs.ts';
import { readByteLines, readChunks } from './streams.ts';

const followMilliseconds = 1000;

interface TailAmount {
  readonly count: number;
  readonly bytes: boolean;
  /** `+N`: from the Nth on. */
  readonly fromStart: boolean;
}

function pieces(context: CommandContext, descriptor: number, { bytes }: TailAmount): AsyncGenerator<Uint8Array> {
  const ending = context.options.has('zero-terminated') ? { end: 0 } : {};
  return bytes ? readChunks(context.system, descriptor) : readByteLines(context.system, descriptor, ending);
}

async function printFrom(context: CommandContext, descriptor: number, amount: TailAmount): Promise<void> {
  let skip = Math.max(0, amount.count - 1);
  const source = pieces(context, descriptor, amount);
  for await (const piece of source) {
    const drop = amount.bytes ? Math.min(skip, piece.length) : Math.min(skip, 1);
    skip -= drop;
    if (amount.bytes) await context.output.write(piece.subarray(drop));
    else if (drop === 0) await context.output.write(piece);
  }
}

async function printTail(context: CommandContext, descriptor: number, amount: TailAmount): Promise<void> {
  if (amount.fromStart) return printFrom(context, descriptor, amount);
  const held: Uint8Array[] = [];
  let heldBytes = 0;
  const source = pieces(context, descriptor, amount);
  for await (const piece of source) {
    held.push(piece);
    heldBytes += piece.length;
    const [first] = held;
    if (amount.bytes ? heldBytes - (first?.length ?? 0) >= amount.count : held.length > amount.count) {
      heldBytes -= held.shift()?.length ?? 0;
    }
  }
  let excess = amount.bytes ? Math.max(0, heldBytes - amount.count) : 0;
  for (const piece of held) {
    await context.output.write(piece.subarray(excess));
    excess = 0;
  }
}

/** Prints what files gain, for ever. */
async function follow(context: CommandContext, descriptors: readonly number[]): Promise<never> {
  const { system, output } = context;
  for (;;) {
    for (const descriptor of descriptors)
      for await (const bytes of readChunks(system, descriptor)) await output.write(bytes);
    await output.flush();
    await system.streams.poll([], system.clock.monotonic() + followMilliseconds);
  }
}

async function openFollowed(context: CommandContext): Promise<readonly number[]> {
  const descriptors: number[] = [];
  for (const name of context.operands) {
    try {
      const descriptor = await context.system.files.open(name, { access: 'read' });
      await context.system.streams.seek(descriptor, 0, 'end');
      descriptors.push(descriptor);
    } catch (error) {
      if (!isSystemError(error)) throw error;
    }
  }
  return descriptors;
}

function readAmount(context: CommandContext): TailAmount | string {
  const { options } = context;
  const bytes = options.last('bytes', 'lines') === 'bytes';
  const old = options.all.find((option) => /^\d$/.test(option.key));
  const text = options.value(bytes ? 'bytes' : 'lines') ?? (old ? `${old.key}${old.value ?? ''}` : '10');
  const count = parseSize(text.replace(/^[-+]/, ''));
  if (count === undefined || !parseAmount(text))
    return `invalid number of ${bytes ? 'bytes' : 'lines'}: ${quoteName(text)}`;
  return { count, bytes, fromStart: text.startsWith('+') };
}

export const tail: CommandDefinition = {
  name: 'tail',
  usage: ['[OPTION]... [FILE]...'],
  summary: 'Print the last 10 lines of each FILE to standard output.',
  options: [
    { short: 'c', long: 'bytes', argument: 'required', help: 'output the last NUM bytes' },
    { short: 'f', long: 'follow', help: 'output appended data as the file grows' },
    { short: 'F', help: 'same as --follow' },
    { short: 'n', long: 'lines', argument: 'required', help: 'output the last NUM lines, instead of the last 10' },
    { short: 'q', long: 'quiet', help: 'never output headers giving file names' },
    { long: 'silent' },
    { short: 'v', long: 'verbose', help: 'always output headers giving file names' },
    { short: 'z', long: 'zero-terminated', help: 'line delimiter is NUL, not newline' },
    ...Array.from('0123456789').map((short) => ({ short, argument: 'optional' as const })),
  ],
  async run(context) {
    const { options, operands } = context;
    const amount = readAmount(context);
    if (typeof amount === 'string') {
      await context.complain(amount);
      return 1;
    }
    const headers = !options.has('quiet', 'silent') && (options.has('verbose') || operands.length > 1);
    let first = true;
    const status = await forEachInput(context, operands, {
      failure: (name) => `cannot open ${quoteName(name)} for reading: `,
      each: async (descriptor, name) => {
        if (headers) await printHeader(context, name, first);
        first = false;
        await printTail(context, descriptor, amount);
      },
    });
    if (!options.has('follow', 'F') || operands.length === 0) return status;
    await context.output.flush();
    return follow(context, await openFollowed(context));
  },
};
