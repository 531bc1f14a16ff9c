/** strtonum(3): decimal numbers of options, and its words for what is none. */

/** The number, or what is wrong with it. */
export function parseNumber(
  text: string,
  range: { readonly minimum: number; readonly maximum: number },
): number | 'invalid' | 'too small' | 'too large' {
  if (!/^[ \t\n\v\f\r]*[-+]?\d+$/.test(text)) return 'invalid';
  const number = Number(text);
  if (number < range.minimum) return 'too small';
  return number > range.maximum ? 'too large' : number;
}
