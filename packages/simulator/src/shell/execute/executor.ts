/** The executor of a shell: text, command substitutions and words, for those parts of the shell that lie below execution. */
import { isSystemError } from '@seashell/system';
import { parse, type Command, type ParsedScript, type Redirection } from 'unbash';
import { fromBytes } from '../../commands/byte-text.ts';
import { chunkBytes, joinBytes } from '../../commands/streams.ts';
import { maximumValueCharacters } from '../limits.ts';
import type { Descriptors, Executor, Shell } from '../shell.ts';
import { expandAliases } from '../aliases.ts';
import { findOpenHereDocument, findSyntaxError, soundPart } from '../syntax.ts';
import { runCommand } from './compound.ts';
import { waitForJob, jobStatus } from './jobs.ts';
import { launchStage, runStatements } from './pipeline.ts';
import { launchSubshell, type Launched } from './launch.ts';
import { openRedirections } from './redirections.ts';
import { finalCommand } from './replace.ts';

/** Reads to the end, or until a signal interrupts the command or there is more than a value may hold. */
async function drain(shell: Shell, descriptor: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  while (!shell.interrupted && length <= maximumValueCharacters) {
    try {
      const bytes = await shell.system.streams.read(descriptor, chunkBytes);
      if (bytes.length === 0) return joinBytes(parts);
      parts.push(bytes);
      length += bytes.length;
    } catch (error) {
      if (!isSystemError(error, 'EINTR')) throw error;
      await shell.takeSignals();
    }
  }
  if (length > maximumValueCharacters) await shell.exhaust(length);
  return joinBytes(parts);
}

/** The one simple command that a script consists of. */
function singleCommand(script: ParsedScript): Command | undefined {
  const [statement] = script.commands;
  if (script.commands.length !== 1 || script.source !== undefined || statement?.background) return undefined;
  return statement?.command.type === 'Command' ? statement.command : undefined;
}

async function statusOfLaunched(shell: Shell, launched: Launched): Promise<number> {
  if ('status' in launched) return launched.status;
  const process = { pid: launched.pid, ended: undefined, text: '' };
  const job = {
    number: 0,
    group: undefined,
    processes: [process],
    directory: shell.directory,
    background: false,
    notified: true,
  };
  await waitForJob(shell, job);
  return jobStatus(shell, job);
}

/** What a command substitution gives of the bytes that were written. */
async function substitutedText(shell: Shell, bytes: Uint8Array): Promise<string> {
  const text = bytes.filter((byte) => byte !== 0);
  if (text.length < bytes.length) await shell.complain('warning: command substitution: ignored null byte in input');
  return fromBytes(text).replace(/\n+$/, '');
}

/** `$(< file)`: the one redirection of a command without words. */
function bareInput(script: ParsedScript): readonly Redirection[] | undefined {
  const command = singleCommand(script);
  const [redirect] = command?.redirects ?? [];
  if (!command || command.name || command.prefix.length !== 1 || redirect?.type !== 'Redirect') return undefined;
  return redirect.operator === '<' && !redirect.descriptor ? [redirect] : undefined;
}

/** Reads the file of `$(< file)` without any process. */
async function substituteFile(shell: Shell, redirections: readonly Redirection[]): Promise<string> {
  const redirected = await openRedirections(shell, redirections, shell.descriptors);
  const descriptor = redirected?.descriptors.get(0);
  let text = '';
  try {
    if (descriptor !== undefined) text = await substitutedText(shell, await drain(shell, descriptor));
  } catch (error) {
    // A directory: bash says nothing, and the status is 0.
    if (!isSystemError(error)) throw error;
  }
  for (const opened of redirected?.opened ?? []) await shell.system.streams.close(opened);
  return finishSubstitution(shell, text, redirected ? 0 : 1);
}

async function finishSubstitution(shell: Shell, text: string, status: number): Promise<string> {
  await shell.step();
  if (shell.jump) return '';
  shell.status = status;
  shell.substitutionStatus = status;
  return text;
}

async function substitute(shell: Shell, script: ParsedScript): Promise<string> {
  if (script.commands.length === 0) return '';
  const input = bareInput(script);
  if (input) return substituteFile(shell, input);
  const { reader, writer } = await shell.system.streams.pipe();
  const descriptors = new Map(shell.descriptors).set(1, writer);
  const command = singleCommand(script);
  const launched = command
    ? await launchStage(shell, command, { descriptors })
    : await launchSubshell(shell, script, { descriptors });
  await shell.system.streams.close(writer);
  const bytes = await drain(shell, reader);
  await shell.system.streams.close(reader);
  const status = await statusOfLaunched(shell, launched);
  return finishSubstitution(shell, await substitutedText(shell, bytes), status);
}

/** Where text comes from, besides the shell's own input. */
export interface TextPlace {
  readonly firstLine: number;
  /** A file that is sourced. */
  readonly file?: string;
  readonly isEval?: boolean;
  /** The shell ends after it. */
  readonly isLast?: boolean;
}

/** What stands before a complaint of syntax, as bash's parser has it. */
function syntaxPrefix(shell: Shell, place: TextPlace, line: number): string {
  const { name, interactive } = shell;
  if (place.file !== undefined) return `${interactive ? `${name}: ` : ''}${place.file}: line ${line}: `;
  if (interactive) return `${name}: `;
  const input = place.isEval ? 'eval: ' : shell.inputKind === 'command' ? '-c: ' : '';
  return `${shell.unit.name ?? name}: ${input}line ${line}: `;
}

/** The text with the end of a here-document that only the end of the input closes, of which bash warns. */
export async function closeHereDocument(shell: Shell, text: string, { firstLine, file }: TextPlace): Promise<string> {
  const open = findOpenHereDocument(text);
  if (!open) return text;
  const whole = text.endsWith('\n') ? text : `${text}\n`;
  const line = firstLine + whole.split('\n').length - 2;
  const began = firstLine + text.slice(0, open.position).split('\n').length - 1;
  const { name, interactive, unit } = shell;
  const prefix = interactive ? `${name}: ` : `${file ?? unit.name ?? name}: line ${line}: `;
  const message = `warning: here-document at line ${began} delimited by end-of-file (wanted \`${open.delimiter}')`;
  await shell.write(`${prefix}${message}\n`, shell.descriptors, 2);
  return whole;
}

/** Reports wrong syntax as bash does: with the line where nobody types. */
export async function complainSyntax(shell: Shell, source: string, place: TextPlace): Promise<boolean> {
  const complaint = findSyntaxError(source);
  if (!complaint) return false;
  const line = place.firstLine + source.slice(0, complaint.position).split('\n').length - 1;
  const beyond = complaint.position > source.length && !source.endsWith('\n');
  const prefix = syntaxPrefix(shell, place, beyond ? line + 1 : line);
  await shell.write(`${prefix}${complaint.message}\n`, shell.descriptors, 2);
  if (complaint.showLine && (!shell.interactive || place.file !== undefined)) {
    await shell.write(`${prefix}\`${source.split('\n')[line - place.firstLine] ?? ''}'\n`, shell.descriptors, 2);
  }
  return true;
}

/** Parses and executes text in this shell; 2 after a message if it is no bash. */
export async function executeText(
  shell: Shell,
  text: string,
  place: TextPlace & { readonly descriptors: Descriptors },
): Promise<number> {
  const sound = findSyntaxError(text) ? soundPart(text) : text;
  const source = shell.isTyped ? expandAliases(shell.aliases, sound) : sound;
  const name = place.file ?? shell.unit.name;
  const unit = { source, firstLine: place.firstLine, ...(name === undefined ? {} : { name }) };
  const { commands } = parse(source);
  if (place.isLast && sound === text) shell.finalCommand = finalCommand(commands);
  const status = await shell.within(unit, () => runStatements(shell, commands, place.descriptors));
  if (shell.jump || sound === text) return status;
  const firstLine = place.firstLine + sound.split('\n').length - 1;
  await complainSyntax(shell, text.slice(sound.length), { ...place, firstLine });
  return 2;
}

export function createExecutor(shell: Shell): Executor {
  return {
    substitute: (script) => substitute(shell, script),
    execute: async (text, descriptors, file) => {
      const place = file === undefined ? { firstLine: shell.line, isEval: true } : { firstLine: 1, file };
      return executeText(shell, await closeHereDocument(shell, text, place), { descriptors, ...place });
    },
    run: (node, descriptors) => runCommand(shell, node, descriptors),
  };
}
