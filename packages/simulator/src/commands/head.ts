/** head(1). */
import type { CommandContext, CommandDefinition } from './command.ts';
import { forEachInput, parseSize, quoteName } from './inputs.ts';
import { readByteLines, readChunks } from './streams.ts';

interface Amount {
  readonly count: number;
  /** All but the last `count`. */
  readonly fromEnd: boolean;
}

async function* pieces(context: CommandContext, descriptor: number, bytes: boolean): AsyncGenerator<Uint8Array> {
  if (!bytes) {
    yield* readByteLines(context.system, descriptor, context.options.has('zero-terminated') ? { end: 0 } : {});
    return;
  }
  for await (const chunk of readChunks(context.system, descriptor)) {
    for (let at = 0; at < chunk.length; at++) yield chunk.subarray(at, at + 1);
  }
}

async function printHead(
  context: CommandContext,
  descriptor: number,
  amount: Amount & { readonly bytes: boolean },
): Promise<void> {
  const held: Uint8Array[] = [];
  let taken = 0;
  if (!amount.fromEnd && amount.count === 0) return;
  for await (const piece of pieces(context, descriptor, amount.bytes)) {
    if (amount.fromEnd) {
      held.push(piece);
      const next = held.length > amount.count ? held.shift() : undefined;
      if (next) await context.output.write(next);
      continue;
    }
    await context.output.write(piece);
    if (++taken >= amount.count) return;
  }
}

export function parseAmount(text: string): Amount | undefined {
  const count = parseSize(text.replace(/^[-+]/, ''));
  return count === undefined ? undefined : { count, fromEnd: text.startsWith('-') };
}

/** `==> name <==`, when there are several inputs. */
export async function printHeader(context: CommandContext, name: string, first: boolean): Promise<void> {
  await context.output.write(`${first ? '' : '\n'}==> ${name === '-' ? 'standard input' : name} <==\n`);
}

export const head: CommandDefinition = {
  name: 'head',
  usage: ['[OPTION]... [FILE]...'],
  summary: 'Print the first 10 lines of each FILE to standard output.',
  options: [
    { short: 'c', long: 'bytes', argument: 'required', help: 'print the first NUM bytes of each file' },
    { short: 'n', long: 'lines', argument: 'required', help: 'print the first NUM lines instead of the first 10' },
    { short: 'q', long: 'quiet', help: 'never print headers giving file names' },
    { long: 'silent' },
    { short: 'v', long: 'verbose', help: 'always print headers giving file names' },
    { short: 'z', long: 'zero-terminated', help: 'line delimiter is NUL, not newline' },
    ...Array.from('0123456789').map((short) => ({ short, argument: 'optional' as const })),
  ],
  async run(context) {
    const { options, operands } = context;
    const bytes = options.last('bytes', 'lines') === 'bytes';
    const old = options.all.find((option) => /^\d$/.test(option.key));
    const text = options.value(bytes ? 'bytes' : 'lines') ?? (old ? `${old.key}${old.value ?? ''}` : '10');
    const amount = parseAmount(text);
    const trailing = old && !options.has('bytes', 'lines') ? /^\d*([^\dbkKMGTPEZY])/.exec(text)?.[1] : undefined;
    if (trailing !== undefined) return context.complainUsage(`invalid trailing option -- ${trailing}`);
    if (amount && amount.count >= 2 ** 64) {
      await context.complain(
        `invalid number of ${bytes ? 'bytes' : 'lines'}: ${quoteName(text)}: Value too large for defined data type`,
      );
      return 1;
    }
    if (!amount) {
      await context.complain(`invalid number of ${bytes ? 'bytes' : 'lines'}: ${quoteName(text.replace(/^-/, ''))}`);
      return 1;
    }
    const headers = !options.has('quiet', 'silent') && (options.has('verbose') || operands.length > 1);
    let first = true;
    return forEachInput(context, operands, {
      failure: (name) => `cannot open ${quoteName(name)} for reading: `,
      each: async (descriptor, name) => {
        if (headers) await printHeader(context, name, first);
        first = false;
        await printHead(context, descriptor, { ...amount, bytes });
      },
    });
  },
};
