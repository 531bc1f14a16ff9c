/** Simple commands: expansion, assignments and redirections, then a function, a builtin or a program (bash(1), Simple Commands). */
import type { Assignment, Command, CommandArgument, Word } from 'unbash';
import { findBuiltin, type Builtin } from '../builtins/index.ts';
import { expandToText, expandWords } from '../expand/word.ts';
import { quoteForShell } from '../expand/operation.ts';
import { maximumNesting } from '../limits.ts';
import type { Descriptors, Shell } from '../shell.ts';
import type { Variable } from '../variables.ts';
import { assign } from './assignment.ts';
import { launchProgram } from './launch.ts';
import { openRedirections, withRedirections } from './redirections.ts';
import { becomeProgram, mayBeReplaced } from './replace.ts';
import { oneLevelLess } from './shell-level.ts';
import { runForeground } from './foreground.ts';

/** An argument like `name=value`, as export and its like take it: not split. */
async function assignmentWord(shell: Shell, argument: Assignment): Promise<string> {
  if (argument.value.type === 'ArrayValue') {
    await assign(shell, argument);
    return argument.name;
  }
  const value = await expandToText(shell, argument.value, { assignment: true });
  return `${argument.name}${argument.append ? '+=' : '='}${value}`;
}

async function expandArguments(shell: Shell, args: readonly CommandArgument[]): Promise<readonly string[]> {
  const words: string[] = [];
  for (const argument of args) {
    if (argument.type === 'Assignment') words.push(await assignmentWord(shell, argument));
    else for (const word of await expandWords(shell, [argument])) words.push(word);
  }
  return words;
}

function prefixAssignments(node: Command): readonly Assignment[] {
  return node.prefix.flatMap((item) => (item.type === 'Assignment' ? [item] : []));
}

function tracedWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : quoteForShell(word);
}

async function trace(shell: Shell, words: readonly string[], assignments: readonly Assignment[]): Promise<void> {
  if (!shell.options.has('xtrace')) return;
  const marker = shell.variables.get('PS4') ?? '+ ';
  for (const { name } of assignments)
    await shell.write(`${marker}${name}=${tracedWord(shell.variables.get(name) ?? '')}\n`, shell.descriptors, 2);
  if (words.length > 0) await shell.write(`${marker}${words.map(tracedWord).join(' ')}\n`, shell.descriptors, 2);
}

async function runAssignments(shell: Shell, node: Command, descriptors: Descriptors): Promise<number> {
  shell.substitutionStatus = undefined;
  const assignments = prefixAssignments(node);
  for (const assignment of assignments) {
    if (!(await assign(shell, assignment))) return shell.status || 1;
  }
  await trace(shell, [], assignments);
  const scope = { redirections: node.redirects, descriptors };
  return withRedirections(shell, scope, () => Promise.resolve(shell.substitutionStatus ?? 0));
}

/** Sets variables for one command only; gives what they hid. */
async function assignTemporarily(
  shell: Shell,
  assignments: readonly Assignment[],
): Promise<ReadonlyMap<string, Variable | undefined>> {
  const hidden = new Map<string, Variable | undefined>();
  for (const assignment of assignments) {
    const old = shell.variables.find(assignment.name);
    if (!hidden.has(assignment.name)) hidden.set(assignment.name, old);
    if (await assign(shell, assignment)) shell.variables.mark(assignment.name, { exported: true });
  }
  return hidden;
}

export interface ReadyCommand {
  readonly words: readonly string[];
  readonly descriptors: Descriptors;
  /** The source text, for the list of jobs. */
  readonly text: string;
  /** It is the last thing that the shell does. */
  readonly isFinal?: boolean;
}

async function runBuiltin(shell: Shell, builtin: Builtin, command: ReadyCommand): Promise<number> {
  const [name = '', ...args] = command.words;
  return builtin({
    shell,
    name,
    args,
    descriptors: command.descriptors,
    write: (text) => shell.write(text, command.descriptors),
    complain: (message) => shell.complain(`${name}: ${message}`, command.descriptors),
    runWords: (words) => runWords(shell, { ...command, words }, false),
    usage: async (text) => {
      await shell.write(`${name}: usage: ${text}\n`, command.descriptors, 2);
      return 2;
    },
  });
}

function functionLimit(shell: Shell): number {
  const own = Number(shell.variables.get('FUNCNEST') ?? '');
  return own > 0 ? Math.min(own, maximumNesting) : maximumNesting;
}

async function runFunction(shell: Shell, name: string, command: ReadyCommand): Promise<number> {
  const definition = shell.functions.get(name);
  if (!definition) return 127;
  const { positional, loopDepth, returnDepth } = shell;
  shell.positional = command.words.slice(1);
  shell.loopDepth = 0;
  shell.returnDepth++;
  shell.variables.pushScope();
  const status = await shell.within(definition.unit, () =>
    shell.nest({ what: name, kind: 'function', limit: functionLimit(shell) }, () =>
      shell.executor.run(definition.node.body, command.descriptors),
    ),
  );
  shell.variables.popScope();
  Object.assign(shell, { positional, loopDepth, returnDepth });
  if (shell.jump?.type !== 'return') return status;
  shell.jump = undefined;
  return shell.status;
}

async function runProgram(shell: Shell, command: ReadyCommand): Promise<number> {
  const environment = shell.variables.environment();
  if (command.isFinal && mayBeReplaced(shell)) {
    const { words, descriptors } = command;
    const own = shell.inPipeline ? environment : oneLevelLess(environment);
    shell.status = await becomeProgram(shell, { words, environment: own }, descriptors);
    shell.jump = { type: 'exit' };
    return shell.status;
  }
  return runForeground(shell, command.text, (group) =>
    launchProgram(
      shell,
      { words: command.words, environment },
      { descriptors: command.descriptors, ...group, foreground: true },
    ),
  );
}

/** Runs words that are expanded already; `functions` false skips functions, as `command` does. */
export async function runWords(shell: Shell, command: ReadyCommand, functions = true): Promise<number> {
  const [name = ''] = command.words;
  if (functions && shell.functions.has(name)) return runFunction(shell, name, command);
  const builtin = findBuiltin(name);
  return builtin ? runBuiltin(shell, builtin, command) : runProgram(shell, command);
}

/** `exec` keeps what its redirections opened, when it runs no command. */
async function runBareExec(shell: Shell, node: Command, descriptors: Descriptors): Promise<number> {
  const redirected = await openRedirections(shell, node.redirects, descriptors);
  if (!redirected) return 1;
  shell.descriptors = redirected.descriptors;
  return 0;
}

async function runNamed(
  shell: Shell,
  node: Command & { readonly name: Word },
  descriptors: Descriptors,
): Promise<number> {
  const words = await expandArguments(shell, [node.name, ...node.args]);
  if (shell.jump) return shell.status;
  if (words.length === 0) return runAssignments(shell, node, descriptors);
  if (words.length === 1 && words[0] === 'exec') return runBareExec(shell, node, descriptors);
  const text = shell.unit.source.slice(node.pos, node.end);
  const assignments = prefixAssignments(node);
  return withRedirections(shell, { redirections: node.redirects, descriptors }, async (redirected) => {
    const hidden = await assignTemporarily(shell, assignments);
    await trace(shell, words, assignments);
    const status = shell.jump
      ? shell.status
      : await runWords(shell, { words, descriptors: redirected, text, isFinal: shell.finalCommand === node });
    for (const [variable, old] of hidden) shell.variables.restore(variable, old);
    return status;
  });
}

function hasName(node: Command): node is Command & { readonly name: Word } {
  return node.name !== undefined;
}

/** Executes a simple command in this shell. */
export async function runSimple(shell: Shell, node: Command, descriptors: Descriptors): Promise<number> {
  shell.position = node.pos;
  return hasName(node) ? runNamed(shell, node, descriptors) : runAssignments(shell, node, descriptors);
}

/** Whether a stage of a pipeline may be expanded in the parent: nothing in it changes state, runs commands or names the process. */
function hasPlainWords(node: Command): boolean {
  const text = [node.name, ...node.args].map((word) => word?.text ?? '').join(' ');
  return node.prefix.length === 0 && !/BASHPID|\$\(|`|\$\{[^}]*[=?]|\$\[|[<>]\(|\.\.\d{6}/.test(text);
}

/** With these an expansion may end or print something, which is the child's to do. */
const optionsWithErrors = ['nounset', 'xtrace', 'failglob'] as const;

/**
 * The words of a command that can be started as a program at once, without a child shell: bash too runs it in the process it
 * forked. `undefined` if it needs a shell of its own.
 */
export async function externalWords(shell: Shell, node: Command): Promise<readonly string[] | undefined> {
  if (!node.name || !hasPlainWords(node) || optionsWithErrors.some((option) => shell.options.has(option)))
    return undefined;
  if (node.redirects.some((redirect) => redirect.type !== 'Redirect')) return undefined;
  const words = await expandArguments(shell, [node.name, ...node.args]);
  const [first = ''] = words;
  if (shell.jump || words.length === 0 || shell.functions.has(first) || findBuiltin(first)) return undefined;
  return words;
}
