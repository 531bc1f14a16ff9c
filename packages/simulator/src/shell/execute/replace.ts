/**
 * A program in place of the shell: `exec`, and the last simple command of `-c` or of a subshell, for which bash does not fork. The
 * process stays as it is, but for the signals that had traps; nothing of the shell runs any more.
 */
import type { Command, Statement } from 'unbash';
import { saveHistory } from '../history-file.ts';
import type { Descriptors, Shell } from '../shell.ts';
import { programSignals, startCommand, type ProgramCommand } from './launch.ts';

/**
 * The simple command that ends a list and that bash runs without a fork (execute_cmd.c, optimize_connection_fork). `mayRedirect`: also
 * with redirections, where it is the whole list.
 */
export function finalCommand(statements: readonly Statement[], mayRedirect = false): Command | undefined {
  const last = statements.at(-1);
  if (!last || last.background || statements.at(-2)?.background) return undefined;
  const isAlone = statements.length === 1;
  const node = last.command.type === 'AndOr' && isAlone ? last.command.commands.at(-1) : last.command;
  if (node?.type !== 'Command') return undefined;
  const isWhole = mayRedirect && isAlone && node === last.command;
  return node.redirects.length === 0 || isWhole ? node : undefined;
}

/** Whether nothing is left to do for the shell after its last command: traps would be (builtins/evalstring.c, should_suppress_fork). */
export function mayBeReplaced({ traps }: Shell): boolean {
  return (
    !traps.has('EXIT') && !traps.has('ERR') && ![...traps].some(([name, action]) => name !== 'DEBUG' && action !== '')
  );
}

/** Goes on as another program. Returns only when there is none to run: the status, after a message. */
export async function becomeProgram(shell: Shell, command: ProgramCommand, descriptors: Descriptors): Promise<number> {
  const { status } = await startCommand<never>(shell, command, {
    descriptors,
    start: async (image) => {
      if (shell.isTyped) await saveHistory(shell);
      const signals = programSignals(shell);
      return shell.system.process.exec({ ...image, descriptors: Object.fromEntries(descriptors), signals });
    },
  });
  return status;
}
