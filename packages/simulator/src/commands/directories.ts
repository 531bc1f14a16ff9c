/** mkdir(1) and rmdir(1). */
import { isSystemError } from '@seashell/system';
import { attempt, type CommandContext, type CommandDefinition } from './command.ts';
import { parseMode } from './file-mode.ts';
import { quoteName } from './inputs.ts';
import { directoryName, statusIfAny } from './paths.ts';

/** Makes what is missing above a path; false, with a message that names it, if something there cannot be. */
async function makeParents(context: CommandContext, path: string): Promise<boolean> {
  const { files } = context.system;
  const parent = directoryName(path);
  if (parent === path) return true;
  const status = await statusIfAny(context.system, parent);
  if (status?.type === 'directory') return true;
  if (status) {
    await context.complain(`cannot create directory ${quoteName(parent)}: Not a directory`);
    return false;
  }
  if (!(await makeParents(context, parent))) return false;
  const make = () => files.makeDirectory(parent, 0o777);
  if (!(await attempt(context, `cannot create directory ${quoteName(parent)}`, make))) return false;
  if (context.options.has('verbose')) await context.output.write(`mkdir: created directory ${quoteName(parent)}\n`);
  return true;
}

async function makeOne(context: CommandContext, path: string, mode: number | undefined): Promise<void> {
  const { files } = context.system;
  await files.makeDirectory(path, mode ?? 0o777);
  if (mode !== undefined) await files.changeMode(path, mode);
  if (context.options.has('verbose')) await context.output.write(`mkdir: created directory ${quoteName(path)}\n`);
}

export const mkdir: CommandDefinition = {
  name: 'mkdir',
  usage: ['[OPTION]... DIRECTORY...'],
  summary: 'Create the DIRECTORY(ies), if they do not already exist.',
  options: [
    { short: 'm', long: 'mode', argument: 'required', help: 'set file mode (as in chmod), not a=rwx - umask' },
    { short: 'p', long: 'parents', help: 'no error if existing, make parent directories as needed' },
    { short: 'v', long: 'verbose', help: 'print a message for each created directory' },
  ],
  async run(context) {
    const { operands, options } = context;
    if (operands.length === 0) return context.complainUsage('missing operand');
    const text = options.value('mode');
    const change = text === undefined ? undefined : parseMode(text);
    if (text !== undefined && !change) {
      await context.complain(`invalid mode ${quoteName(text)}`);
      return 1;
    }
    let status = 0;
    for (const path of operands) {
      if (options.has('parents') && (await statusIfAny(context.system, path))?.type === 'directory') continue;
      const done =
        (!options.has('parents') || (await makeParents(context, path))) &&
        (await attempt(context, `cannot create directory ${quoteName(path)}`, () =>
          makeOne(context, path, change?.(0o777, false)),
        ));
      if (!done) status = 1;
    }
    return status;
  },
};

async function removeUpwards(context: CommandContext, path: string): Promise<boolean> {
  const { options, system } = context;
  let current = path;
  for (;;) {
    try {
      await system.files.remove(current, 'directory');
    } catch (error) {
      if (!isSystemError(error)) throw error;
      if (options.has('ignore-fail-on-non-empty') && error.code === 'ENOTEMPTY') return true;
      const what = current === path ? 'failed to remove' : 'failed to remove directory';
      await context.complain(`${what} ${quoteName(current)}: ${error.message}`);
      return false;
    }
    if (options.has('verbose')) await context.output.write(`rmdir: removing directory, ${quoteName(current)}\n`);
    const parent = directoryName(current);
    if (!options.has('parents') || parent === '.' || parent === '/') return true;
    current = parent;
  }
}

export const rmdir: CommandDefinition = {
  name: 'rmdir',
  usage: ['[OPTION]... DIRECTORY...'],
  summary: 'Remove the DIRECTORY(ies), if they are empty.',
  options: [
    { long: 'ignore-fail-on-non-empty', help: 'ignore each failure that is solely because a directory is non-empty' },
    { short: 'p', long: 'parents', help: 'remove DIRECTORY and its ancestors' },
    { short: 'v', long: 'verbose', help: 'output a diagnostic for every directory processed' },
  ],
  async run(context) {
    if (context.operands.length === 0) return context.complainUsage('missing operand');
    let status = 0;
    for (const path of context.operands) if (!(await removeUpwards(context, path))) status = 1;
    return status;
  },
};
