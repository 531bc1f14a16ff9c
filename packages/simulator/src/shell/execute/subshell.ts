/**
 * Subshells without fork. A command that needs a process of its own (a stage of a pipeline, `( )`, `$( )`, `&`) runs in a child
 * bash that gets a copy of the parent's state as JSON in one environment variable, and the source text with the place of the
 * command in it: the child parses the text again and finds the same node.
 */
import { forEachChild, parse, type SyntaxNode } from 'unbash';
import type { Job } from '../job.ts';
import type { Descriptors, FunctionDefinition, Shell, SourceUnit } from '../shell.ts';
import type { SavedVariable } from '../variables.ts';

/** The environment variable that carries the state; the child takes it out before anything runs. */
export const stateVariable = 'BASH_SUBSHELL_STATE';

interface NodePlace {
  readonly type: string;
  readonly pos: number;
  readonly end: number;
}

interface SubshellState {
  readonly unit: SourceUnit;
  readonly place: NodePlace;
  readonly name: string;
  readonly positional: readonly string[];
  readonly directory: string;
  readonly variables: readonly SavedVariable[];
  readonly functions: readonly { readonly name: string; readonly unit: SourceUnit; readonly place: NodePlace }[];
  readonly options: readonly string[];
  readonly status: number;
  readonly inputKind: Shell['inputKind'];
  readonly interactive: boolean;
  readonly shellPid: number;
  readonly level: number;
  readonly inSubstitution: boolean;
  readonly inParentheses: boolean;
  readonly inPipeline: boolean;
  /** The parent's, which a command substitution and a stage of a pipeline can list: `kill $(jobs -p)`. */
  readonly jobs: readonly Job[];
  readonly lastBackgroundPid?: number;
  readonly conditionDepth: number;
  readonly returnDepth: number;
  readonly history: readonly string[];
  readonly numbers: readonly number[];
}

const placeOf = ({ type, pos, end }: NodePlace): NodePlace => ({ type, pos, end });

function findNode(node: SyntaxNode, place: NodePlace): SyntaxNode | undefined {
  if (node.type === place.type && node.pos === place.pos && node.end === place.end) return node;
  let found: SyntaxNode | undefined;
  forEachChild(node, (child) => {
    // A script that owns its source has positions of its own.
    if (!(child.type === 'Script' && child.source !== undefined)) found ??= findNode(child, place);
  });
  return found;
}

/** The state of `shell` for a child that is to run `node`. */
export function packState(
  shell: Shell,
  node: SyntaxNode,
  place: { readonly descriptors: Descriptors; readonly inPipeline?: boolean },
): string {
  const ownSource = node.type === 'Script' ? node.source : undefined;
  const state: SubshellState = {
    unit: ownSource === undefined ? shell.unit : { ...shell.unit, source: ownSource, firstLine: shell.line },
    place: placeOf(node),
    name: shell.name,
    positional: shell.positional,
    directory: shell.directory,
    variables: shell.variables.save(),
    functions: [...shell.functions].map(([name, definition]) => ({
      name,
      unit: definition.unit,
      place: placeOf(definition.node),
    })),
    options: [...shell.options],
    status: shell.status,
    inputKind: shell.inputKind,
    interactive: shell.interactive,
    shellPid: shell.shellPid,
    level: shell.subshellLevel + 1,
    jobs: node.type === 'Script' || node.type === 'Command' ? shell.jobs : [],
    inSubstitution: shell.inSubstitution || (node.type === 'Script' && shell.inputKind === 'command'),
    inPipeline: node.type === 'Command' && place.inPipeline === true,
    inParentheses: node.type === 'Subshell' || (node.type === 'Script' && shell.inParentheses),
    ...(shell.lastBackgroundPid === undefined ? {} : { lastBackgroundPid: shell.lastBackgroundPid }),
    conditionDepth: shell.conditionDepth,
    returnDepth: shell.returnDepth,
    history: shell.history,
    numbers: [...place.descriptors.keys()],
  };
  return JSON.stringify(state);
}

function restoreFunction(saved: SubshellState['functions'][number]): FunctionDefinition | undefined {
  const node = findNode(parse(saved.unit.source), saved.place);
  return node?.type === 'Function' ? { unit: saved.unit, node } : undefined;
}

/** Gives `shell` the state that a parent packed; the node it is to run. */
export function unpackState(shell: Shell, text: string): SyntaxNode | undefined {
  const state: SubshellState = JSON.parse(text);
  shell.unit = state.unit;
  shell.name = state.name;
  shell.positional = state.positional;
  shell.directory = state.directory;
  shell.variables.load(state.variables);
  for (const saved of state.functions) {
    const definition = restoreFunction(saved);
    if (definition) shell.functions.set(saved.name, definition);
  }
  shell.options.clear();
  for (const option of state.options) if (option !== 'monitor') shell.options.add(option);
  shell.status = state.status;
  shell.inputKind = state.inputKind;
  shell.interactive = state.interactive;
  shell.shellPid = state.shellPid;
  shell.subshellLevel = state.level;
  shell.jobs = state.jobs.map((job) => ({ ...job, notified: true }));
  shell.inSubstitution = state.inSubstitution;
  shell.inParentheses = state.inParentheses;
  shell.inPipeline = state.inPipeline;
  shell.lastBackgroundPid = state.lastBackgroundPid;
  shell.conditionDepth = state.conditionDepth;
  shell.returnDepth = state.returnDepth;
  shell.descriptors = new Map(state.numbers.map((number) => [number, number]));
  shell.history.push(...state.history);
  shell.position = state.place.pos;
  return findNode(parse(state.unit.source), state.place);
}
