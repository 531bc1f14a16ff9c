/** kill(1), the program: the shell has its own. */
import { isSystemError, signalNumbers, type SignalName } from '@seashell/system';
import type { CommandContext, CommandDefinition } from './command.ts';
import { formatSignalTable, parseSignal, signalOfNumber } from './signal-names.ts';

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

async function list(context: CommandContext, operands: readonly string[]): Promise<number> {
  for (const operand of operands) {
    const signal = parseSignal(operand);
    const text = /^\d+$/.test(operand) ? signalOfNumber(Number(operand)) : signal && String(signalNumbers[signal]);
    await context.output.write(`${text ?? operand}\n`);
  }
  if (operands.length === 0) await context.output.write(formatSignalTable());
  return 0;
}

export const kill: CommandDefinition = {
  name: 'kill',
  package: 'procps-ng 4.0.2',
  usage: ['[options] <pid> [...]'],
  summary: 'Send a signal (TERM unless -s NAME or -NAME is given) to processes; -l lists the signals.',
  options: [],
  rawArguments: true,
  async run(context) {
    const [first = '', ...rest] = context.operands;
    if (first === '-l' || first === '-L' || first === '--list') return list(context, rest);
    const spec =
      first === '-s' || first === '-n' || first === '--signal'
        ? (rest.shift() ?? '')
        : /^-./.test(first) && first !== '--'
          ? first.slice(1)
          : undefined;
    const signal = spec === undefined ? 'SIGTERM' : parseSignal(spec);
    if (spec !== undefined && signal === undefined && spec !== '0') {
      await context.complain(`unknown signal ${spec}`);
      return 1;
    }
    const targets = (spec === undefined && first !== '--' ? context.operands : rest).filter(
      (target) => target !== '--',
    );
    if (targets.length === 0) return context.complainUsage('not enough arguments');
    let status = 0;
    for (const target of targets) status = (await send(context, target, signal)) || status;
    return status;
  },
};
