/** What a name means to the shell: keyword, function, builtin or file. */
import { searchPath } from '../execute/launch.ts';
import { quoteForShell } from '../expand/operation.ts';
import type { Shell } from '../shell.ts';
import { builtinNames } from './names.ts';

export interface CommandDescription {
  readonly kind: 'alias' | 'keyword' | 'function' | 'builtin' | 'file';
  /** As `command -v` prints it. */
  readonly text: string;
  /** As `type` prints it. */
  readonly sentence: string;
}

export const keywords = [
  'if',
  'then',
  'else',
  'elif',
  'fi',
  'case',
  'esac',
  'for',
  'select',
  'while',
  'until',
  'do',
  'done',
  'in',
  'function',
  'time',
  '{',
  '}',
  '!',
  '[[',
  ']]',
  'coproc',
] as const;

/** The first thing that `name` would run. */
export async function describeCommand(shell: Shell, name: string): Promise<CommandDescription | undefined> {
  const alias = shell.isTyped ? shell.aliases.get(name) : undefined;
  if (alias !== undefined)
    return {
      kind: 'alias',
      text: `alias ${name}=${quoteForShell(alias)}`,
      sentence: `${name} is aliased to \`${alias}'`,
    };
  if (keywords.some((keyword) => keyword === name))
    return { kind: 'keyword', text: name, sentence: `${name} is a shell keyword` };
  const definition = shell.functions.get(name);
  if (definition) {
    const body = definition.unit.source.slice(definition.node.body.pos, definition.node.body.end);
    return { kind: 'function', text: name, sentence: `${name} is a function\n${name} () \n${body}` };
  }
  if (builtinNames.has(name)) return { kind: 'builtin', text: name, sentence: `${name} is a shell builtin` };
  const [path] = name.includes('/') ? [name] : await searchPath(shell, name);
  return path === undefined ? undefined : { kind: 'file', text: path, sentence: `${name} is ${path}` };
}
