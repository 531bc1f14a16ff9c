/** Patterns of names, as options like --include take them. */
import { compileExpression, type RegularExpression } from '../regular-expressions/regular-expression.ts';

/** A pattern of the shell as an expression: its stars are matched in linear time, too. */
export function globExpression(glob: string): RegularExpression {
  const source = glob.replaceAll(/\\.|\[!?[^\]]+\]|[^]/g, (part) => {
    if (part === '*') return '.*';
    if (part === '?') return '.';
    if (part.startsWith('[') && part.length > 1) return part.replace('[!', '[^');
    return part.startsWith('\\') ? part : part.replace(/[.+(){}|^$[]/, String.raw`\$&`);
  });
  return compileExpression(source, { syntax: 'grepExtended', groups: 0, whole: 'line' });
}
