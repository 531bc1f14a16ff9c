/** The operations of `${parameter...}`: defaults, removal, replacement, substrings, case (bash(1), Parameter Expansion). */
import type { ParameterOperation, Word } from 'unbash';
import { maximumValueCharacters } from '../limits.ts';
import type { Shell } from '../shell.ts';
import { findMatch, matchesWhole, prefixLength, suffixLength, type Match } from './match.ts';
import { parsePattern, type Fragment, type Pattern } from './pattern.ts';
import type { ParameterValue } from './parameter.ts';

type Operation<T extends ParameterOperation['type']> = Extract<ParameterOperation, { type: T }>;

export interface OperationScope {
  readonly shell: Shell;
  readonly name: string;
  readonly value: ParameterValue;
  readonly quoted: boolean;
  /** In double quotes if the expansion stands there. */
  expandWord(word: Word): Promise<readonly Fragment[]>;
  /** A pattern or replacement, whose own quotes count inside double quotes, too. */
  expandPattern(word: Word): Promise<readonly Fragment[]>;
  arithmetic(text: string): Promise<bigint>;
}

export type OperationResult = ParameterValue | { readonly fragments: readonly Fragment[] };

const textOf = (fragments: readonly Fragment[]): string => fragments.map((fragment) => fragment.text).join('');

function mapValues(value: ParameterValue, change: (text: string) => string): ParameterValue {
  return { ...value, values: value.values.map(change) };
}

/** The operand's own literal text is split like the result of the expansion it stands in for. */
function operandFragments(scope: OperationScope, fragments: readonly Fragment[]): readonly Fragment[] {
  return scope.quoted
    ? fragments
    : fragments.map((each) => (each.quoted || each.boundary ? each : { ...each, split: true }));
}

async function applyDefault(scope: OperationScope, operation: Operation<'Default'>): Promise<OperationResult> {
  const { value, shell, name } = scope;
  const missing = !value.set || (operation.operator.startsWith(':') && value.values.join('') === '');
  const kind = operation.operator.at(-1);
  if (kind === '+') {
    return missing
      ? { values: [''], set: false }
      : { fragments: operandFragments(scope, await scope.expandWord(operation.operand)) };
  }
  if (!missing) return value;
  const operand = await scope.expandWord(operation.operand);
  if (kind === '-') return { fragments: operandFragments(scope, operand) };
  if (kind === '=') {
    if (!/^[A-Za-z_]/.test(name)) await shell.abort(`$${name}: cannot assign in this way`);
    else if (!shell.variables.set(name, textOf(operand))) await shell.abort(`${name}: readonly variable`);
    return { values: [textOf(operand)], set: true };
  }
  const otherwise = operation.operator === ':?' ? 'parameter null or not set' : 'parameter not set';
  await shell.abort(`${name}: ${textOf(operand) || otherwise}`, true);
  return value;
}

function removeMatch(text: string, operator: string, pattern: Pattern): string {
  const characters = Array.from(text);
  const longest = operator.length === 2;
  if (operator.startsWith('#')) return characters.slice(prefixLength(pattern, characters, longest) ?? 0).join('');
  return characters.slice(0, characters.length - (suffixLength(pattern, characters, longest) ?? 0)).join('');
}

function findMatches(pattern: Pattern, text: readonly string[], operator: string): readonly Match[] {
  if (operator === '/#' || operator === '/%') {
    const length = operator === '/#' ? prefixLength(pattern, text, true) : suffixLength(pattern, text, true);
    if (length === undefined) return [];
    return operator === '/#' ? [{ start: 0, end: length }] : [{ start: text.length - length, end: text.length }];
  }
  const matches: Match[] = [];
  for (let at = 0; at < text.length || at === 0;) {
    const match = findMatch(pattern, text, at);
    if (match) matches.push(match);
    if (!match || operator === '/' || match.end === match.start) break;
    at = match.end;
  }
  return matches;
}

/** The parts of a replacement; `matched` stands for what was replaced, as an unquoted `&` does (shopt patsub_replacement). */
const matched = Symbol('matched');
type ReplacementPart = string | typeof matched;

function replacementParts(fragments: readonly Fragment[]): readonly ReplacementPart[] {
  return fragments.flatMap(({ text, quoted }) => {
    if (quoted) return [text];
    return (text.match(/\\[\\&]|&|[^&\\]+|\\/g) ?? []).map((piece) => {
      if (piece === '&') return matched;
      return piece.length === 2 && piece.startsWith('\\') ? piece.slice(1) : piece;
    });
  });
}

interface Replacement {
  readonly matches: readonly Match[];
  readonly parts: readonly ReplacementPart[];
}

/** How long the text would become, in characters or more. */
function replacedLength(text: string, { matches, parts }: Replacement): number {
  const written = parts.reduce((sum, part) => sum + (part === matched ? 0 : part.length), 0);
  const copies = parts.filter((part) => part === matched).length;
  return text.length + matches.reduce((sum, { start, end }) => sum + written + copies * (end - start), 0);
}

function replaceMatches(characters: readonly string[], { matches, parts }: Replacement): string {
  let result = '';
  let at = 0;
  for (const { start, end } of matches) {
    const found = characters.slice(start, end).join('');
    const replacement = parts.map((part) => (part === matched ? found : part)).join('');
    result += characters.slice(at, start).join('') + replacement;
    at = end;
  }
  return result + characters.slice(at).join('');
}

async function applyReplace(scope: OperationScope, operation: Operation<'Replace'>): Promise<OperationResult> {
  const pattern = parsePattern(await scope.expandPattern(operation.pattern));
  const parts = replacementParts(await scope.expandPattern(operation.replacement));
  const { operator } = operation;
  const isNull = pattern.segments.length === 1 && pattern.segments[0]?.length === 0;
  if (isNull && (operator === '/' || operator === '//')) return scope.value;
  let longest = 0;
  const replaced = mapValues(scope.value, (text) => {
    const characters = Array.from(text);
    const matches = findMatches(pattern, characters, operator);
    const length = replacedLength(text, { matches, parts });
    longest = Math.max(longest, length);
    return length > maximumValueCharacters ? '' : replaceMatches(characters, { matches, parts });
  });
  if (longest > maximumValueCharacters) await scope.shell.exhaust(longest);
  return replaced;
}

async function applySlice(scope: OperationScope, operation: Operation<'Slice'>): Promise<OperationResult> {
  const { value, shell } = scope;
  const offset = Number(await scope.arithmetic(operation.offset.text));
  const length = operation.length ? Number(await scope.arithmetic(operation.length.text)) : undefined;
  const listed = value.all !== undefined;
  const items = listed
    ? [...(scope.name === '@' || scope.name === '*' ? [shell.name] : []), ...value.values]
    : Array.from(value.values[0] ?? '');
  const start = offset < 0 ? items.length + offset : offset;
  const end = length === undefined ? items.length : length < 0 && !listed ? items.length + length : start + length;
  if (end < start && !listed && length !== undefined) {
    await shell.abort(`${operation.length?.text ?? ''}: substring expression < 0`);
  }
  const skipName = listed && scope.name.length === 1 && '@*'.includes(scope.name) && start === 0 ? 1 : 0;
  const slice = start < 0 ? [] : items.slice(Math.max(start, skipName), end);
  return listed ? { ...value, values: slice } : { values: [slice.join('')], set: value.set };
}

async function applyCase(scope: OperationScope, operation: Operation<'CaseModification'>): Promise<OperationResult> {
  const operand = operation.operand ? await scope.expandPattern(operation.operand) : [];
  const pattern = parsePattern(operand.length === 0 ? [{ text: '?', quoted: false }] : operand);
  const upper = operation.operator.startsWith('^');
  const every = operation.operator.length === 2;
  return mapValues(scope.value, (text) =>
    Array.from(text)
      .map((character, index) => {
        if ((index > 0 && !every) || !matchesWhole(pattern, character)) return character;
        return upper ? character.toUpperCase() : character.toLowerCase();
      })
      .join(''),
  );
}

/** A word quoted so that the shell reads it back: `${x@Q}`. */
export function quoteForShell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

const transforms: ReadonlyMap<string, (text: string) => string> = new Map(
  Object.entries<(text: string) => string>({
    Q: quoteForShell,
    U: (text) => text.toUpperCase(),
    L: (text) => text.toLowerCase(),
    u: (text) => text.charAt(0).toUpperCase() + text.slice(1),
  }),
);

/** Applies an operation to a parameter's value. */
export async function expandOperation(scope: OperationScope, operation: ParameterOperation): Promise<OperationResult> {
  switch (operation.type) {
    case 'Default':
      return applyDefault(scope, operation);
    case 'Remove': {
      const pattern = parsePattern(await scope.expandPattern(operation.operand));
      return mapValues(scope.value, (text) => removeMatch(text, operation.operator, pattern));
    }
    case 'Replace':
      return applyReplace(scope, operation);
    case 'Slice':
      return applySlice(scope, operation);
    case 'CaseModification':
      return applyCase(scope, operation);
    case 'Transform': {
      const change = transforms.get(textOf(await scope.expandWord(operation.operand)));
      if (!change) await scope.shell.abort(`\${${scope.name}@...}: this transformation is not supported`);
      return change ? mapValues(scope.value, change) : scope.value;
    }
    case 'Names':
    case 'Unknown':
      return scope.value;
  }
}
