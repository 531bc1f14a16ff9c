/**
 * What one shell may hold. A machine has a limit of memory at which bash dies; a page has only its own end, so that the limits stand
 * here: far more than scripts for people need, and little beside the memory of a tab.
 */

/** One value. */
export const maximumValueCharacters = 1024 * 1024;
/** All variables together. */
export const maximumVariableCharacters = 16 * 1024 * 1024;
/** All the words of one command, with `wordCharacters` for each: `{1..100000}` is well within. */
export const maximumListCharacters = 4 * 1024 * 1024;
/** What a word costs besides its characters, in characters. */
export const wordCharacters = 16;
/** Functions, eval and sourced files within one another: bash has FUNCNEST, and without it falls over its stack. */
export const maximumNesting = 1000;
/** Comparisons of characters with a pattern, for one match: about a second. */
export const maximumComparisons = 50_000_000;
