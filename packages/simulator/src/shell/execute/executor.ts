/** The executor of a shell: text, command substitutions and words, for those parts of the shell that lie below execution. */
import { isSystemError } from '@seashell/system';
import { parse, type Command, type ParsedScript } from 'unbash';
import { fromBytes } from '../../commands/byte-text.ts';
import { chunkBytes, joinBytes } from '../../commands/streams.ts';
import type { Descriptors, Executor, Shell } from '../shell.ts';
import { expandAliases } from '../aliases.ts';
import { findSyntaxError } from '../syntax.ts';
import { runCommand } from './compound.ts';
import { waitForJob, jobStatus } from './jobs.ts';
import { launchStage, runStatements } from './pipeline.ts';
import { launchSubshell, type Launched } from './launch.ts';
import { runWords } from './simple.ts';

/** Reads to the end, or until a signal interrupts the command. */
async function drain(shell: Shell, descriptor: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (;;) {
    try {
      const bytes = await shell.system.streams.read(descriptor, chunkBytes);
      if (bytes.length === 0) return joinBytes(parts);
      parts.push(bytes);
    } catch (error) {
      if (!isSystemError(error, 'EINTR')) throw error;
      await shell.takeSignals();
      if (shell.interrupted) return joinBytes(parts);
    }
  }
}

/** The one simple command that a script consists of. */
function singleCommand(script: ParsedScript): Command | undefined {
  const [statement] = script.commands;
  if (script.commands.length !== 1 || script.source !== undefined || statement?.background) return undefined;
  return statement?.command.type === 'Command' ? statement.command : undefined;
}

async function statusOfLaunched(shell: Shell, launched: Launched): Promise<number> {
  if ('status' in launched) return launched.status;
  const process = { pid: launched.pid, ended: undefined };
  const job = {
    number: 0,
    group: undefined,
    processes: [process],
    text: '',
    lastStatus: undefined,
    background: false,
    notified: true,
  };
  await waitForJob(shell, job);
  return jobStatus(shell, job);
}

/** The text of a file named by `$(< file)` is read without any process. */
async function substitute(shell: Shell, script: ParsedScript): Promise<string> {
  if (script.commands.length === 0) return '';
  const { reader, writer } = await shell.system.streams.pipe();
  const descriptors = new Map(shell.descriptors).set(1, writer);
  const command = singleCommand(script);
  const bareInput = command && !command.name && command.prefix.length === 1;
  const words = bareInput ? undefined : command;
  const launched = words
    ? await launchStage(shell, words, { descriptors })
    : await launchSubshell(shell, script, { descriptors });
  await shell.system.streams.close(writer);
  const bytes = await drain(shell, reader);
  await shell.system.streams.close(reader);
  const status = await statusOfLaunched(shell, launched);
  await shell.step();
  if (shell.jump) return '';
  shell.status = status;
  shell.substitutionStatus = shell.status;
  return fromBytes(bytes.filter((byte) => byte !== 0)).replace(/\n+$/, '');
}

/** Reports wrong syntax as bash does: with the line where nobody types. */
export async function complainSyntax(shell: Shell, source: string, firstLine: number): Promise<boolean> {
  const complaint = findSyntaxError(source);
  if (!complaint) return false;
  const line = firstLine + source.slice(0, complaint.position).split('\n').length - 1;
  const typed = shell.interactive && shell.subshellLevel === 0;
  const from = shell.inputKind === 'command' ? '-c: ' : '';
  const prefix = typed
    ? `${shell.name}: `
    : `${shell.name}: ${from}line ${complaint.position > source.length ? line + (source.endsWith('\n') ? 0 : 1) : line}: `;
  await shell.write(`${prefix}${complaint.message}\n`, shell.descriptors, 2);
  if (complaint.showLine && !typed) {
    await shell.write(`${prefix}\`${source.split('\n')[line - firstLine] ?? ''}'\n`, shell.descriptors, 2);
  }
  return true;
}

/** Parses and executes text in this shell; 2 after a message if it is no bash. */
export async function executeText(
  shell: Shell,
  text: string,
  place: { readonly descriptors: Descriptors; readonly firstLine: number },
): Promise<number> {
  if (await complainSyntax(shell, text, place.firstLine)) return 2;
  const source = shell.isTyped ? expandAliases(shell.aliases, text) : text;
  const unit = { source, firstLine: place.firstLine };
  return shell.within(unit, () => runStatements(shell, parse(source).commands, place.descriptors));
}

export function createExecutor(shell: Shell): Executor {
  return {
    substitute: (script) => substitute(shell, script),
    execute: (text, descriptors) => executeText(shell, text, { descriptors, firstLine: shell.line }),
    run: (node, descriptors) => runCommand(shell, node, descriptors),
    runWords: (words, descriptors, functions) =>
      runWords(shell, { words, descriptors, text: words.join(' ') }, functions),
  };
}
