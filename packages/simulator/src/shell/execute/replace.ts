/**
 * A program in place of the shell: `exec`, and the last simple command of `-c` or of a subshell, for which bash does not fork.
 * Differs from bash: System has no exec(2), so the program runs as a child, and the shell ends as it ended: by the same signal too.
 * A signal that is sent to its pid meets the shell: those of `passedOn` go on to the program, SIGINT and SIGQUIT are ignored, and SIGKILL
 * and SIGSTOP end or stop the shell alone, while the program runs on.
 */
import { isSystemError, type SignalName } from '@seashell/system';
import type { Command, Statement } from 'unbash';
import type { Shell } from '../shell.ts';
import { statusNumber, waitForProcess } from './jobs.ts';
import type { Launched } from './launch.ts';

/** What the keyboard sends goes to the whole group, and so to the program itself. */
const keyboardSignals = ['SIGINT', 'SIGQUIT'] as const;
/** Sent to this process, they are meant for the program. */
const passedOn: readonly SignalName[] = ['SIGHUP', 'SIGTERM', 'SIGUSR1', 'SIGUSR2'];

/** The simple command that ends a list and that bash runs without a fork (execute_cmd.c, optimize_connection_fork). */
export function finalCommand(statements: readonly Statement[]): Command | undefined {
  const last = statements.at(-1);
  if (!last || last.background || statements.at(-2)?.background) return undefined;
  const isAlone = statements.length === 1;
  const node = last.command.type === 'AndOr' && isAlone ? last.command.commands.at(-1) : last.command;
  return node?.type === 'Command' && node.redirects.length === 0 ? node : undefined;
}

/** Whether nothing is left to do for the shell after its last command: traps would be (builtins/evalstring.c, should_suppress_fork). */
export function mayBeReplaced(shell: Shell): boolean {
  const { traps } = shell;
  if (shell.interactive && shell.subshellLevel === 0) return false;
  return (
    !traps.has('EXIT') && !traps.has('ERR') && ![...traps].some(([name, action]) => name !== 'DEBUG' && action !== '')
  );
}

async function passOn(shell: Shell, pid: number): Promise<void> {
  for (const name of shell.pendingSignals.splice(0)) {
    if (!passedOn.includes(name)) continue;
    try {
      await shell.system.process.kill(pid, name);
    } catch (error) {
      if (!isSystemError(error, 'ESRCH')) throw error;
    }
  }
}

async function handOver(shell: Shell): Promise<void> {
  const { process } = shell.system;
  shell.traps.clear();
  for (const name of keyboardSignals) await process.setDisposition(name, 'ignore');
  for (const name of passedOn) await process.setDisposition(name, 'handle');
}

/** Ends this process by a signal. */
async function dieBy(shell: Shell, signal: SignalName): Promise<void> {
  const { process } = shell.system;
  if (signal !== 'SIGKILL') await process.setDisposition(signal, 'default');
  await process.kill(process.pid, signal);
}

/** Lives on as the program that was started for it, to its end. */
export async function becomeProgram(shell: Shell, launched: Launched): Promise<number> {
  shell.jump = { type: 'exit' };
  if ('status' in launched) {
    shell.status = launched.status;
    return launched.status;
  }
  await handOver(shell);
  for (;;) {
    const ended = await waitForProcess(shell, launched.pid, true);
    if (!ended) await passOn(shell, launched.pid);
    if (!ended || ended.type === 'stopped') continue;
    if (ended.type === 'signaled') await dieBy(shell, ended.signal);
    shell.status = statusNumber(ended);
    return shell.status;
  }
}
