/** An expression as a tree. */
import type { CharacterSet } from './character-set.ts';

export type Assertion =
  | 'lineStart'
  | 'lineEnd'
  | 'bufferStart'
  | 'bufferEnd'
  | 'wordBoundary'
  | 'notWordBoundary'
  | 'wordStart'
  | 'wordEnd'
  | 'afterNoWord'
  | 'beforeNoWord';

export type Node =
  | { readonly type: 'set'; readonly set: CharacterSet }
  | { readonly type: 'assertion'; readonly assertion: Assertion }
  | { readonly type: 'sequence'; readonly nodes: readonly Node[] }
  | { readonly type: 'alternatives'; readonly nodes: readonly Node[] }
  | { readonly type: 'group'; readonly index: number; readonly node: Node }
  | { readonly type: 'repetition'; readonly node: Node; readonly minimum: number; readonly maximum: number }
  | { readonly type: 'reference'; readonly index: number };

export interface ExpressionTree {
  readonly node: Node;
  readonly groupCount: number;
  readonly hasReferences: boolean;
  /** What GNU grep says of an expression that it accepts. */
  readonly warnings: readonly string[];
}
