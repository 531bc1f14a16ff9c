/**
 * How large an expression and how long a search may be. The search is linear in program times text, so these two bound it;
 * the real ones take all memory or hours instead.
 */

/** RE_DUP_MAX of POSIX, as glibc has it. */
export const largestRepetition = 32_767;

/** Instructions of a program: twice RE_DUP_MAX, so that the largest interval of one character fits. */
export const largestProgram = 65_536;

/** Nesting of groups and repetitions, for parser and compiler go down by recursion. */
export const deepestNesting = 500;

/** Steps of one search: some seconds. A megabyte of text with a program of thirty instructions fits. */
export const mostSteps = 30_000_000;

/** Steps of one search with back-references, which can only be tried one after the other: the same time. */
export const mostBacktrackingSteps = 3_000_000;
