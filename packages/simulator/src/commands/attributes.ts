/** chmod(1), chown(1), chgrp(1) and touch(1). */
import { isSystemError } from '@seashell/system';
import { readGroups } from './accounts.ts';
import type { CommandContext, CommandDefinition } from './command.ts';
import { formatMode, parseMode, type ModeChange } from './file-mode.ts';
import { quoteName } from './inputs.ts';
import { joinPath, statusIfAny } from './paths.ts';
import { parseDate } from './date.ts';

/** Applies `change` to a path and, with -R, to what is below it; false if anything failed. */
async function walk(
  context: CommandContext,
  path: string,
  change: (path: string) => Promise<boolean>,
): Promise<boolean> {
  let done = await change(path);
  if (!context.options.has('recursive')) return done;
  if ((await statusIfAny(context.system, path, false))?.type !== 'directory') return done;
  try {
    for (const name of await context.system.files.readDirectory(path))
      done = (await walk(context, joinPath(path, name), change)) && done;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    await context.complain(`cannot read directory ${quoteName(path)}: ${error.message}`);
    return false;
  }
  return done;
}

function showMode(mode: number): string {
  return `${mode.toString(8).padStart(4, '0')} (${formatMode({ type: 'file', mode }).slice(1)})`;
}

async function changeMode(context: CommandContext, path: string, change: ModeChange): Promise<boolean> {
  const { files } = context.system;
  const { options } = context;
  try {
    const status = await files.status(path);
    const mode = change(status.mode, status.type === 'directory');
    await files.changeMode(path, mode);
    const old = status.mode;
    if (mode !== old && options.has('verbose', 'changes'))
      await context.output.write(`mode of ${quoteName(path)} changed from ${showMode(old)} to ${showMode(mode)}\n`);
    else if (options.has('verbose'))
      await context.output.write(`mode of ${quoteName(path)} retained as ${showMode(mode)}\n`);
    return true;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (!options.has('silent', 'quiet')) {
      await context.complain(
        `${error.code === 'EPERM' ? 'changing permissions of' : 'cannot access'} ${quoteName(path)}: ${error.message}`,
      );
    }
    return false;
  }
}

const walkOptions = [
  { short: 'c', long: 'changes', help: 'like verbose but report only when a change is made' },
  { short: 'f', long: 'silent', help: 'suppress most error messages' },
  { long: 'quiet' },
  { short: 'v', long: 'verbose', help: 'output a diagnostic for every file processed' },
  { short: 'R', long: 'recursive', help: 'change files and directories recursively' },
] as const;

/** `-x`, `-rw` and the like are modes, not options. */
const modeOptions = Array.from('rwxXstugoa0123456789').map((short) => ({ short, argument: 'optional' as const }));

export const chmod: CommandDefinition = {
  name: 'chmod',
  usage: [
    '[OPTION]... MODE[,MODE]... FILE...',
    '[OPTION]... OCTAL-MODE FILE...',
    '[OPTION]... --reference=RFILE FILE...',
  ],
  summary: 'Change the mode of each FILE to MODE.',
  options: [
    ...walkOptions,
    { long: 'reference', argument: 'required', help: "use RFILE's mode instead of MODE values" },
    ...modeOptions,
  ],
  async run(context) {
    const { options, system } = context;
    const dashed = options.all
      .filter((option) => option.key.length === 1 && option.key !== 'c')
      .map((option) => `-${option.key}${option.value ?? ''}`);
    const reference = options.value('reference');
    const operands = [...(dashed.length > 0 ? [dashed.join(',')] : []), ...context.operands];
    const [first] = operands;
    const paths = reference === undefined ? operands.slice(1) : operands;
    if (first === undefined) return context.complainUsage('missing operand');
    if (paths.length === 0) return context.complainUsage(`missing operand after ${quoteName(first)}`);
    const mask = await system.process.setFileCreationMask(0o022);
    await system.process.setFileCreationMask(mask);
    const copied = reference === undefined ? undefined : (await system.files.status(reference)).mode;
    const change = copied === undefined ? parseMode(first, mask) : () => copied;
    if (!change) return context.complainUsage(`invalid mode: ${quoteName(first)}`);
    let status = 0;
    for (const path of paths) if (!(await walk(context, path, (each) => changeMode(context, each, change)))) status = 1;
    return status;
  },
};

interface Ownership {
  readonly uid: number | undefined;
  readonly gid: number | undefined;
}

async function findUid(
  context: CommandContext,
  name: string,
): Promise<{ readonly uid: number; readonly gid: number } | undefined> {
  const account = await context.system.process.findUser({ name });
  if (account) return account;
  return /^\d+$/.test(name) ? { uid: Number(name), gid: Number(name) } : undefined;
}

async function findGid(context: CommandContext, name: string): Promise<number | undefined> {
  const group = (await readGroups(context.system)).find((each) => each.name === name);
  return group?.gid ?? (/^\d+$/.test(name) ? Number(name) : undefined);
}

async function parseOwnership(context: CommandContext, text: string): Promise<Ownership | string> {
  const [owner = '', group] = text.split(/[:.](.*)/s, 2);
  const user = owner === '' ? undefined : await findUid(context, owner);
  if (owner !== '' && !user) return `invalid user: ${quoteName(text)}`;
  if (group === undefined) return { uid: user?.uid, gid: undefined };
  if (group === '') return { uid: user?.uid, gid: user?.gid };
  const gid = await findGid(context, group);
  return gid === undefined ? `invalid group: ${quoteName(text)}` : { uid: user?.uid, gid };
}

async function changeOwner(context: CommandContext, path: string, to: Ownership): Promise<boolean> {
  const { files } = context.system;
  try {
    const status = await files.status(path);
    await files.changeOwner(path, to.uid ?? status.uid, to.gid ?? status.gid);
    return true;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    const what = context.command === 'chgrp' || to.uid === undefined ? 'group' : 'ownership';
    if (!context.options.has('silent', 'quiet'))
      await context.complain(
        `${error.code === 'EPERM' ? `changing ${what} of` : 'cannot access'} ${quoteName(path)}: ${error.message}`,
      );
    return false;
  }
}

function ownerCommand(
  name: string,
  usage: string,
  parse: (context: CommandContext, text: string) => Promise<Ownership | string>,
): CommandDefinition {
  return {
    name,
    usage: [usage],
    summary:
      name === 'chown'
        ? 'Change the owner and/or group of each FILE to OWNER and/or GROUP.'
        : 'Change the group of each FILE to GROUP.',
    options: walkOptions,
    async run(context) {
      const [owner, ...paths] = context.operands;
      if (owner === undefined) return context.complainUsage('missing operand');
      if (paths.length === 0) return context.complainUsage(`missing operand after ${quoteName(owner)}`);
      const to = await parse(context, owner);
      if (typeof to === 'string') {
        await context.complain(to);
        return 1;
      }
      let status = 0;
      for (const path of paths) if (!(await walk(context, path, (each) => changeOwner(context, each, to)))) status = 1;
      return status;
    },
  };
}

export const chown = ownerCommand('chown', '[OPTION]... [OWNER][:[GROUP]] FILE...', parseOwnership);

export const chgrp = ownerCommand('chgrp', '[OPTION]... GROUP FILE...', async (context, text) => {
  const gid = await findGid(context, text);
  return gid === undefined ? `invalid group: ${quoteName(text)}` : { uid: undefined, gid };
});

async function touchOne(context: CommandContext, path: string, milliseconds: number): Promise<boolean> {
  const { files, streams } = context.system;
  const { options } = context;
  try {
    const status = await statusIfAny(context.system, path);
    if (!status) {
      if (options.has('no-create')) return true;
      await streams.close(await files.open(path, { access: 'write', create: true }));
      if (!options.has('date', 'reference', 't')) return true;
    }
    const old = status ?? (await files.status(path));
    await files.changeTimes(path, {
      accessedMilliseconds: options.has('m') ? old.accessedMilliseconds : milliseconds,
      modifiedMilliseconds: options.has('a') ? old.modifiedMilliseconds : milliseconds,
    });
    return true;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    await context.complain(
      `${error.code === 'EPERM' ? 'setting times of' : 'cannot touch'} ${quoteName(path)}: ${error.message}`,
    );
    return false;
  }
}

function parseStamp(stamp: string, nowMilliseconds: number): number | undefined {
  const match = /^(\d{2}|\d{4})?(\d{2})(\d{2})(\d{2})(\d{2})(?:\.(\d{2}))?$/.exec(stamp);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second = '0'] = match;
  const full =
    year === undefined
      ? new Date(nowMilliseconds).getUTCFullYear()
      : year.length === 4
        ? Number(year)
        : Number(year) + (Number(year) < 69 ? 2000 : 1900);
  return Date.UTC(full, Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
}

async function touchTime(context: CommandContext): Promise<number | string> {
  const { options, system } = context;
  const [text, stamp, reference] = [options.value('date'), options.value('t'), options.value('reference')];
  if (reference !== undefined) return (await system.files.status(reference)).modifiedMilliseconds;
  if (stamp !== undefined) return parseStamp(stamp, system.clock.now()) ?? `invalid date format ${quoteName(stamp)}`;
  if (text === undefined) return system.clock.now();
  return parseDate(text, system.clock.now())?.getTime() ?? `invalid date format ${quoteName(text)}`;
}

export const touch: CommandDefinition = {
  name: 'touch',
  usage: ['[OPTION]... FILE...'],
  summary: 'Update the access and modification times of each FILE to the current time.',
  options: [
    { short: 'a', help: 'change only the access time' },
    { short: 'c', long: 'no-create', help: 'do not create any files' },
    { short: 'd', long: 'date', argument: 'required', help: 'parse STRING and use it instead of current time' },
    { short: 'm', help: 'change only the modification time' },
    { short: 'r', long: 'reference', argument: 'required', help: "use this file's times instead of current time" },
    { short: 't', argument: 'required', help: 'use [[CC]YY]MMDDhhmm[.ss] instead of current time' },
  ],
  async run(context) {
    if (context.operands.length === 0) return context.complainUsage('missing file operand');
    const time = await touchTime(context);
    if (typeof time === 'string') {
      await context.complain(time);
      return 1;
    }
    let status = 0;
    for (const path of context.operands) if (!(await touchOne(context, path, time))) status = 1;
    return status;
  },
};
