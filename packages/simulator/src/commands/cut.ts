/** cut(1): bytes, characters or fields of each line. */
import { fromBytes, toBytes } from './byte-text.ts';
import type { CommandContext, CommandDefinition } from './command.ts';
import { forEachInput } from './inputs.ts';
import { readLines } from './streams.ts';

interface Range {
  readonly from: number;
  readonly to: number;
}

function parseList(text: string): readonly Range[] | undefined {
  const ranges: Range[] = [];
  for (const part of text.split(/[, ]/)) {
    const match = /^(\d*)(-?)(\d*)$/.exec(part);
    if (!match || part === '' || part === '-') return undefined;
    const [, first = '', dash = '', last = ''] = match;
    const from = first === '' ? 1 : Number(first);
    const to = dash === '' ? from : last === '' ? Infinity : Number(last);
    if (from < 1 || to < from) return undefined;
    ranges.push({ from, to });
  }
  return ranges;
}

type Selects = (position: number) => boolean;

function cutFields(context: CommandContext, line: string, selects: Selects): string | undefined {
  const delimiter = context.options.value('delimiter') ?? '\t';
  if (!line.includes(delimiter)) return context.options.has('only-delimited') ? undefined : line;
  const fields = line.split(delimiter).filter((_, at) => selects(at + 1));
  return fields.join(context.options.value('output-delimiter') ?? delimiter);
}

function cutBytes(line: string, selects: Selects): string {
  return fromBytes(toBytes(line).filter((_, at) => selects(at + 1)));
}

async function checkUsage(context: CommandContext): Promise<number> {
  const { options } = context;
  const kinds = options.all.filter((option) => ['bytes', 'characters', 'fields'].includes(option.key));
  if (kinds.length === 0) return context.complainUsage('you must specify a list of bytes, characters, or fields');
  if (kinds.length > 1) return context.complainUsage('only one type of list may be specified');
  const delimiter = options.value('delimiter');
  if (delimiter !== undefined && Array.from(delimiter).length > 1)
    return context.complainUsage('the delimiter must be a single character');
  if (delimiter !== undefined && kinds[0]?.key !== 'fields') {
    return context.complainUsage('an input delimiter may be specified only when operating on fields');
  }
  return 0;
}

export const cut: CommandDefinition = {
  name: 'cut',
  usage: ['OPTION... [FILE]...'],
  summary: 'Print selected parts of lines from each FILE to standard output.',
  options: [
    { short: 'b', long: 'bytes', argument: 'required', help: 'select only these bytes' },
    { short: 'c', long: 'characters', argument: 'required', help: 'select only these characters' },
    { short: 'd', long: 'delimiter', argument: 'required', help: 'use DELIM instead of TAB for field delimiter' },
    { short: 'f', long: 'fields', argument: 'required', help: 'select only these fields' },
    { short: 'n', help: '(ignored)' },
    { long: 'complement', help: 'complement the set of selected bytes, characters or fields' },
    { short: 's', long: 'only-delimited', help: 'do not print lines not containing delimiters' },
    { long: 'output-delimiter', argument: 'required', help: 'use STRING as the output delimiter' },
  ],
  async run(context) {
    const { options, output, system } = context;
    const wrong = await checkUsage(context);
    if (wrong !== 0) return wrong;
    const kind = options.last('bytes', 'characters', 'fields') ?? 'fields';
    const text = options.value(kind) ?? '';
    const ranges = parseList(text);
    if (!ranges) return context.complainUsage(`invalid ${kind === 'fields' ? 'field' : 'byte or character'} range`);
    const complement = options.has('complement');
    const selects = (position: number) =>
      ranges.some(({ from, to }) => position >= from && position <= to) !== complement;
    return forEachInput(context, context.operands, {
      each: async (descriptor) => {
        for await (const line of readLines(system, descriptor)) {
          const part = kind === 'fields' ? cutFields(context, line.text, selects) : cutBytes(line.text, selects);
          if (part !== undefined) await output.write(`${part}\n`);
        }
      },
    });
  },
};
