/** The tree as a program for the matchers: characters, jumps and marks (Thompson 1968, Pike). */
import { compileSet, type CharacterTest } from './character-set.ts';
import { ExpressionError, words } from './expression-error.ts';
import { largestProgram } from './limits.ts';
import type { Assertion, Node } from './syntax-tree.ts';

export type Instruction =
  | { readonly op: 'match' }
  | { readonly op: 'character'; readonly test: CharacterTest }
  /** Both ways; the first is preferred. */
  | { readonly op: 'split'; readonly first: number; readonly second: number }
  | { readonly op: 'jump'; readonly to: number }
  /** Writes the position into a slot: `2 n` where group n begins, `2 n + 1` where it ends. */
  | { readonly op: 'save'; readonly slot: number }
  | { readonly op: 'assertion'; readonly assertion: Assertion }
  | { readonly op: 'reference'; readonly group: number }
  /** Goes on only if the text did since the slot was written: a repetition of nothing is none. */
  | { readonly op: 'progress'; readonly slot: number };

export interface ProgramOptions {
  readonly ignoreCase: boolean;
  /** Groups above this number are not recorded. */
  readonly groups: number;
  readonly hasReferences: boolean;
}

export interface Program {
  readonly instructions: readonly Instruction[];
  /** How many slots the matchers carry. */
  readonly slots: number;
}

/** Whether the node can match nothing. */
function canBeEmpty(node: Node): boolean {
  switch (node.type) {
    case 'set':
      return false;
    case 'sequence':
      return node.nodes.every(canBeEmpty);
    case 'alternatives':
      return node.nodes.some(canBeEmpty);
    case 'group':
      return canBeEmpty(node.node);
    case 'repetition':
      return node.minimum === 0 || canBeEmpty(node.node);
    default:
      return true;
  }
}

class Compiler {
  readonly instructions: Instruction[] = [];
  readonly #options: ProgramOptions;
  #nodes = 0;
  slots: number;

  constructor(options: ProgramOptions) {
    this.#options = options;
    this.slots = 2 * (options.groups + 1);
  }

  #emit(instruction: Instruction): number {
    return this.instructions.push(instruction) - 1;
  }

  compile(node: Node): void {
    // Nodes count, too: a repetition of an empty group makes no instruction, but takes time.
    this.#nodes++;
    if (Math.max(this.#nodes / 4, this.instructions.length) > largestProgram) throw new ExpressionError(words.tooBig);
    switch (node.type) {
      case 'set':
        this.#emit({ op: 'character', test: compileSet(node.set, this.#options.ignoreCase) });
        return;
      case 'assertion':
        this.#emit({ op: 'assertion', assertion: node.assertion });
        return;
      case 'reference':
        this.#emit({ op: 'reference', group: node.index });
        return;
      case 'sequence':
        for (const part of node.nodes) this.compile(part);
        return;
      case 'alternatives':
        this.#compileAlternatives(node.nodes);
        return;
      case 'group':
        this.#compileGroup(node);
        return;
      case 'repetition':
        this.#compileRepetition(node);
    }
  }

  #compileGroup({ index, node }: Extract<Node, { type: 'group' }>): void {
    const recorded = index <= this.#options.groups;
    if (recorded) this.#emit({ op: 'save', slot: 2 * index });
    this.compile(node);
    if (recorded) this.#emit({ op: 'save', slot: 2 * index + 1 });
  }

  #compileAlternatives(nodes: readonly Node[]): void {
    const jumps: number[] = [];
    nodes.forEach((node, index) => {
      const last = index === nodes.length - 1;
      const split = last ? undefined : this.#emit({ op: 'match' });
      this.compile(node);
      if (split === undefined) return;
      jumps.push(this.#emit({ op: 'match' }));
      this.instructions[split] = { op: 'split', first: split + 1, second: this.instructions.length };
    });
    for (const jump of jumps) this.instructions[jump] = { op: 'jump', to: this.instructions.length };
  }

  #compileRepetition({ node, minimum, maximum }: Extract<Node, { type: 'repetition' }>): void {
    for (let count = 0; count < minimum; count++) this.compile(node);
    if (maximum === Infinity) this.#compileStar(node);
    else this.#compileOptional(node, maximum - minimum);
  }

  #compileStar(node: Node): void {
    const split = this.#emit({ op: 'match' });
    // Without references the matcher enters each instruction once for each character, and cannot go round for ever.
    if (this.#options.hasReferences) this.#compileProgress(node);
    else this.compile(node);
    this.#emit({ op: 'jump', to: split });
    this.instructions[split] = { op: 'split', first: split + 1, second: this.instructions.length };
  }

  #compileProgress(node: Node): void {
    const slot = this.slots++;
    this.#emit({ op: 'save', slot });
    this.compile(node);
    this.#emit({ op: 'progress', slot });
  }

  /** `count` times at most: each time only after the one before. */
  #compileOptional(node: Node, count: number): void {
    const splits: number[] = [];
    for (let index = 0; index < count; index++) {
      splits.push(this.#emit({ op: 'match' }));
      if (this.#options.groups > 0 && canBeEmpty(node)) this.#compileProgress(node);
      else this.compile(node);
    }
    for (const split of splits)
      this.instructions[split] = { op: 'split', first: split + 1, second: this.instructions.length };
  }
}

/** The program of a tree. */
export function compileProgram(node: Node, options: ProgramOptions): Program {
  const compiler = new Compiler(options);
  compiler.compile(node);
  return { instructions: [...compiler.instructions, { op: 'match' }], slots: compiler.slots };
}
