/** cat(1). */
import type { FileStatus } from '@seashell/system';
import type { CommandContext, CommandDefinition } from './command.ts';
import { forEachInput } from './inputs.ts';
import { outputFile } from './paths.ts';
import { readByteLines, readChunks } from './streams.ts';
import { fromBytes, toBytes } from './byte-text.ts';

interface Decoration {
  readonly numbers: boolean;
  readonly nonblankOnly: boolean;
  readonly ends: boolean;
  readonly tabs: boolean;
  readonly squeeze: boolean;
  readonly nonprinting: boolean;
  number: number;
  lastBlank: boolean;
}

function visible(byte: number): string {
  if (byte >= 128) return `M-${visible(byte - 128)}`;
  if (byte === 127) return '^?';
  return byte < 32 ? `^${String.fromCharCode(byte + 64)}` : String.fromCharCode(byte);
}

function decorate(line: Uint8Array, how: Decoration): string {
  const terminated = line.at(-1) === 10;
  const body = terminated ? line.subarray(0, -1) : line;
  const blank = terminated && body.length === 0;
  if (blank && how.squeeze && how.lastBlank) return '';
  how.lastBlank = blank;
  const shown = how.nonprinting
    ? [...body].map((byte) => (byte === 9 ? '\t' : visible(byte))).join('')
    : fromBytes(body);
  const text = how.tabs ? shown.replaceAll('\t', '^I') : shown;
  const numbered = how.numbers && !(how.nonblankOnly && blank) ? `${String(how.number++).padStart(6)}\t` : '';
  return `${numbered}${text}${terminated ? `${how.ends ? '$' : ''}\n` : ''}`;
}

async function copy(context: CommandContext, descriptor: number): Promise<void> {
  for await (const chunk of readChunks(context.system, descriptor)) {
    await context.output.write(chunk);
    await context.output.flush();
  }
}

/** Whether what is read is what is written, and there is something to read: it would grow until the disk is full. */
async function wouldFillItself(context: CommandContext, descriptor: number, target: FileStatus): Promise<boolean> {
  const { files, streams } = context.system;
  const source = await files.descriptorStatus(descriptor);
  if (source.type !== 'file' || source.inode !== target.inode) return false;
  return (await streams.seek(descriptor, 0, 'current')) < source.sizeBytes;
}

export const cat: CommandDefinition = {
  name: 'cat',
  usage: ['[OPTION]... [FILE]...'],
  summary: 'Concatenate FILE(s) to standard output.',
  options: [
    { short: 'A', long: 'show-all', help: 'equivalent to -vET' },
    { short: 'b', long: 'number-nonblank', help: 'number nonempty output lines, overrides -n' },
    { short: 'e', help: 'equivalent to -vE' },
    { short: 'E', long: 'show-ends', help: 'display $ at end of each line' },
    { short: 'n', long: 'number', help: 'number all output lines' },
    { short: 's', long: 'squeeze-blank', help: 'suppress repeated empty output lines' },
    { short: 't', help: 'equivalent to -vT' },
    { short: 'T', long: 'show-tabs', help: 'display TAB characters as ^I' },
    { short: 'u', help: '(ignored)' },
    { short: 'v', long: 'show-nonprinting', help: 'use ^ and M- notation, except for LFD and TAB' },
  ],
  async run(context) {
    const { options, output, system } = context;
    const how: Decoration = {
      numbers: options.has('number', 'number-nonblank'),
      nonblankOnly: options.has('number-nonblank'),
      ends: options.has('show-ends', 'show-all', 'e'),
      tabs: options.has('show-tabs', 'show-all', 't'),
      squeeze: options.has('squeeze-blank'),
      nonprinting: options.has('show-nonprinting', 'show-all', 'e', 't'),
      number: 1,
      lastBlank: false,
    };
    const plain = !how.numbers && !how.ends && !how.tabs && !how.squeeze && !how.nonprinting;
    const target = await outputFile(system);
    let refused = false;
    const status = await forEachInput(context, context.operands, {
      each: async (descriptor, name) => {
        if (target && (await wouldFillItself(context, descriptor, target))) {
          await context.complain(`${name}: input file is output file`);
          refused = true;
        } else if (plain) await copy(context, descriptor);
        else {
          for await (const line of readByteLines(system, descriptor)) await output.write(toBytes(decorate(line, how)));
          await output.flush();
        }
      },
    });
    return refused ? 1 : status;
  },
};
