/** Pipelines, and-or lists and background commands. Every stage of a pipeline is a process of its own. */
import { isSystemError } from '@seashell/system';
import type { AndOr, CommandNode, Pipeline, PipelineNode, Statement, SyntaxNode } from 'unbash';
import type { Descriptors, Shell } from '../shell.ts';
import { runStages } from './foreground.ts';
import { addJob, processOf } from './jobs.ts';
import { launchProgram, launchSubshell, type Launched, type LaunchPlace } from './launch.ts';
import { openRedirections } from './redirections.ts';
import { oneLevelLess } from './shell-level.ts';
import { externalWords } from './simple.ts';

/** Starts one command as a process: the program itself where possible, else a child shell. */
export async function launchStage(shell: Shell, node: SyntaxNode, place: LaunchPlace): Promise<Launched> {
  const words = node.type === 'Command' ? await externalWords(shell, node) : undefined;
  if (node.type !== 'Command' || !words) return launchSubshell(shell, node, place);
  shell.position = node.pos;
  const redirected = await openRedirections(shell, node.redirects, place.descriptors);
  if (!redirected) return { status: 1 };
  const environment = shell.variables.environment();
  const command = { words, environment: place.inPipeline ? environment : oneLevelLess(environment) };
  const launched = await launchProgram(shell, command, { ...place, descriptors: redirected.descriptors });
  for (const descriptor of redirected.opened) await shell.system.streams.close(descriptor);
  return launched;
}

interface StageIo {
  readonly input: number | undefined;
  readonly output: number | undefined;
  readonly withErrors: boolean;
}

function stageDescriptors(descriptors: Descriptors, io: StageIo): Descriptors {
  const map = new Map(descriptors);
  if (io.input !== undefined) map.set(0, io.input);
  if (io.output !== undefined) map.set(1, io.output);
  if (io.output !== undefined && io.withErrors) map.set(2, io.output);
  return map;
}

type StagePlace = Omit<LaunchPlace, 'descriptors'>;

export async function launchStages(shell: Shell, pipeline: Pipeline, place: LaunchPlace): Promise<readonly Launched[]> {
  const { streams } = shell.system;
  const launched: Launched[] = [];
  let input: number | undefined;
  let stagePlace: StagePlace = place;
  for (const [index, command] of pipeline.commands.entries()) {
    const operator = pipeline.operators[index];
    const pipe = operator === undefined ? undefined : await streams.pipe();
    const io = { input, output: pipe?.writer, withErrors: operator === '|&' };
    const stage = await launchStage(shell, command, {
      ...stagePlace,
      inPipeline: true,
      descriptors: stageDescriptors(place.descriptors, io),
    });
    launched.push(stage);
    if ('pid' in stage && stagePlace.processGroup === 0) stagePlace = { ...stagePlace, processGroup: stage.pid };
    if (pipe) await streams.close(pipe.writer);
    if (input !== undefined) await streams.close(input);
    input = pipe?.reader;
  }
  return launched;
}

/** The text of a command in the list of jobs. */
export function sourceOf(shell: Shell, node: SyntaxNode): string {
  const text = shell.unit.source.slice(node.pos, node.end).replace(/\s*\n\s*/g, ' ');
  return node.type === 'Subshell' ? text.replace(/^\(\s*/, '( ').replace(/\s*\)$/, ' )') : text;
}

/** The texts of a pipeline's commands: bash shows `a |& b` as `a 2>&1 | b`. */
function stageTexts(shell: Shell, { commands, operators }: Pipeline): readonly string[] {
  return commands.map((command, index) => sourceOf(shell, command) + (operators[index] === '|&' ? ' 2>&1' : ''));
}

function bareCommand(pipeline: Pipeline): CommandNode | undefined {
  return pipeline.commands.length === 1 ? pipeline.commands[0] : undefined;
}

async function runPipeline(shell: Shell, node: Pipeline, descriptors: Descriptors): Promise<number> {
  const negated = node.prefixes.filter((prefix) => prefix.type === 'Negation').length % 2 === 1;
  if (node.prefixes.some((prefix) => prefix.type === 'Time')) {
    await shell.complain('time: not supported', descriptors);
    return 2;
  }
  if (negated) shell.conditionDepth++;
  const single = bareCommand(node);
  const status = single
    ? await shell.executor.run(single, descriptors)
    : await runStages(shell, stageTexts(shell, node), (group) =>
        launchStages(shell, node, { descriptors, ...group, foreground: true }),
      );
  if (negated) shell.conditionDepth--;
  if (!negated) return status;
  return status === 0 ? 1 : 0;
}

async function runPipelineNode(shell: Shell, node: PipelineNode, descriptors: Descriptors): Promise<number> {
  const status =
    node.type === 'Pipeline'
      ? await runPipeline(shell, node, descriptors)
      : await shell.executor.run(node, descriptors);
  // Who leaves the shell has said with which status.
  if (shell.jump?.type !== 'abort' && shell.jump?.type !== 'exit') shell.status = status;
  await shell.settleSignals();
  return status;
}

async function runAndOr(shell: Shell, node: AndOr, descriptors: Descriptors): Promise<number> {
  let status = 0;
  for (const [index, command] of node.commands.entries()) {
    const operator = node.operators[index - 1];
    if (operator !== undefined && (operator === '&&') !== (status === 0)) continue;
    const last = index === node.commands.length - 1;
    if (!last) shell.conditionDepth++;
    status = await runPipelineNode(shell, command, descriptors);
    if (!last) shell.conditionDepth--;
    if (shell.jump) break;
    if (last) await checkFailure(shell, command, status);
  }
  return status;
}

/** Functions do not inherit the trap, and nothing within it sets it off. */
async function runErrTrap(shell: Shell, status: number): Promise<void> {
  const action = shell.traps.get('ERR');
  if (!action || shell.inErrTrap || shell.variables.inFunction) return;
  shell.inErrTrap = true;
  shell.status = status;
  try {
    await shell.executor.execute(action, shell.descriptors);
  } finally {
    shell.inErrTrap = false;
  }
  if (!shell.jump) shell.status = status;
}

/** The ERR trap, and `set -e`: a failing command ends the shell, unless its status is looked at. */
async function checkFailure(shell: Shell, node: PipelineNode, status: number): Promise<void> {
  const negated = node.type === 'Pipeline' && node.prefixes.length > 0;
  if (status === 0 || negated || shell.conditionDepth > 0 || shell.jump) return;
  if (
    node.type === 'If' ||
    node.type === 'While' ||
    node.type === 'For' ||
    node.type === 'BraceGroup' ||
    node.type === 'Case'
  )
    return;
  await runErrTrap(shell, status);
  if (shell.options.has('errexit')) shell.jump ??= { type: 'exit' };
}

async function launchBackground(
  shell: Shell,
  node: PipelineNode | AndOr,
  place: LaunchPlace,
): Promise<readonly Launched[]> {
  if (node.type === 'Pipeline' && node.prefixes.length === 0 && node.commands.length > 1)
    return launchStages(shell, node, place);
  return [await launchStage(shell, node, place)];
}

async function nullInput(
  shell: Shell,
  descriptors: Descriptors,
): Promise<{ readonly descriptors: Descriptors; readonly opened?: number }> {
  if (shell.control) return { descriptors };
  try {
    const opened = await shell.system.files.open('/dev/null', { access: 'read' });
    return { descriptors: new Map(descriptors).set(0, opened), opened };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return { descriptors };
  }
}

async function runBackground(shell: Shell, node: PipelineNode | AndOr, descriptors: Descriptors): Promise<number> {
  const input = await nullInput(shell, descriptors);
  const group = shell.control ? { processGroup: 0 } : {};
  const launched = await launchBackground(shell, node, { descriptors: input.descriptors, ...group, background: true });
  if (input.opened !== undefined) await shell.system.streams.close(input.opened);
  const texts = launched.length === 1 || node.type !== 'Pipeline' ? [sourceOf(shell, node)] : stageTexts(shell, node);
  const processes = launched.map((each, index) => processOf(each, texts[index] ?? ''));
  const last = processes.findLast(({ pid }) => pid !== 0);
  if (!last) return 0;
  shell.lastBackgroundPid = last.pid;
  const job = addJob(shell, {
    group: shell.control ? processes.find(({ pid }) => pid !== 0)?.pid : undefined,
    processes,
    directory: shell.directory,
    background: true,
  });
  if (shell.interactive && shell.subshellLevel === 0)
    await shell.write(`[${job.number}] ${last.pid}\n`, shell.descriptors, 2);
  return 0;
}

/** One statement of a list. */
async function runStatement(shell: Shell, statement: Statement, descriptors: Descriptors): Promise<number> {
  const { command } = statement;
  if (statement.background) return runBackground(shell, command, descriptors);
  if (command.type === 'AndOr') return runAndOr(shell, command, descriptors);
  const status = await runPipelineNode(shell, command, descriptors);
  await checkFailure(shell, command, status);
  return status;
}

/** Statements in order, until one makes the shell leave. */
export async function runStatements(
  shell: Shell,
  statements: readonly Statement[],
  descriptors: Descriptors,
): Promise<number> {
  // What `exec` does to the shell's own descriptors holds for the next statement.
  const own = descriptors === shell.descriptors;
  let status = 0;
  for (const statement of statements) {
    if (shell.options.has('noexec') && !shell.interactive) break;
    await shell.step();
    if (shell.jump) return shell.status;
    status = await shell.guard(() => runStatement(shell, statement, own ? shell.descriptors : descriptors));
    shell.status = shell.jump ? shell.status : status;
    if (shell.jump) return shell.status;
  }
  return status;
}
