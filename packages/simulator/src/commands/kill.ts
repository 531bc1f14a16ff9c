/** kill(1), the program: the shell has its own. */
import { isSystemError, signalNumbers, type SignalName } from '@seashell/system';
import type { CommandContext, CommandDefinition } from './command.ts';
import { toBytes } from './byte-text.ts';
import { formatProcpsTable, formatSignalList, parseSignal, signalOfNumber } from './signal-names.ts';
import { writeAll } from './streams.ts';

async function send(context: CommandContext, target: string, signal: SignalName | undefined): Promise<number> {
  if (!/^-?\d+$/.test(target)) {
    await context.complain(`failed to parse argument: '${target}'`);
    return 1;
  }
  try {
    await context.system.process.kill(Number(target), signal);
    return 0;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    await context.complain(`(${target}): ${error.message}`);
    return 1;
  }
}

const usageText = `
Usage:
 kill [options] <pid> [...]

Options:
 <pid> [...]            send signal to every <pid> listed
 -<signal>, -s, --signal <signal>
                        specify the <signal> to be sent
 -q, --queue <value>    integer value to be sent with the signal
 -l, --list=[<signal>]  list all signal names, or convert one to a name
 -L, --table            list all signal names in a nice table

 -h, --help     display this help and exit
 -V, --version  output version information and exit

For more details see kill(1).
`;

/** procps' usage, which is its help as well. */
async function refuse(context: CommandContext, message?: string): Promise<number> {
  if (message !== undefined) await context.complain(message);
  await writeAll(context.system, 2, toBytes(usageText));
  return 1;
}

/** The name of a number, or the number of a name. */
async function convert(context: CommandContext, text: string): Promise<number> {
  const signal = parseSignal(text);
  const found = /^\d+$/.test(text) ? signalOfNumber(Number(text)) : signal && String(signalNumbers[signal]);
  if (found === undefined) await context.complain(`unknown signal name ${text}`);
  else await context.output.write(`${found}\n`);
  return 0;
}

interface Request {
  readonly signal: SignalName | undefined;
  readonly targets: readonly string[];
}

/** What is to be sent to whom; a status after a message if that is not clear. */
async function readRequest(context: CommandContext): Promise<Request | number> {
  const [first = '', ...rest] = context.operands;
  const named = first === '-s' || first === '--signal';
  const spec = named ? rest.shift() : /^-./.test(first) && first !== '--' ? first.slice(1) : undefined;
  const targets = (spec === undefined && first !== '--' ? context.operands : rest).filter((target) => target !== '--');
  const signal = spec === undefined ? 'SIGTERM' : parseSignal(spec);
  const isKnown = signal !== undefined || spec === '0';
  if (!isKnown && !named) return refuse(context, `invalid argument ${spec?.charAt(0)}`);
  if (targets.length === 0) return refuse(context);
  if (isKnown) return { signal, targets };
  for (const target of targets) await context.complain(`(${target}): Invalid argument`);
  return 1;
}

async function printed(context: CommandContext, text: string): Promise<number> {
  await context.output.write(text);
  return 0;
}

export const kill: CommandDefinition = {
  name: 'kill',
  package: 'procps-ng 4.0.2',
  usage: ['[options] <pid> [...]'],
  summary: 'Send a signal (TERM unless -s NAME or -NAME is given) to processes; -l lists the signals.',
  options: [],
  rawArguments: true,
  help: usageText,
  async run(context) {
    const [first = '', second] = context.operands;
    if (first === '-L' || first === '--table') return printed(context, formatProcpsTable());
    if (first === '-l' || first === '--list')
      return second === undefined ? printed(context, formatSignalList()) : convert(context, second);
    const request = await readRequest(context);
    if (typeof request === 'number') return request;
    let status = 0;
    for (const target of request.targets) status = (await send(context, target, request.signal)) || status;
    return status;
  },
};
