/** wc(1). */
import { fromBytes, incompleteTail } from './byte-text.ts';
import { attempt, type CommandContext, type CommandDefinition } from './command.ts';
import { forEachInput } from './inputs.ts';
import { joinBytes, readChunks } from './streams.ts';

interface Counts {
  lines: number;
  words: number;
  chars: number;
  bytes: number;
  'max-line-length': number;
}

const columns = ['lines', 'words', 'chars', 'bytes', 'max-line-length'] as const;

const zero = (): Counts => ({ lines: 0, words: 0, chars: 0, bytes: 0, 'max-line-length': 0 });

/** Adds to the counts: those of a directory, which cannot be read, stay zero and are printed all the same. */
async function count(context: CommandContext, descriptor: number, counts: Counts): Promise<void> {
  let inWord = false;
  let lineLength = 0;
  let held: Uint8Array = new Uint8Array();
  const addText = (text: string) => {
    for (const character of text) {
      counts.chars++;
      const space = /\s/.test(character);
      if (!space && !inWord) counts.words++;
      inWord = !space;
      lineLength = character === '\n' ? 0 : lineLength + (character === '\t' ? 8 - (lineLength % 8) : 1);
      counts['max-line-length'] = Math.max(counts['max-line-length'], lineLength);
      if (character === '\n') counts.lines++;
    }
  };
  for await (const chunk of readChunks(context.system, descriptor)) {
    counts.bytes += chunk.length;
    const all = joinBytes([held, chunk]);
    const whole = all.length - incompleteTail(all);
    held = all.subarray(whole);
    addText(fromBytes(all.subarray(0, whole)));
  }
  addText(fromBytes(held));
}

/** The width of the numbers: that of the total size, 7 if an input is no regular file. */
async function numberWidth(context: CommandContext, shown: number): Promise<number> {
  const { operands, system } = context;
  if (operands.length <= 1 && shown === 1) return 1;
  let total = 0;
  let minimum = 1;
  for (const name of operands.length === 0 ? ['-'] : operands) {
    try {
      const status = name === '-' ? await system.files.descriptorStatus(0) : await system.files.status(name);
      if (status.type === 'file') total += status.sizeBytes;
      else minimum = 7;
    } catch {
      continue;
    }
  }
  return Math.max(minimum, String(total).length);
}

export const wc: CommandDefinition = {
  name: 'wc',
  usage: ['[OPTION]... [FILE]...'],
  summary: 'Print newline, word, and byte counts for each FILE.',
  options: [
    { short: 'c', long: 'bytes', help: 'print the byte counts' },
    { short: 'm', long: 'chars', help: 'print the character counts' },
    { short: 'l', long: 'lines', help: 'print the newline counts' },
    { short: 'L', long: 'max-line-length', help: 'print the maximum display width' },
    { short: 'w', long: 'words', help: 'print the word counts' },
  ],
  async run(context) {
    const { options, operands, output } = context;
    const chosen = columns.filter((column) => options.has(column));
    const shown = chosen.length > 0 ? chosen : (['lines', 'words', 'bytes'] as const);
    const width = await numberWidth(context, shown.length);
    const total = zero();
    const print = (counts: Counts, name: string) => {
      const numbers = shown.map((column) => String(counts[column]).padStart(width)).join(' ');
      return output.write(`${numbers}${name === '' ? '' : ` ${name}`}\n`);
    };
    let failed = false;
    const status = await forEachInput(context, operands, {
      each: async (descriptor, name) => {
        const counts = zero();
        const done = await attempt(context, name === '-' ? "'standard input'" : name, () =>
          count(context, descriptor, counts),
        );
        failed ||= !done;
        for (const column of columns) {
          total[column] =
            column === 'max-line-length' ? Math.max(total[column], counts[column]) : total[column] + counts[column];
        }
        await print(counts, operands.length === 0 ? '' : name);
      },
    });
    if (operands.length > 1) await print(total, 'total');
    return failed ? 1 : status;
  },
};
