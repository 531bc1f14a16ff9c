/**
 * Wildcards of ssh_config(5) PATTERNS: `*` and `?`. Linear in pattern times text, without backtracking beyond the last star.
 * Differs from OpenSSH: its recursive match takes exponential time on many stars.
 */

/** Of a list of patterns. `negated`: a pattern with `!` matched, and so the whole list does not. */
export type ListMatch = 'matched' | 'negated' | 'none';

/** Whether `pattern` matches the whole of `text`. Case counts. */
export function matchPattern(text: string, pattern: string): boolean {
  return matchCounting(text, pattern).matched;
}

/** As `matchPattern`, with the number of comparisons, which stays below (text + 1) * (pattern + 1). */
export function matchCounting(text: string, pattern: string): { readonly matched: boolean; readonly steps: number } {
  let at = 0;
  let patternAt = 0;
  let star = -1;
  let starText = 0;
  let steps = 0;
  while (at < text.length) {
    steps += 1;
    const wanted = pattern[patternAt];
    if (wanted === '*') {
      star = patternAt;
      starText = at;
      patternAt += 1;
    } else if (wanted === '?' || wanted === text[at]) {
      at += 1;
      patternAt += 1;
    } else if (star !== -1) {
      // The last star takes one character more; earlier stars need never be tried again.
      starText += 1;
      at = starText;
      patternAt = star + 1;
    } else {
      return { matched: false, steps };
    }
  }
  while (pattern[patternAt] === '*') {
    patternAt += 1;
    steps += 1;
  }
  return { matched: patternAt === pattern.length, steps };
}
