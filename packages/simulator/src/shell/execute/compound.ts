/** Compound commands: groups, subshells, loops, conditionals, functions (bash(1), Compound Commands). */
import type { ArithmeticFor, Case, CommandNode, CompoundList, For, If, SyntaxNode, While } from 'unbash';
import { matchesWhole } from '../expand/match.ts';
import { parsePattern } from '../expand/pattern.ts';
import { expandArithmetic, expandToPattern, expandToText, expandWords } from '../expand/word.ts';
import type { Descriptors, Shell } from '../shell.ts';
import { namePattern } from '../variables.ts';
import { setVariable } from './assignment.ts';
import { evaluateTest } from './conditional.ts';
import { runForeground } from './foreground.ts';
import { launchSubshell } from './launch.ts';
import { runStatements, sourceOf } from './pipeline.ts';
import { withRedirections } from './redirections.ts';
import { runSimple } from './simple.ts';

function runList(shell: Shell, list: CompoundList, descriptors: Descriptors): Promise<number> {
  return runStatements(shell, list.commands, descriptors);
}

async function runCondition(shell: Shell, list: CompoundList, descriptors: Descriptors): Promise<boolean> {
  shell.conditionDepth++;
  const status = await runList(shell, list, descriptors);
  shell.conditionDepth--;
  return status === 0;
}

async function runIf(shell: Shell, node: If, descriptors: Descriptors): Promise<number> {
  for (const branch of [node, ...node.elif]) {
    const holds = await runCondition(shell, branch.clause, descriptors);
    if (shell.jump) return shell.status;
    if (holds) return runList(shell, branch.then, descriptors);
  }
  return node.else ? runList(shell, node.else, descriptors) : 0;
}

/** Whether a loop goes on after its body, given what `break` and `continue` asked. */
function goesOn(shell: Shell): boolean {
  const { jump } = shell;
  if (!jump) return true;
  if (jump.type !== 'break' && jump.type !== 'continue') return false;
  shell.jump = jump.levels > 1 && shell.loopDepth > 1 ? { ...jump, levels: jump.levels - 1 } : undefined;
  return jump.type === 'continue' && shell.jump === undefined;
}

/** Runs a body for as long as `next` says so. */
async function runLoop(shell: Shell, next: () => Promise<boolean>, body: () => Promise<number>): Promise<number> {
  let status = 0;
  shell.loopDepth++;
  while (await next()) {
    status = await body();
    if (shell.jump?.type === 'break' || shell.jump?.type === 'continue') status = 0;
    if (!goesOn(shell)) break;
  }
  shell.loopDepth--;
  return shell.jump && shell.jump.type !== 'break' && shell.jump.type !== 'continue' ? shell.status : status;
}

async function runWhile(shell: Shell, node: While, descriptors: Descriptors): Promise<number> {
  const wanted = node.kind === 'while';
  const next = async () => {
    const holds = await runCondition(shell, node.clause, descriptors);
    return shell.jump ? goesOn(shell) : holds === wanted;
  };
  return runLoop(shell, next, () => runList(shell, node.body, descriptors));
}

async function runFor(shell: Shell, node: For, descriptors: Descriptors): Promise<number> {
  const words = node.wordlist ? await expandWords(shell, node.wordlist) : shell.positional;
  if (shell.jump) return shell.status;
  if (!namePattern.test(node.name.value)) {
    await shell.complain(`\`${node.name.value}': not a valid identifier`);
    return 1;
  }
  const values = words.values();
  const next = async () => {
    const { value, done } = values.next();
    return done !== true && (await setVariable(shell, node.name.value, value));
  };
  return runLoop(shell, next, () => runList(shell, node.body, descriptors));
}

async function runArithmeticFor(shell: Shell, node: ArithmeticFor, descriptors: Descriptors): Promise<number> {
  const evaluate = async (part: ArithmeticFor['test'], otherwise: bigint) =>
    part ? expandArithmetic(shell, shell.unit.source.slice(part.pos, part.end)) : otherwise;
  await evaluate(node.initialize, 0n);
  let first = true;
  const next = async () => {
    if (!first) await evaluate(node.update, 0n);
    first = false;
    return !shell.jump && (await evaluate(node.test, 1n)) !== 0n;
  };
  return runLoop(shell, next, () => runList(shell, node.body, descriptors));
}

async function runCase(shell: Shell, node: Case, descriptors: Descriptors): Promise<number> {
  const subject = await expandToText(shell, node.word);
  let status = 0;
  let falling = false;
  for (const item of node.items) {
    let matches = falling;
    for (const pattern of item.pattern) {
      matches ||= matchesWhole(parsePattern(await expandToPattern(shell, pattern)), subject);
    }
    if (!matches) continue;
    status = await runList(shell, item.body, descriptors);
    falling = item.terminator === ';&';
    if (shell.jump || (item.terminator !== ';&' && item.terminator !== ';;&')) break;
  }
  return shell.jump ? shell.status : status;
}

async function runArithmetic(shell: Shell, body: string): Promise<number> {
  const value = await expandArithmetic(shell, body);
  return shell.jump || value === 0n ? 1 : 0;
}

function unsupported(shell: Shell, construct: string): Promise<number> {
  return shell.complain(`${construct}: not supported`).then(() => 2);
}

/** Runs `( )` in a child shell. */
function runSubshell(shell: Shell, node: SyntaxNode, descriptors: Descriptors): Promise<number> {
  return runForeground(shell, sourceOf(shell, node), (group) =>
    launchSubshell(shell, node, { descriptors, ...group, foreground: true }),
  );
}

/** Keeps a function with the place of its definition, which messages of it name. */
function defineFunction(shell: Shell, node: Extract<CommandNode, { type: 'Function' }>): number {
  const name = shell.unit.name ?? (shell.inputKind === 'command' ? 'environment' : shell.name);
  shell.functions.set(node.name.value, { unit: { ...shell.unit, name }, node });
  return 0;
}

/** The command, by its type. */
async function runByType(shell: Shell, node: CommandNode | CompoundList, descriptors: Descriptors): Promise<number> {
  switch (node.type) {
    case 'Command':
      return runSimple(shell, node, descriptors);
    case 'Redirected':
      return withRedirections(shell, { redirections: node.redirects, descriptors }, (redirected) =>
        runCommand(shell, node.command, redirected),
      );
    case 'BraceGroup':
      return runList(shell, node.body, descriptors);
    case 'CompoundList':
      return runList(shell, node, descriptors);
    case 'Subshell':
      return runSubshell(shell, node, descriptors);
    case 'If':
      return runIf(shell, node, descriptors);
    case 'While':
      return runWhile(shell, node, descriptors);
    case 'For':
      return runFor(shell, node, descriptors);
    case 'ArithmeticFor':
      return runArithmeticFor(shell, node, descriptors);
    case 'Case':
      return runCase(shell, node, descriptors);
    case 'ArithmeticCommand':
      return runArithmetic(shell, node.body);
    case 'TestCommand':
      return evaluateTest(shell, node.expression);
    case 'Function':
      return defineFunction(shell, node);
    case 'Select':
      return unsupported(shell, 'select');
    case 'Coproc':
      return unsupported(shell, 'coproc');
  }
}

/** What counts as a pipeline of one command; in compounds the last pipeline within them counts. */
const pipelineTypes: ReadonlySet<string> = new Set(['Command', 'Subshell', 'ArithmeticCommand', 'TestCommand']);

/** Executes one command of any kind in this shell. A pattern that takes too long gives up the commands read, as an error of expansion does. */
export async function runCommand(
  shell: Shell,
  node: CommandNode | CompoundList,
  descriptors: Descriptors,
): Promise<number> {
  return shell.guard(async () => {
    const status = await runByType(shell, node, descriptors);
    if (pipelineTypes.has(node.type)) shell.variables.setPipeStatus([shell.jump ? shell.status : status]);
    return status;
  });
}
