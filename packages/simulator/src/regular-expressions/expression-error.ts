/** What is wrong with an expression, in glibc's words; or that a search would take too long. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
}

/** glibc's words (regcomp(3), regerror(3)). */
export const words = {
  backReference: 'Invalid back reference',
  characterClass: 'Invalid character class name',
  collation: 'Invalid collation character',
  expression: 'Invalid regular expression',
  intervalContent: String.raw`Invalid content of \{\}`,
  preceding: 'Invalid preceding regular expression',
  rangeEnd: 'Invalid range end',
  tooBig: 'Regular expression too big',
  trailingBackslash: 'Trailing backslash',
  unmatchedBracket: 'Unmatched [, [^, [:, [., or [=',
  unmatchedClose: String.raw`Unmatched ) or \)`,
  unmatchedInterval: String.raw`Unmatched \{`,
  unmatchedOpen: String.raw`Unmatched ( or \(`,
  confusedClass: 'character class syntax is [[:space:]], not [:space:]',
} as const;

export function isExpressionError(error: unknown): error is ExpressionError {
  return error instanceof ExpressionError;
}
