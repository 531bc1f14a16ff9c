/** trap: actions for EXIT, ERR and for signals, which the shell runs between two commands (bash(1), SIGNALS). */
import type { SignalDisposition, SignalName } from '@seashell/system';
import { formatSignalTable, numberOfSignal, parseSignal, shellSignals } from '../../commands/signal-names.ts';
import type { Shell } from '../shell.ts';
import type { Builtin, BuiltinContext } from './builtin.ts';

const untrappable: ReadonlySet<string> = new Set(['SIGKILL', 'SIGSTOP']);
const handledWhenTyped: ReadonlySet<string> = new Set(['SIGINT', 'SIGHUP', 'SIGWINCH']);
const ignoredWhenTyped: ReadonlySet<string> = new Set(['SIGTERM', 'SIGQUIT', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU']);
const usage = 'trap [-lp] [[arg] signal_spec ...]';

/** How the shell stands towards a signal without a trap. */
function usualDisposition(shell: Shell, name: SignalName): SignalDisposition {
  if (!shell.isTyped) return 'default';
  return handledWhenTyped.has(name) ? 'handle' : ignoredWhenTyped.has(name) ? 'ignore' : 'default';
}

async function setTrap(shell: Shell, name: string, action: string): Promise<void> {
  if (action === '-') shell.traps.delete(name);
  else shell.traps.set(name, action);
  const signal = parseSignal(name);
  if (signal === undefined || untrappable.has(signal)) return;
  const disposition = action === '-' ? usualDisposition(shell, signal) : action === '' ? 'ignore' : 'handle';
  await shell.system.process.setDisposition(signal, disposition);
}

/** `EXIT`, `ERR` or `SIGTERM`. */
function trapName(text: string): string | undefined {
  const upper = text.toUpperCase();
  if (text === '0' || upper === 'EXIT') return 'EXIT';
  if (upper === 'ERR') return 'ERR';
  const number = /^\d+$/.test(text) ? Number(text) : numberOfSignal(text);
  const name = number === undefined ? undefined : shellSignals.get(number);
  return name === undefined ? undefined : `SIG${name}`;
}

/** The order in which bash lists them: EXIT is 0, and ERR comes after the signals. */
function rank(name: string): number {
  return name === 'EXIT' ? 0 : (numberOfSignal(name) ?? 65);
}

async function listTraps({ shell, write, complain }: BuiltinContext, names: readonly string[]): Promise<number> {
  const wanted = new Set(names.map(trapName));
  const listed = [...shell.traps].filter(([name]) => names.length === 0 || wanted.has(name));
  for (const [name, text] of listed.toSorted(([a], [b]) => rank(a) - rank(b))) {
    await write(`trap -- '${text.replaceAll("'", "'\\''")}' ${name}\n`);
  }
  const unknown = names.filter((name) => trapName(name) === undefined);
  for (const name of unknown) await complain(`${name}: invalid signal specification`);
  return unknown.length === 0 ? 0 : 1;
}

/** trap. */
export const trap: Builtin = async (context) => {
  const { shell, args, write, complain } = context;
  const operands = args[0] === '--' ? args.slice(1) : args;
  const [first, ...others] = operands;
  if (first === undefined || first === '-p') return listTraps(context, others);
  if (first === '-l') {
    await write(formatSignalTable());
    return 0;
  }
  // One operand alone is a name: its trap is taken back.
  const [action = '-', ...names] = operands.length === 1 ? ['-', first] : operands;
  if (operands.length === 1 && trapName(first) === undefined) return context.usage(usage);
  let status = 0;
  for (const text of names) {
    const name = trapName(text);
    if (name !== undefined) await setTrap(shell, name, action);
    else {
      await complain(`${text}: invalid signal specification`);
      status = 1;
    }
  }
  return status;
};
