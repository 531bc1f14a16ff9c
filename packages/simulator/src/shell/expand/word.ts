/**
 * Expansion of words, in bash's order: braces, tilde, parameters, commands and arithmetic, splitting, pathnames, quote removal.
 * A word becomes fragments that remember whether they were quoted; errors go through `Shell.abort`.
 */
import { parse, type Word, type WordPart } from 'unbash';
import { maximumListCharacters, maximumValueCharacters, wordCharacters } from '../limits.ts';
import type { Shell } from '../shell.ts';
import { namePattern } from '../variables.ts';
import { evaluateArithmetic } from './arithmetic.ts';
import { expandBraces } from './braces.ts';
import { expandOperation } from './operation.ts';
import { findParameter, listSeparator, type ParameterValue } from './parameter.ts';
import { expandPathname } from './pathname.ts';
import { parsePattern, type Fragment } from './pattern.ts';
import { splitFields } from './split.ts';
import { expandTilde } from './tilde.ts';

type GlobPart = Extract<WordPart, { type: 'Glob' }>;
type ParameterPart = Extract<WordPart, { type: 'ParameterExpansion' }>;

/** Unquoted text of the source: backslashes quote what follows them. */
function literalFragments(text: string): readonly Fragment[] {
  const fragments: Fragment[] = [];
  for (const piece of text.match(/\\\n|\\[^]|[^\\]+|\\$/gu) ?? []) {
    if (piece === '\\\n') continue;
    fragments.push(
      piece.startsWith('\\') && piece.length > 1
        ? { text: piece.slice(1), quoted: true }
        : { text: piece, quoted: false },
    );
  }
  return fragments;
}

/** Fragments of a parameter's value. */
function valueFragments(shell: Shell, value: ParameterValue, quoted: boolean): readonly Fragment[] {
  const mark = quoted ? { quoted: true } : { quoted: false, split: true };
  if (value.all === '*' && quoted) return [{ text: value.values.join(listSeparator(shell)), ...mark }];
  if (value.all === undefined) return [{ text: value.values[0] ?? '', ...mark }];
  return value.values.flatMap((text, index) => [
    ...(index === 0 ? [] : [{ text: '', quoted: false, boundary: true }]),
    { text, ...mark },
  ]);
}

async function checkUnset(shell: Shell, name: string, value: ParameterValue): Promise<void> {
  if (!value.set && value.all === undefined && shell.options.has('nounset'))
    await shell.abort(`${name}: unbound variable`, true);
}

async function indexText(shell: Shell, part: ParameterPart): Promise<string | undefined> {
  if (!part.index) return undefined;
  const text = await expandToText(shell, part.index);
  return text === '@' || text === '*' ? text : String(await arithmeticValue(shell, text));
}

async function parameterExpansion(shell: Shell, part: ParameterPart, quoted: boolean): Promise<readonly Fragment[]> {
  const named = namePattern.test(part.parameter) || /^(?:\d+|[@*#?$!-])$/.test(part.parameter);
  if (!named || part.operation?.type === 'Unknown') {
    await shell.abort(`${part.text}: bad substitution`);
    return [];
  }
  const index = await indexText(shell, part);
  let name = part.parameter;
  if (part.prefix === '!') {
    if (part.operation?.type === 'Names') return valueFragments(shell, namesStartingWith(shell, name), quoted);
    if (index === '@' || index === '*') return valueFragments(shell, arrayKeys(shell, name), quoted);
    name = findParameter(shell, name, index).values[0] ?? '';
  }
  const value = findParameter(shell, name, part.prefix === '!' ? undefined : index);
  if (part.prefix === '#') {
    await checkUnset(shell, name, value);
    const length = value.all ? value.values.length : Array.from(value.values[0] ?? '').length;
    return [{ text: String(length), quoted, split: !quoted }];
  }
  if (!part.operation) {
    await checkUnset(shell, name, value);
    return valueFragments(shell, value, quoted);
  }
  const scope = {
    shell,
    name,
    value,
    quoted,
    expandWord: (word: Word) => wordFragments(shell, word, { quoted }),
    expandPattern: (word: Word) => wordFragments(shell, word),
    arithmetic: (text: string) => arithmeticText(shell, text),
  };
  const result = await expandOperation(scope, part.operation);
  return 'fragments' in result ? result.fragments : valueFragments(shell, result, quoted);
}

function namesStartingWith(shell: Shell, prefix: string): ParameterValue {
  const values = shell.variables.names().filter((name) => name.startsWith(prefix));
  return { values, set: values.length > 0, all: '@' };
}

function arrayKeys(shell: Shell, name: string): ParameterValue {
  const variable = shell.variables.find(name);
  const values = variable?.elements
    ? [...variable.elements.keys()].map(String)
    : variable?.value === undefined
      ? []
      : ['0'];
  return { values, set: values.length > 0, all: '@' };
}

async function simpleExpansion(shell: Shell, text: string, quoted: boolean): Promise<readonly Fragment[]> {
  const name = text.slice(1);
  if (name === '') return [{ text: '$', quoted }];
  const value = findParameter(shell, name);
  await checkUnset(shell, name, value);
  return valueFragments(shell, value, quoted);
}

async function substitution(
  shell: Shell,
  part: Extract<WordPart, { type: 'CommandExpansion' }>,
  quoted: boolean,
): Promise<readonly Fragment[]> {
  const text = part.script === undefined ? '' : await shell.executor.substitute(part.script);
  return [{ text, quoted, split: !quoted }];
}

/** Evaluates an expression whose text may hold `$` expansions. */
async function arithmeticText(shell: Shell, text: string): Promise<bigint> {
  return arithmeticValue(shell, /[$`]/.test(text) ? await expandQuotedText(shell, text) : text);
}

async function arithmeticValue(shell: Shell, text: string): Promise<bigint> {
  const result = evaluateArithmetic(text, {
    get: (name, index) => findParameter(shell, name, index === undefined ? undefined : String(index)).values[0],
    set: (name, index, value) => {
      if (index === undefined) shell.variables.set(name, value);
      else shell.variables.setElement(name, Number(index), value);
    },
  });
  if ('value' in result) return result.value;
  await shell.abort(`${text.trimStart()}: ${result.error}`);
  return 0n;
}

/** Expands text as if it stood in double quotes. */
async function expandQuotedText(shell: Shell, text: string): Promise<string> {
  const source = `: "${text.replaceAll('"', '')}"`;
  const command = parse(source).commands[0]?.command;
  const word = command?.type === 'Command' ? command.args[0] : undefined;
  if (word?.type !== 'Word') return text;
  return shell.within({ ...shell.unit, source, firstLine: shell.line }, () => expandToText(shell, word));
}

/** `*`, `?`, or a bracket expression, whose text is as any other's: it may hold quotes and expansions. */
async function globFragments(shell: Shell, glob: GlobPart, quoted: boolean): Promise<readonly Fragment[]> {
  const literal = (text: string) => (quoted ? [{ text, quoted }] : literalFragments(text));
  const fragments: Fragment[] = [];
  let at = 0;
  for (const part of glob.parts ?? []) {
    fragments.push(...literal(glob.text.slice(at, part.pos - glob.pos)));
    for (const each of await partFragments(shell, part, quoted)) fragments.push(each);
    at = part.end - glob.pos;
  }
  return [...fragments, ...literal(glob.text.slice(at))];
}

async function partFragments(shell: Shell, part: WordPart, quoted: boolean): Promise<readonly Fragment[]> {
  if (shell.jump) return [];
  switch (part.type) {
    case 'Literal':
      return quoted ? [{ text: part.value, quoted: true }] : literalFragments(part.text);
    case 'Glob':
      return globFragments(shell, part, quoted);
    case 'ExtendedGlob':
    case 'BraceExpansion':
      return quoted ? [{ text: part.text, quoted }] : literalFragments(part.text);
    case 'SingleQuoted':
      return [{ text: quoted ? part.text : part.value, quoted: true }];
    case 'AnsiCQuoted':
      return [{ text: part.value, quoted: true }];
    case 'DoubleQuoted':
    case 'LocaleString':
      return part.parts.length === 0 ? [{ text: '', quoted: true }] : listFragments(shell, part.parts, true);
    case 'SimpleExpansion':
      return simpleExpansion(shell, part.text, quoted);
    case 'ParameterExpansion':
      return parameterExpansion(shell, part, quoted);
    case 'CommandExpansion':
      return substitution(shell, part, quoted);
    case 'ArithmeticExpansion':
      return [{ text: String(await arithmeticText(shell, arithmeticSource(part.text))), quoted, split: !quoted }];
    case 'ProcessSubstitution':
      await shell.abort(`${part.text}: process substitution is not supported`);
      return [];
  }
}

/** The expression inside `$((...))` or `$[...]`. */
function arithmeticSource(text: string): string {
  return text.startsWith('$((') ? text.slice(3, -2) : text.slice(2, -1);
}

async function listFragments(shell: Shell, parts: readonly WordPart[], quoted: boolean): Promise<readonly Fragment[]> {
  const fragments: Fragment[] = [];
  // A list may have more elements than a call may have arguments.
  for (const part of parts) for (const each of await partFragments(shell, part, quoted)) fragments.push(each);
  return fragments;
}

interface WordOptions {
  /** Inside double quotes, or in a here-document. */
  readonly quoted?: boolean;
  /** The value of an assignment: a tilde counts after a colon too. */
  readonly assignment?: boolean;
}

async function wordFragments(shell: Shell, word: Word, options: WordOptions = {}): Promise<readonly Fragment[]> {
  const quoted = options.quoted === true;
  const fragments = word.parts
    ? await listFragments(shell, word.parts, quoted)
    : quoted
      ? [{ text: word.value, quoted: true }]
      : literalFragments(word.text);
  if (quoted || !word.text.includes('~')) return fragments;
  return expandTilde(shell, fragments, options.assignment === true);
}

/** One text of many pieces, unless it were longer than a shell can hold. */
async function joinFragments(shell: Shell, fragments: readonly Fragment[]): Promise<string> {
  const characters = fragments.reduce((sum, { text }) => sum + text.length, 0);
  if (characters <= maximumValueCharacters)
    return fragments.map((fragment) => (fragment.boundary ? ' ' : fragment.text)).join('');
  await shell.exhaust(characters);
  return '';
}

/** Expands a word to one text: no splitting, no pathnames. */
export async function expandToText(shell: Shell, word: Word, options: WordOptions = {}): Promise<string> {
  return joinFragments(shell, await wordFragments(shell, word, options));
}

/** Expands a word to the fragments of a pattern. */
export async function expandToPattern(shell: Shell, word: Word): Promise<readonly Fragment[]> {
  return wordFragments(shell, word);
}

/** Expands the parts of a here-document. */
export async function expandParts(shell: Shell, parts: readonly WordPart[]): Promise<string> {
  return joinFragments(shell, await listFragments(shell, parts, true));
}

/** Evaluates `((...))` and the like. */
export async function expandArithmetic(shell: Shell, text: string): Promise<bigint> {
  return arithmeticText(shell, text);
}

/** The words that a list of words becomes. */
class WordList {
  readonly texts: string[] = [];
  private characters = 0;
  private readonly shell: Shell;

  constructor(shell: Shell) {
    this.shell = shell;
  }

  /** Ends the shell when there are more words than it can hold. */
  async add(texts: readonly string[]): Promise<void> {
    for (const text of texts) {
      this.characters += text.length + wordCharacters;
      this.texts.push(text);
    }
    if (this.characters > maximumListCharacters) await this.shell.exhaust(this.characters);
  }
}

/** What pathname expansion makes of one field (shopt nullglob, failglob). */
async function pathnameTexts(shell: Shell, field: readonly Fragment[]): Promise<readonly string[]> {
  const text = await joinFragments(shell, field);
  if (shell.options.has('noglob') || !parsePattern(field).special) return [text];
  const matches = await expandPathname(shell.system, field, shell.options);
  if (matches.length > 0) return matches;
  if (shell.options.has('failglob')) await shell.abort(`no match: ${text}`);
  return shell.options.has('nullglob') || shell.jump ? [] : [text];
}

async function addFields(shell: Shell, fragments: readonly Fragment[], list: WordList): Promise<void> {
  for (const field of splitFields(fragments, shell.variables.find('IFS')?.value)) {
    if (shell.jump) return;
    await list.add(await pathnameTexts(shell, field));
  }
}

/** The words that braces make of one, each to be parsed by itself; the word alone if they were too many. */
async function bracedTexts(shell: Shell, word: Word): Promise<readonly string[]> {
  const texts = expandBraces(word.text, maximumListCharacters / wordCharacters);
  if (typeof texts !== 'number') return texts;
  const message = `brace expansion: failed to allocate memory for ${texts} elements`;
  await shell.write(`${shell.name}: ${message}\n`, shell.descriptors, 2);
  return [word.text.replaceAll('{', '\\{')];
}

async function addWord(shell: Shell, word: Word, list: WordList): Promise<void> {
  if (!word.parts?.some((part) => part.type === 'BraceExpansion')) {
    return addFields(shell, await wordFragments(shell, word), list);
  }
  for (const text of await bracedTexts(shell, word)) {
    const source = `: ${text}`;
    const command = parse(source).commands[0]?.command;
    const piece = command?.type === 'Command' ? command.args[0] : undefined;
    if (shell.jump) return;
    if (piece?.type !== 'Word') continue;
    const unit = { ...shell.unit, source, firstLine: shell.line };
    await shell.within(unit, async () => addFields(shell, await wordFragments(shell, piece), list));
  }
}

/** All expansions of a list of words. */
export async function expandWords(shell: Shell, words: readonly Word[]): Promise<readonly string[]> {
  const list = new WordList(shell);
  for (const word of words) {
    if (shell.jump) break;
    await addWord(shell, word, list);
  }
  return list.texts;
}
