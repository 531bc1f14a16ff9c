/** exit, return, break, continue, eval, source, command and type. */
import { isSystemError } from '@seashell/system';
import { readTextFile } from '../../commands/streams.ts';
import { searchPath } from '../execute/launch.ts';
import { takeLetters, type Builtin, type BuiltinContext } from './builtin.ts';
import { describeCommand } from './naming.ts';

/** The status that an operand names, `$?` without one; `undefined` after a message. */
async function statusOperand(context: BuiltinContext): Promise<number | undefined> {
  const { args, shell } = context;
  const operands = args[0] === '--' ? args.slice(1) : args;
  const [operand] = operands;
  if (operand === undefined) return shell.status;
  if (!/^[-+]?\d+$/.test(operand)) {
    await context.complain(`${operand}: numeric argument required`);
    return 2;
  }
  if (operands.length > 1) {
    await context.complain('too many arguments');
    return undefined;
  }
  return Number(operand) & 255;
}

/** exit and logout. */
export const exit: Builtin = async (context) => {
  const { shell } = context;
  const typed = shell.interactive && shell.subshellLevel === 0;
  if (context.name === 'logout' && !shell.login) {
    await context.complain("not login shell: use `exit'");
    return 1;
  }
  if (typed) await shell.write(shell.login ? 'logout\n' : 'exit\n', shell.descriptors, 2);
  const stopped = shell.jobs.some((job) => job.processes.some((process) => process.ended?.type === 'stopped'));
  if (typed && stopped && !shell.warnedOfJobs) {
    await shell.write('There are stopped jobs.\n', shell.descriptors, 2);
    shell.warnedOfJobs = true;
    return 1;
  }
  const status = await statusOperand(context);
  if (status === undefined) {
    if (!typed) shell.jump = { type: 'abort', fatal: true };
    shell.status = 1;
    return 1;
  }
  shell.status = status;
  shell.jump = { type: 'exit' };
  return status;
};

/** return. */
export const returnFrom: Builtin = async (context) => {
  const { shell } = context;
  if (shell.returnDepth === 0) {
    await context.complain("can only `return' from a function or sourced script");
    return 2;
  }
  const status = await statusOperand(context);
  shell.status = status ?? 1;
  shell.jump = { type: 'return' };
  return shell.status;
};

function loopJump(type: 'break' | 'continue'): Builtin {
  return async ({ shell, args, complain }) => {
    if (shell.loopDepth === 0) {
      await complain("only meaningful in a `for', `while', or `until' loop");
      return 0;
    }
    const levels = Number(args[0] ?? '1');
    if (!Number.isInteger(levels) || levels < 1) {
      await complain(
        Number.isInteger(levels) ? `${args[0]}: loop count out of range` : `${args[0]}: numeric argument required`,
      );
      return 1;
    }
    shell.jump = { type, levels };
    return 0;
  };
}

export const breakLoop = loopJump('break');
export const continueLoop = loopJump('continue');

/** eval. */
export const evaluate: Builtin = async ({ shell, args, descriptors }) =>
  args.length === 0
    ? 0
    : shell.nest({ what: 'eval', kind: 'eval' }, () => shell.executor.execute(args.join(' '), descriptors));

async function findSource(context: BuiltinContext, name: string): Promise<string> {
  if (name.includes('/')) return name;
  for (const directory of (context.shell.variables.get('PATH') ?? '').split(':')) {
    try {
      const path = `${directory}/${name}`;
      if ((await context.shell.system.files.status(path)).type === 'file') return path;
    } catch (error) {
      if (!isSystemError(error)) throw error;
    }
  }
  return name;
}

/** `.` and source. */
export const source: Builtin = async (context) => {
  const { shell, args, descriptors } = context;
  const [name, ...rest] = args;
  if (name === undefined) {
    await context.complain('filename argument required');
    return context.usage(`${context.name} filename [arguments]`);
  }
  let text: string;
  let path = name;
  try {
    path = await findSource(context, name);
    text = await readTextFile(shell.system, path);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    const message = `${name}: ${error.code === 'EISDIR' ? 'is a directory' : error.message}`;
    if (error.code === 'EISDIR') await context.complain(message);
    else await shell.complain(message, descriptors);
    return 1;
  }
  const saved = shell.positional;
  if (rest.length > 0) shell.positional = rest;
  shell.returnDepth++;
  const status = await shell.nest({ what: context.name, kind: 'source' }, () =>
    shell.executor.execute(text, descriptors, path),
  );
  shell.returnDepth--;
  if (rest.length > 0) shell.positional = saved;
  if (shell.jump?.type !== 'return') return status;
  shell.jump = undefined;
  return shell.status;
};

/** command. */
export const command: Builtin = async (context) => {
  const taken = await takeLetters(context, 'pvV', 'command [-pVv] command [arg ...]');
  if (!taken) return 2;
  const { shell } = context;
  if (!taken.letters.has('v') && !taken.letters.has('V')) {
    return taken.operands.length === 0 ? 0 : context.runWords(taken.operands);
  }
  let status = 0;
  for (const name of taken.operands) {
    const found = await describeCommand(shell, name);
    if (!found) status = 1;
    if (!found && taken.letters.has('V')) await context.complain(`${name}: not found`);
    if (found) await context.write(`${taken.letters.has('V') ? found.sentence : found.text}\n`);
  }
  return status;
};

/** type. */
export const type: Builtin = async (context) => {
  const taken = await takeLetters(context, 'afptP', 'type [-afptP] name [name ...]');
  if (!taken) return 2;
  let status = 0;
  for (const name of taken.operands) {
    const found = await describeCommand(context.shell, name);
    if (!found) {
      status = 1;
      if (!taken.letters.has('t') && !taken.letters.has('p') && !taken.letters.has('P'))
        await context.complain(`${name}: not found`);
    } else if (taken.letters.has('t')) await context.write(`${found.kind}\n`);
    else if (taken.letters.has('P') || taken.letters.has('p')) {
      const path = taken.letters.has('P')
        ? (await searchPath(context.shell, name))[0]
        : found.kind === 'file'
          ? found.text
          : undefined;
      if (path !== undefined) await context.write(`${path}\n`);
    } else await context.write(`${found.sentence}\n`);
  }
  return status;
};
