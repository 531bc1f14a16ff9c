/** The program bash(1): its options, its startup files, and where its commands come from. */
import { isSystemError, type Program, type System } from '@seashell/system';
import { toBytes } from '../commands/byte-text.ts';
import { readTextFile, writeAll } from '../commands/streams.ts';
import { createExecutor } from './execute/executor.ts';
import { finalCommand } from './execute/replace.ts';
import { unpackState, stateVariable } from './execute/subshell.ts';
import { descriptorInput, runInput, textInput } from './input.ts';
import { runInteractive } from './interactive.ts';
import { parseInvocation, type Invocation } from './invocation.ts';
import { Shell, type AtPrompt } from './shell.ts';
import { initializeVariables, runStartupFiles } from './startup.ts';

/** Runs the command that a parent shell handed over. */
async function runSubshell(shell: Shell, state: string): Promise<number> {
  const node = unpackState(shell, state);
  if (!node) throw new Error('assertion: a subshell did not find its command');
  if (node.type === 'Script' || node.type === 'Subshell') {
    const commands = node.type === 'Script' ? node.commands : node.body.commands;
    const [first] = commands;
    const [, last] = [first, commands.at(-1)];
    shell.finalCommand = finalCommand(commands, node.type === 'Subshell');
    const list = { type: 'CompoundList', pos: first?.pos ?? 0, end: last?.end ?? 0, commands } as const;
    shell.status = await shell.executor.run(list, shell.descriptors);
    return shell.status;
  }
  if (node.type === 'Command') shell.finalCommand = node;
  return runNode(shell, node);
}

async function runNode(shell: Shell, node: NonNullable<ReturnType<typeof unpackState>>): Promise<number> {
  const whole = { type: 'Statement', pos: node.pos, end: node.end, background: undefined } as const;
  if (!isExecutable(node)) throw new Error(`assertion: a subshell cannot run a ${node.type}`);
  const statement = { ...whole, command: node };
  const status = await shell.executor.run(
    { type: 'CompoundList', pos: node.pos, end: node.end, commands: [statement] },
    shell.descriptors,
  );
  return shell.jump ? shell.status : status;
}

type SubshellNode = NonNullable<ReturnType<typeof unpackState>>;
type ExecutableNode = Extract<
  SubshellNode,
  {
    type:
      | 'Command'
      | 'Pipeline'
      | 'AndOr'
      | 'If'
      | 'For'
      | 'ArithmeticFor'
      | 'Select'
      | 'While'
      | 'BraceGroup'
      | 'Case'
      | 'TestCommand'
      | 'ArithmeticCommand'
      | 'Redirected'
      | 'Function'
      | 'Coproc';
  }
>;

const executableTypes: ReadonlySet<string> = new Set([
  'Command',
  'Pipeline',
  'AndOr',
  'If',
  'For',
  'ArithmeticFor',
  'Select',
  'While',
  'BraceGroup',
  'Case',
  'TestCommand',
  'ArithmeticCommand',
  'Redirected',
  'Function',
  'Coproc',
]);

function isExecutable(node: SubshellNode): node is ExecutableNode {
  return executableTypes.has(node.type);
}

async function runScript(shell: Shell, path: string): Promise<number> {
  try {
    const text = await readTextFile(shell.system, path);
    shell.name = path;
    shell.inputKind = 'script';
    await runInput(shell, textInput(text));
    return shell.status;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    const prefix = `${shell.name}: ${path}: `;
    await shell.write(`${prefix}${error.message}\n`, shell.descriptors, 2);
    return error.code === 'ENOENT' ? 127 : 126;
  }
}

async function isTerminal(system: System, descriptor: number): Promise<boolean> {
  try {
    await system.terminal.getAttributes(descriptor);
    return true;
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}

async function configure(shell: Shell, invocation: Invocation): Promise<void> {
  const [first] = invocation.operands;
  const fromInput = invocation.command === undefined && (first === undefined || invocation.standardInput);
  shell.invocationName = invocation.name;
  shell.name = invocation.name;
  shell.login = invocation.login;
  for (const option of invocation.options) shell.options.add(option);
  for (const option of invocation.unset) shell.options.delete(option);
  const terminals = fromInput && (await isTerminal(shell.system, 0)) && (await isTerminal(shell.system, 2));
  shell.interactive = invocation.interactive || terminals;
  shell.inputKind = invocation.command !== undefined ? 'command' : fromInput ? 'stdin' : 'script';
  if (shell.interactive) for (const option of ['histexpand', 'history', 'emacs']) shell.options.add(option);
}

async function runCommandString(shell: Shell, command: string, operands: readonly string[]): Promise<number> {
  const [name, ...positional] = operands;
  if (name !== undefined) shell.name = name;
  shell.positional = positional;
  await runInput(shell, textInput(command, true));
  return shell.status;
}

async function runInvocation(shell: Shell, invocation: Invocation): Promise<number> {
  await initializeVariables(shell);
  await runStartupFiles(shell, invocation);
  if (shell.jump?.type === 'exit') return shell.status;
  if (invocation.command !== undefined) return runCommandString(shell, invocation.command, invocation.operands);
  const [script, ...positional] = invocation.operands;
  if (script !== undefined && !invocation.standardInput) {
    shell.positional = positional;
    return runScript(shell, script);
  }
  shell.positional = invocation.operands;
  if (shell.interactive) return runInteractive(shell);
  await runInput(shell, descriptorInput(shell, 0));
  return shell.status;
}

/** bash(1). What the machine refuses where no command can be blamed, as output to a terminal that is gone, ends the shell. */
export function createBash(atPrompt?: AtPrompt): Program {
  return async (system, argv) => {
    const shell = new Shell(system, createExecutor);
    shell.atPrompt = atPrompt;
    try {
      return await runBash(shell, argv);
    } catch (error) {
      if (isSystemError(error)) return 1;
      throw error;
    }
  };
}

async function runBash(shell: Shell, argv: readonly string[]): Promise<number> {
  const { system } = shell;
  const state = system.process.environment[stateVariable];
  if (state !== undefined) {
    shell.invocationName = argv[0] ?? 'bash';
    return finish(shell, await runSubshell(shell, state));
  }
  const invocation = parseInvocation(argv);
  if ('message' in invocation) {
    await writeAll(system, invocation.status === 0 ? 1 : 2, toBytes(invocation.message));
    return invocation.status;
  }
  await configure(shell, invocation);
  return finish(shell, await runInvocation(shell, invocation));
}

/** Runs the EXIT trap. */
async function finish(shell: Shell, status: number): Promise<number> {
  const trap = shell.traps.get('EXIT');
  if (trap === undefined) return status & 255;
  shell.traps.delete('EXIT');
  shell.jump = undefined;
  shell.status = status;
  await shell.executor.execute(trap, shell.descriptors);
  return (shell.jump ? shell.status : status) & 255;
}
