/** The operations of `${parameter...}`: defaults, removal, replacement, substrings, case (bash(1), Parameter Expansion). */
import type { ParameterOperation, Word } from 'unbash';
import type { Shell } from '../shell.ts';
import { compilePattern, patternSource, type Fragment } from './pattern.ts';
import type { ParameterValue } from './parameter.ts';

type Operation<T extends ParameterOperation['type']> = Extract<ParameterOperation, { type: T }>;

export interface OperationScope {
  readonly shell: Shell;
  readonly name: string;
  readonly value: ParameterValue;
  readonly quoted: boolean;
  expandWord(word: Word): Promise<readonly Fragment[]>;
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

function removeMatch(text: string, operator: string, pattern: readonly Fragment[]): string {
  const expression = compilePattern(pattern);
  const lengths = Array.from({ length: text.length + 1 }, (_, index) => index);
  const longest = operator.length === 2;
  const front = operator.startsWith('#');
  const order = longest ? lengths.toReversed() : lengths;
  for (const length of order) {
    const piece = front ? text.slice(0, length) : text.slice(text.length - length);
    if (expression.test(piece)) return front ? text.slice(length) : text.slice(0, text.length - length);
  }
  return text;
}

async function applyReplace(scope: OperationScope, operation: Operation<'Replace'>): Promise<OperationResult> {
  const pattern = patternSource(await scope.expandWord(operation.pattern));
  const replacement = textOf(await scope.expandWord(operation.replacement));
  if (pattern === '') return scope.value;
  const anchored = { '/#': `^(?:${pattern})`, '/%': `(?:${pattern})$`, '/': pattern, '//': pattern };
  const expression = new RegExp(anchored[operation.operator], operation.operator === '//' ? 'gsu' : 'su');
  return mapValues(scope.value, (text) => text.replace(expression, () => replacement));
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
  const pattern = operation.operand ? await scope.expandWord(operation.operand) : [];
  const expression = pattern.length === 0 ? /^.$/su : compilePattern(pattern);
  const upper = operation.operator.startsWith('^');
  const every = operation.operator.length === 2;
  return mapValues(scope.value, (text) =>
    Array.from(text)
      .map((character, index) => {
        if ((index > 0 && !every) || !expression.test(character)) return character;
        return upper ? character.toUpperCase() : character.toLowerCase();
      })
      .join(''),
  );
}

/** A word quoted so that the shell reads it back: `${x@Q}`. */
export function quoteForShell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

const transforms: Readonly<Record<string, (text: string) => string>> = {
  Q: quoteForShell,
  U: (text) => text.toUpperCase(),
  L: (text) => text.toLowerCase(),
  u: (text) => text.charAt(0).toUpperCase() + text.slice(1),
};

/** Applies an operation to a parameter's value. */
export async function expandOperation(scope: OperationScope, operation: ParameterOperation): Promise<OperationResult> {
  switch (operation.type) {
    case 'Default':
      return applyDefault(scope, operation);
    case 'Remove': {
      const pattern = await scope.expandWord(operation.operand);
      return mapValues(scope.value, (text) => removeMatch(text, operation.operator, pattern));
    }
    case 'Replace':
      return applyReplace(scope, operation);
    case 'Slice':
      return applySlice(scope, operation);
    case 'CaseModification':
      return applyCase(scope, operation);
    case 'Transform': {
      const change = transforms[textOf(await scope.expandWord(operation.operand))];
      if (!change) await scope.shell.abort(`\${${scope.name}@...}: this transformation is not supported`);
      return change ? mapValues(scope.value, change) : scope.value;
    }
    case 'Names':
    case 'Unknown':
      return scope.value;
  }
}
