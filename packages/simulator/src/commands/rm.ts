/** rm(1). */
import { isSystemError, type FileStatus } from '@seashell/system';
import type { CommandContext, CommandDefinition, WrongUsage } from './command.ts';
import { quoteName } from './inputs.ts';
import { baseName, joinPath, statusIfAny } from './paths.ts';
import { fromBytes, toBytes } from './byte-text.ts';
import { writeAll } from './streams.ts';

/** Asks on standard error, reads one line; yes begins with y or Y. */
export async function askYes(context: CommandContext, question: string): Promise<boolean> {
  const { system, name } = context;
  await context.output.flush();
  await writeAll(system, 2, toBytes(`${name}: ${question} `));
  const answer: number[] = [];
  for (;;) {
    const [byte] = await system.streams.read(0, 1);
    if (byte === undefined || byte === 10) break;
    answer.push(byte);
  }
  return /^[yY]/.test(fromBytes(Uint8Array.from(answer)));
}

async function mayWrite(context: CommandContext, status: FileStatus): Promise<boolean> {
  const { uid, gid, groups } = context.system.process.credentials;
  if (uid === 0 || status.type === 'symlink') return true;
  const member = gid === status.gid || groups.includes(status.gid);
  return (status.mode & (uid === status.uid ? 0o200 : member ? 0o020 : 0o002)) !== 0;
}

async function inputIsTerminal(context: CommandContext): Promise<boolean> {
  try {
    await context.system.terminal.getAttributes(0);
    return true;
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}

function kindOf(status: FileStatus): string {
  if (status.type === 'file') return status.sizeBytes === 0 ? 'regular empty file' : 'regular file';
  return {
    directory: 'directory',
    symlink: 'symbolic link',
    fifo: 'fifo',
    socket: 'socket',
    characterDevice: 'character special file',
  }[status.type];
}

const askingWords: ReadonlyMap<string, AskingMode> = new Map(
  Object.entries<AskingMode>({
    never: 'never',
    no: 'never',
    none: 'never',
    once: 'once',
    always: 'always',
    yes: 'always',
  }),
);

type AskingMode = 'never' | 'once' | 'always';

/** When to ask, by the last of -f, -i, -I and --interactive; `undefined`: only what may not be written. */
function askingMode({ options }: CommandContext): AskingMode | undefined {
  switch (options.last('force', 'i', 'I', 'interactive')) {
    case 'force':
      return 'never';
    case 'i':
      return 'always';
    case 'I':
      return 'once';
    case 'interactive':
      return askingWords.get(options.value('interactive') ?? 'always');
    default:
      return undefined;
  }
}

const askingMistake = (word: string): string =>
  `invalid argument ${quoteName(word)} for '--interactive'\nValid arguments are:\n  - 'never', 'no', 'none'\n  - 'once'\n  - 'always', 'yes'`;

/** -I: one question before more than three files, or before whole directories. */
async function agreedToAll(context: CommandContext): Promise<boolean> {
  const { options, operands } = context;
  const isRecursive = options.has('recursive', 'R');
  if (askingMode(context) !== 'once' || (!isRecursive && operands.length <= 3)) return true;
  const what = `${operands.length} argument${operands.length === 1 ? '' : 's'}`;
  return askYes(context, `remove ${what}${isRecursive ? ' recursively' : ''}?`);
}

/** Whether the user agrees to the removal, or need not be asked. */
async function agreed(context: CommandContext, path: string, status: FileStatus): Promise<boolean> {
  const how = askingMode(context);
  if (how === 'never') return true;
  const writable = await mayWrite(context, status);
  if (how !== 'always' && (writable || !(await inputIsTerminal(context)))) return true;
  const guard = writable ? '' : 'write-protected ';
  return askYes(context, `remove ${guard}${kindOf(status)} ${quoteName(path)}?`);
}

async function removeTree(context: CommandContext, path: string): Promise<boolean> {
  const { files } = context.system;
  const names = await files.readDirectory(path);
  const asks = askingMode(context) === 'always';
  if (asks && names.length > 0 && !(await askYes(context, `descend into directory ${quoteName(path)}?`))) return true;
  let done = true;
  for (const name of names) done = (await removeOne(context, joinPath(path, name))) && done;
  if (!done) return false;
  if (asks && !(await askYes(context, `remove directory ${quoteName(path)}?`))) return true;
  await files.remove(path, 'directory');
  if (context.options.has('verbose')) await context.output.write(`removed directory ${quoteName(path)}\n`);
  return true;
}

async function removePath(context: CommandContext, path: string): Promise<boolean> {
  const { files } = context.system;
  const status = await files.status(path, { follow: false });
  if (status.type === 'directory') {
    if (context.options.has('recursive', 'R')) return removeTree(context, path);
    if (!context.options.has('dir')) {
      await context.complain(`cannot remove ${quoteName(path)}: Is a directory`);
      return false;
    }
  }
  if (!(await agreed(context, path, status))) return true;
  await files.remove(path, status.type === 'directory' ? 'directory' : 'file');
  const kind = status.type === 'directory' ? 'directory ' : '';
  if (context.options.has('verbose')) await context.output.write(`removed ${kind}${quoteName(path)}\n`);
  return true;
}

async function removeOne(context: CommandContext, path: string): Promise<boolean> {
  try {
    return await removePath(context, path);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (context.options.has('force') && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return true;
    await context.complain(`cannot remove ${quoteName(path)}: ${error.message}`);
    return false;
  }
}

async function refuse(context: CommandContext, path: string): Promise<string | undefined> {
  const recursive = context.options.has('recursive', 'R');
  if (!recursive) return undefined;
  if (/(?:^|\/)\.\.?\/*$/.test(path)) return `refusing to remove '.' or '..' directory: skipping ${quoteName(path)}`;
  if (baseName(path) === '/' && !context.options.has('no-preserve-root')) {
    await context.complain("it is dangerous to operate recursively on '/'");
    return 'use --no-preserve-root to override this failsafe';
  }
  return undefined;
}

/** A file whose name looks like options is shown how to be named. */
async function usageHint({ system, name, argument }: WrongUsage): Promise<string> {
  const help = `Try '${name} --help' for more information.\n`;
  if (argument === undefined || !(await statusIfAny(system, argument, false))) return help;
  return `Try '${name} ./${argument}' to remove the file ${quoteName(argument)}.\n${help}`;
}

export const rm: CommandDefinition = {
  name: 'rm',
  usageHint,
  usage: ['[OPTION]... [FILE]...'],
  summary: 'Remove (unlink) the FILE(s).',
  options: [
    { short: 'f', long: 'force', help: 'ignore nonexistent files and arguments, never prompt' },
    { short: 'i', help: 'prompt before every removal' },
    { short: 'I', help: 'prompt once before removing more than three files, or when removing recursively' },
    { long: 'interactive', argument: 'optional', help: 'prompt according to WHEN: never, once (-I), or always (-i)' },
    { long: 'one-file-system', help: 'when removing a hierarchy, skip directories on other file systems' },
    { short: 'r', long: 'recursive', help: 'remove directories and their contents recursively' },
    { short: 'R' },
    { short: 'd', long: 'dir', help: 'remove empty directories' },
    { short: 'v', long: 'verbose', help: 'explain what is being done' },
    { long: 'no-preserve-root', help: "do not treat '/' specially" },
    { long: 'preserve-root', help: "do not remove '/' (default)" },
  ],
  async run(context) {
    if (context.operands.length === 0)
      return context.options.has('force') ? 0 : context.complainUsage('missing operand');
    const word = context.options.value('interactive');
    if (word !== undefined && !askingWords.has(word)) return context.complainUsage(askingMistake(word));
    if (!(await agreedToAll(context))) return 0;
    let status = 0;
    for (const path of context.operands) {
      const refusal = await refuse(context, path);
      if (refusal !== undefined) await context.complain(refusal);
      if (refusal !== undefined || !(await removeOne(context, path))) status = 1;
    }
    return status;
  },
};
