/** An interactive shell: job control, prompts, line editing, history, and the end of the session. */
import { isSystemError } from '@seashell/system';
import { readTextFile } from '../commands/streams.ts';
import { LineReader } from './editor/reader.ts';
import { joinLines } from './editor/command-lines.ts';
import { loadHistory, saveHistory } from './history-file.ts';
import { descriptorInput, runInput, type InputSource } from './input.ts';
import { expandPrompt } from './prompt.ts';
import type { Shell } from './shell.ts';

const ignoredSignals = ['SIGTERM', 'SIGQUIT', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU'] as const;

/** Takes the terminal, and lets signals come as results of waits. */
async function takeControl(shell: Shell): Promise<void> {
  const { process, terminal } = shell.system;
  for (const signal of ignoredSignals) await process.setDisposition(signal, 'ignore');
  for (const signal of ['SIGINT', 'SIGHUP', 'SIGWINCH'] as const) await process.setDisposition(signal, 'handle');
  try {
    await terminal.setForeground(0, process.processGroup);
    shell.control = { descriptor: 0, processGroup: process.processGroup };
    shell.options.add('monitor');
  } catch (error) {
    if (!isSystemError(error)) throw error;
    await shell.write(
      `${shell.name}: cannot set terminal process group (${process.processGroup}): ${error.message}\n${shell.name}: no job control in this shell\n`,
      shell.descriptors,
      2,
    );
  }
}

async function configuredOff(shell: Shell): Promise<boolean> {
  for (const path of [
    shell.variables.get('INPUTRC') ?? `${shell.variables.get('HOME') ?? ''}/.inputrc`,
    '/etc/inputrc',
  ]) {
    try {
      return /^\s*set\s+enable-bracketed-paste\s+off/m.test(await readTextFile(shell.system, path));
    } catch (error) {
      if (!isSystemError(error)) throw error;
    }
  }
  return false;
}

async function isTerminal(shell: Shell): Promise<boolean> {
  try {
    await shell.system.terminal.getAttributes(0);
    return true;
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}

function remember(shell: Shell, text: string): void {
  const line = joinLines(text);
  const control = (shell.variables.get('HISTCONTROL') ?? '').split(':');
  const [noSpace, noDuplicates] = ['ignorespace', 'ignoredups'].map(
    (name) => control.includes(name) || control.includes('ignoreboth'),
  );
  if (line.trim() === '' || (noSpace && line.startsWith(' ')) || (noDuplicates && shell.history.at(-1) === line))
    return;
  shell.history.push(line);
}

async function promptFor(shell: Shell, continued: boolean): Promise<string> {
  if (!continued) {
    const command = shell.variables.get('PROMPT_COMMAND');
    const { status } = shell;
    if (command) await shell.executor.execute(command, shell.descriptors);
    shell.status = status;
    shell.atPrompt?.({ hostname: shell.system.host.hostname, pid: shell.system.process.pid, status });
  }
  return expandPrompt(shell, shell.variables.get(continued ? 'PS2' : 'PS1') ?? '');
}

/** Lines that a person edits on the terminal. */
function typedInput(shell: Shell, reader: LineReader): InputSource {
  return {
    async nextLine(continued) {
      const prompt = await promptFor(shell, continued);
      if (shell.hungUp) return undefined;
      if (shell.jump?.type === 'abort') shell.jump = undefined;
      const line = await reader.read(prompt);
      if (line === undefined && continued && !shell.hungUp) await shell.write('\n', shell.descriptors, 2);
      else if (line === undefined && !shell.hungUp && (await keepsShell(shell))) return { text: '\n' };
      if (line !== undefined && line !== 'interrupted' && !continued)
        shell.warnedOfJobs &&= /^\s*(?:exit|logout|jobs)\b/.test(line.text);
      return line;
    },
    commandRead(text) {
      remember(shell, text);
      return Promise.resolve();
    },
  };
}

/** ^D: says what exit says; with stopped jobs the shell stays once. */
async function keepsShell(shell: Shell): Promise<boolean> {
  await shell.write(shell.login ? '\nlogout\n' : '\nexit\n', shell.descriptors, 2);
  const stopped = shell.jobs.some((job) => job.processes.some((process) => process.ended?.type === 'stopped'));
  if (!stopped || shell.warnedOfJobs) return false;
  await shell.write('There are stopped jobs.\n', shell.descriptors, 2);
  shell.warnedOfJobs = true;
  return true;
}

/** Hangs up what the shell leaves behind. */
async function hangUpJobs(shell: Shell): Promise<void> {
  for (const job of shell.jobs) {
    const target = job.group === undefined ? job.processes[0]?.pid : -job.group;
    if (target === undefined) continue;
    try {
      await shell.system.process.kill(target, 'SIGHUP');
      await shell.system.process.kill(target, 'SIGCONT');
    } catch (error) {
      if (!isSystemError(error)) throw error;
    }
  }
}

/** Runs commands that a person types. */
export async function runInteractive(shell: Shell): Promise<number> {
  await takeControl(shell);
  await loadHistory(shell);
  const terminal = await isTerminal(shell);
  const term = shell.variables.get('TERM') ?? 'dumb';
  const bracketedPaste = term !== 'dumb' && !(await configuredOff(shell));
  const source = terminal
    ? typedInput(shell, new LineReader(shell, { descriptor: 0, bracketedPaste }))
    : descriptorInput(shell, 0);
  try {
    await runInput(shell, source);
  } catch (error) {
    // The terminal is gone, and the signal that says so may come after a job that it ended.
    if (!isSystemError(error, 'EIO')) throw error;
    shell.hungUp = true;
  }
  if (shell.hungUp) await hangUpJobs(shell);
  await saveHistory(shell);
  return shell.hungUp ? 129 : shell.status;
}
