/** Aliases: the first word of a simple command replaced in the text before it is executed (bash(1), ALIASES). */
import { forEachChild, parse, type SyntaxNode } from 'unbash';

interface Place {
  readonly pos: number;
  readonly end: number;
}

/** The words that stand where a command's name may, and no part of which is quoted. */
function commandWords(node: SyntaxNode, source: string, found: Place[] = []): readonly Place[] {
  if (node.type === 'Command' && node.name && source.slice(node.name.pos, node.name.end) === node.name.text)
    found.push({ pos: node.name.pos, end: node.name.end });
  forEachChild(node, (child) => {
    // A script that owns its source has positions of its own.
    if (!(child.type === 'Script' && child.source !== undefined)) commandWords(child, source, found);
  });
  return found;
}

/** What a word stands for, its own first word expanded too, but no alias twice. */
function valueOf(aliases: ReadonlyMap<string, string>, word: string, used: ReadonlySet<string>): string {
  const value = used.has(word) ? undefined : aliases.get(word);
  if (value === undefined) return word;
  const [, blanks = '', first = '', rest = ''] = /^([ \t]*)([^\s;|&<>()]*)([^]*)$/.exec(value) ?? [];
  return `${blanks}${valueOf(aliases, first, new Set([...used, word]))}${rest}`;
}

/** `source` with the aliases in it expanded. Differs from bash: an alias that ends in a blank does not expand the next word. */
export function expandAliases(aliases: ReadonlyMap<string, string>, source: string): string {
  if (aliases.size === 0) return source;
  let text = source;
  const places = commandWords(parse(source), source).toSorted((a, b) => b.pos - a.pos);
  for (const { pos, end } of places)
    text = text.slice(0, pos) + valueOf(aliases, source.slice(pos, end), new Set()) + text.slice(end);
  return text;
}
