/** trap: actions for EXIT and for signals, which the shell runs between two commands (bash(1), SIGNALS). */
import type { SignalDisposition, SignalName } from '@seashell/system';
import { parseSignal } from '../../commands/signal-names.ts';
import type { Shell } from '../shell.ts';
import type { Builtin } from './builtin.ts';

const untrappable: ReadonlySet<string> = new Set(['SIGKILL', 'SIGSTOP']);
const handledWhenTyped: ReadonlySet<string> = new Set(['SIGINT', 'SIGHUP', 'SIGWINCH']);
const ignoredWhenTyped: ReadonlySet<string> = new Set(['SIGTERM', 'SIGQUIT', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU']);

/** How the shell stands towards a signal without a trap. */
function usualDisposition(shell: Shell, name: SignalName): SignalDisposition {
  if (!shell.isTyped) return 'default';
  return handledWhenTyped.has(name) ? 'handle' : ignoredWhenTyped.has(name) ? 'ignore' : 'default';
}

async function setTrap(shell: Shell, name: SignalName | 'EXIT', action: string): Promise<void> {
  if (action === '-') shell.traps.delete(name);
  else shell.traps.set(name, action);
  if (name === 'EXIT' || untrappable.has(name)) return;
  const disposition = action === '-' ? usualDisposition(shell, name) : action === '' ? 'ignore' : 'handle';
  await shell.system.process.setDisposition(name, disposition);
}

function trapName(text: string): SignalName | 'EXIT' | undefined {
  return text === '0' || text.toUpperCase() === 'EXIT' ? 'EXIT' : parseSignal(text);
}

/** trap. */
export const trap: Builtin = async ({ shell, args, write, complain, usage }) => {
  const operands = args[0] === '--' ? args.slice(1) : args;
  const [first] = operands;
  if (first === undefined || first === '-p') {
    for (const [name, text] of shell.traps) await write(`trap -- '${text.replaceAll("'", "'\\''")}' ${name}\n`);
    return 0;
  }
  // One operand alone is a name: its trap is taken back.
  const [action = '-', ...names] = operands.length === 1 ? ['-', first] : operands;
  if (operands.length === 1 && !trapName(first)) return usage('trap [-lp] [[arg] signal_spec ...]');
  let status = 0;
  for (const text of names) {
    const name = trapName(text);
    if (name) await setTrap(shell, name, action);
    else {
      await complain(`${text}: invalid signal specification`);
      status = 1;
    }
  }
  return status;
};
