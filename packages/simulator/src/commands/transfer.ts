/** cp(1), mv(1) and ln(1): sources go to a target or into a directory. */
import { isSystemError, type FileStatus } from '@seashell/system';
import type { CommandContext, CommandDefinition } from './command.ts';
import { quoteName } from './inputs.ts';
import { baseName, joinPath, statusIfAny } from './paths.ts';
import { askYes } from './rm.ts';
import { readChunks, writeAll } from './streams.ts';

interface Transfer {
  readonly source: string;
  readonly target: string;
}

/** The pairs that operands mean, or a complaint. */
async function planTransfers(context: CommandContext): Promise<readonly Transfer[] | { readonly status: number }> {
  const { operands, options, system } = context;
  const directory = options.value('target-directory');
  const sources = directory === undefined ? operands.slice(0, -1) : operands;
  const target = directory ?? operands.at(-1);
  if (target === undefined) return { status: await context.complainUsage('missing file operand') };
  if (sources.length === 0)
    return { status: await context.complainUsage(`missing destination file operand after ${quoteName(target)}`) };
  const isDirectory = !options.has('no-target-directory') && (await statusIfAny(system, target))?.type === 'directory';
  if (isDirectory) return sources.map((source) => ({ source, target: joinPath(target, baseName(source)) }));
  if (sources.length === 1 && directory === undefined) return [{ source: sources[0] ?? '', target }];
  const there = await statusIfAny(system, target);
  if (context.command === 'ln' || there || directory !== undefined)
    await context.complain(
      `target ${quoteName(target)}${there ? ' is not a directory' : ': No such file or directory'}`,
    );
  else await context.complain(`target ${quoteName(target)}: No such file or directory`);
  return { status: 1 };
}

async function copyContent(context: CommandContext, transfer: Transfer, mode: number): Promise<void> {
  const { files, streams } = context.system;
  const reader = await files.open(transfer.source, { access: 'read' });
  try {
    const writer = await files.open(transfer.target, {
      access: 'write',
      create: true,
      truncate: true,
      mode: mode & 0o777,
    });
    for await (const chunk of readChunks(context.system, reader)) await writeAll(context.system, writer, chunk);
    await streams.close(writer);
  } finally {
    await streams.close(reader);
  }
}

async function preserve(context: CommandContext, target: string, status: FileStatus): Promise<void> {
  const { files } = context.system;
  const { accessedMilliseconds, modifiedMilliseconds } = status;
  await files.changeTimes(target, { accessedMilliseconds, modifiedMilliseconds });
  try {
    await files.changeOwner(target, status.uid, status.gid);
  } catch (error) {
    if (!isSystemError(error, 'EPERM')) throw error;
  }
  await files.changeMode(target, status.mode);
}

async function copyDirectory(context: CommandContext, transfer: Transfer, status: FileStatus): Promise<boolean> {
  const { files } = context.system;
  const { source, target } = transfer;
  const there = await statusIfAny(context.system, target);
  if (there && there.type !== 'directory')
    return fail(context, `cannot overwrite non-directory ${quoteName(target)} with directory ${quoteName(source)}`);
  if (`${target}/`.startsWith(`${source.replace(/\/+$/, '')}/`))
    return fail(context, `cannot copy a directory, ${quoteName(source)}, into itself, ${quoteName(target)}`);
  if (!there) await files.makeDirectory(target, status.mode | 0o700);
  let done = true;
  for (const name of await files.readDirectory(source)) {
    done =
      (await transferOne(context, { source: joinPath(source, name), target: joinPath(target, name) }, copyOne)) && done;
  }
  if (context.options.has('preserve', 'p', 'archive')) await preserve(context, target, status);
  return done;
}

async function fail(context: CommandContext, message: string): Promise<false> {
  await context.complain(message);
  return false;
}

async function copySpecial(context: CommandContext, transfer: Transfer): Promise<void> {
  const { files } = context.system;
  if (await statusIfAny(context.system, transfer.target, false)) await files.remove(transfer.target, 'file');
  await files.symlink(await files.readLink(transfer.source), transfer.target);
}

async function copyOne(context: CommandContext, transfer: Transfer): Promise<boolean> {
  const { files } = context.system;
  const { source, target } = transfer;
  const { options } = context;
  const recursive = options.has('recursive', 'R', 'archive');
  const asLink = options.has('no-dereference', 'archive', 'd') || (recursive && !options.has('dereference'));
  const status = await statusOf(context, source, !asLink);
  if (!status) return false;
  if (status.type === 'directory') {
    return recursive
      ? copyDirectory(context, transfer, status)
      : fail(context, `-r not specified; omitting directory ${quoteName(source)}`);
  }
  const there = await statusIfAny(context.system, target);
  if (there?.inode === status.inode && status.type === 'file')
    return fail(context, `${quoteName(source)} and ${quoteName(target)} are the same file`);
  if (there?.type === 'directory')
    return fail(context, `cannot overwrite directory ${quoteName(target)} with non-directory`);
  if (there && !(await mayOverwrite(context, { target, status, there }))) return true;
  try {
    if (status.type === 'symlink') await copySpecial(context, transfer);
    else await copyContent(context, transfer, status.mode);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (error.path === source) return fail(context, `cannot open ${quoteName(source)} for reading: ${error.message}`);
    if (options.has('force') && there && error.code === 'EACCES') {
      await files.remove(target, 'file');
      await copyContent(context, transfer, status.mode);
      return true;
    }
    return fail(context, `cannot create regular file ${quoteName(target)}: ${error.message}`);
  }
  if (options.has('preserve', 'p', 'archive') && status.type !== 'symlink') await preserve(context, target, status);
  if (options.has('verbose')) await context.output.write(`${quoteName(source)} -> ${quoteName(target)}\n`);
  return true;
}

async function statusOf(context: CommandContext, path: string, follow: boolean): Promise<FileStatus | undefined> {
  try {
    return await context.system.files.status(path, { follow });
  } catch (error) {
    if (!isSystemError(error)) throw error;
    await context.complain(`cannot stat ${quoteName(path)}: ${error.message}`);
    return undefined;
  }
}

interface Overwrite {
  readonly target: string;
  readonly status: FileStatus;
  /** What the target is now. */
  readonly there: FileStatus;
}

async function mayOverwrite(context: CommandContext, { target, status, there }: Overwrite): Promise<boolean> {
  const how = context.options.last('force', 'interactive', 'no-clobber');
  if (how === 'no-clobber') return false;
  if (context.options.has('update') && there.modifiedMilliseconds >= status.modifiedMilliseconds) return false;
  return how !== 'interactive' || askYes(context, `overwrite ${quoteName(target)}?`);
}

async function transferOne(
  context: CommandContext,
  transfer: Transfer,
  action: (context: CommandContext, transfer: Transfer) => Promise<boolean>,
): Promise<boolean> {
  try {
    return await action(context, transfer);
  } catch (error) {
    if (!isSystemError(error) || error.operation === 'write') throw error;
    return fail(context, `${quoteName(transfer.source)}: ${error.message}`);
  }
}

async function runTransfers(
  context: CommandContext,
  action: (context: CommandContext, transfer: Transfer) => Promise<boolean>,
): Promise<number> {
  const plan = await planTransfers(context);
  if ('status' in plan) return plan.status;
  let status = 0;
  for (const transfer of plan) if (!(await transferOne(context, transfer, action))) status = 1;
  return status;
}

const targetOptions = [
  { short: 't', long: 'target-directory', argument: 'required', help: 'copy all SOURCE arguments into DIRECTORY' },
  { short: 'T', long: 'no-target-directory', help: 'treat DEST as a normal file' },
  { short: 'v', long: 'verbose', help: 'explain what is being done' },
] as const;

const overwriteOptions = [
  { short: 'f', long: 'force', help: 'if an existing destination cannot be opened, remove it and try again' },
  { short: 'i', long: 'interactive', help: 'prompt before overwrite' },
  { short: 'n', long: 'no-clobber', help: 'do not overwrite an existing file' },
  { short: 'u', long: 'update', help: 'only when the SOURCE file is newer' },
] as const;

export const cp: CommandDefinition = {
  name: 'cp',
  usage: ['[OPTION]... [-T] SOURCE DEST', '[OPTION]... SOURCE... DIRECTORY', '[OPTION]... -t DIRECTORY SOURCE...'],
  summary: 'Copy SOURCE to DEST, or multiple SOURCE(s) to DIRECTORY.',
  options: [
    { short: 'a', long: 'archive', help: 'same as -dR --preserve=all' },
    { short: 'd', help: 'same as --no-dereference --preserve=links' },
    { short: 'L', long: 'dereference', help: 'always follow symbolic links in SOURCE' },
    { short: 'P', long: 'no-dereference', help: 'never follow symbolic links in SOURCE' },
    { short: 'p', help: 'same as --preserve=mode,ownership,timestamps' },
    { long: 'preserve', argument: 'optional', help: 'preserve the specified attributes' },
    { short: 'r', long: 'recursive', help: 'copy directories recursively' },
    { short: 'R' },
    ...overwriteOptions,
    ...targetOptions,
  ],
  run: (context) => runTransfers(context, copyOne),
};

async function moveAcross(context: CommandContext, transfer: Transfer): Promise<boolean> {
  await context.complain(
    `cannot move ${quoteName(transfer.source)} to ${quoteName(transfer.target)}: Invalid cross-device link`,
  );
  return false;
}

async function moveOne(context: CommandContext, transfer: Transfer): Promise<boolean> {
  const { files } = context.system;
  const { source, target } = transfer;
  const status = await statusOf(context, source, false);
  if (!status) return false;
  const there = await statusIfAny(context.system, target, false);
  if (there?.inode === status.inode && status.type !== 'directory')
    return fail(context, `${quoteName(source)} and ${quoteName(target)} are the same file`);
  if (there?.type === 'directory' && status.type !== 'directory')
    return fail(context, `cannot overwrite directory ${quoteName(target)} with non-directory`);
  if (there && there.type !== 'directory' && status.type === 'directory')
    return fail(context, `cannot overwrite non-directory ${quoteName(target)} with directory ${quoteName(source)}`);
  if (there && !(await mayOverwrite(context, { target, status, there }))) return true;
  try {
    await files.rename(source, target);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (error.code === 'EXDEV') return moveAcross(context, transfer);
    if (error.code === 'EINVAL')
      return fail(context, `cannot move ${quoteName(source)} to a subdirectory of itself, ${quoteName(target)}`);
    return fail(context, `cannot move ${quoteName(source)} to ${quoteName(target)}: ${error.message}`);
  }
  if (context.options.has('verbose'))
    await context.output.write(`renamed ${quoteName(source)} -> ${quoteName(target)}\n`);
  return true;
}

export const mv: CommandDefinition = {
  name: 'mv',
  usage: ['[OPTION]... [-T] SOURCE DEST', '[OPTION]... SOURCE... DIRECTORY', '[OPTION]... -t DIRECTORY SOURCE...'],
  summary: 'Rename SOURCE to DEST, or move SOURCE(s) to DIRECTORY.',
  options: [...overwriteOptions, ...targetOptions],
  run: (context) => runTransfers(context, moveOne),
};

async function linkOne(context: CommandContext, transfer: Transfer): Promise<boolean> {
  const { files } = context.system;
  const { source, target } = transfer;
  const symbolic = context.options.has('symbolic');
  const kind = symbolic ? 'symbolic' : 'hard';
  if (!symbolic) {
    const status = await statusIfAny(context.system, source, false);
    if (!status) return fail(context, `failed to access ${quoteName(source)}: No such file or directory`);
    if (status.type === 'directory') return fail(context, `${source}: hard link not allowed for directory`);
  }
  try {
    const there = await statusIfAny(context.system, target, false);
    if (there && there.type !== 'directory' && context.options.has('force')) await files.remove(target, 'file');
    await (symbolic ? files.symlink(source, target) : files.link(source, target));
  } catch (error) {
    if (!isSystemError(error)) throw error;

    return fail(context, `failed to create ${kind} link ${quoteName(target)}: ${error.message}`);
  }
  if (context.options.has('verbose'))
    await context.output.write(`${quoteName(target)} ${symbolic ? '->' : '=>'} ${quoteName(source)}\n`);
  return true;
}

export const ln: CommandDefinition = {
  name: 'ln',
  usage: ['[OPTION]... [-T] TARGET LINK_NAME', '[OPTION]... TARGET', '[OPTION]... TARGET... DIRECTORY'],
  summary: 'Create a link to TARGET with the name LINK_NAME.',
  options: [
    { short: 'f', long: 'force', help: 'remove existing destination files' },
    {
      short: 'n',
      long: 'no-dereference',
      help: 'treat LINK_NAME as a normal file if it is a symbolic link to a directory',
    },
    { short: 's', long: 'symbolic', help: 'make symbolic links instead of hard links' },
    ...targetOptions,
  ],
  async run(context) {
    const [only] = context.operands;
    if (only === undefined) return context.complainUsage('missing file operand');
    if (context.operands.length > 1 || context.options.has('target-directory')) return runTransfers(context, linkOne);
    return (await linkOne(context, { source: only, target: joinPath('.', baseName(only)) })) ? 0 : 1;
  },
};
