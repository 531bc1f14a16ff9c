/** Reads the words of a Match line into criteria. What ssh and sshd have in common; their rules say where they differ. */

/** One criterion of a Match line, its argument read but not looked at. */
export interface Criterion {
  /** In lower case. */
  readonly name: string;
  readonly negated: boolean;
  readonly argument: string;
}

export interface CriteriaProblem {
  readonly message: string;
  /** Whether file and line stand before the message. */
  readonly place: 'line' | 'none';
  /** The program ends at once, without a word about the Match line. */
  readonly fatal?: true;
}

export type CriteriaResult =
  | { readonly ok: true; readonly criteria: readonly Criterion[] }
  | { readonly ok: false; readonly problem: CriteriaProblem };

export interface CriteriaRules {
  /** Criteria that take no argument; `all` must come last. */
  readonly flags: readonly string[];
  readonly withArgument: readonly string[];
  /** Criteria whose argument may be empty. */
  readonly emptyAllowed: readonly string[];
  /** Whether `!` may stand before a criterion. */
  readonly negatable: boolean;
  /** How many criteria may stand before `all`. */
  readonly mostBeforeAll: number;
  /** An argument is missing; `word` is the criterion as written. */
  missing(word: string): CriteriaProblem;
  notCombinable(word: string): CriteriaProblem;
  /** What is wrong with an argument, if anything. */
  check(name: string, argument: string, lineNumber: number): CriteriaProblem | undefined;
}

interface CriterionWord {
  /** Up to the `=`, if there is one. */
  readonly word: string;
  readonly name: string;
  readonly negated: boolean;
  readonly inline: string | undefined;
}

/** Reads the words after `Match`. */
export function readCriteria(words: readonly string[], lineNumber: number, rules: CriteriaRules): CriteriaResult {
  const criteria: Criterion[] = [];
  let at = 0;
  while (at < words.length) {
    const { word, name, negated, inline } = splitCriterion(words[at] ?? '', rules);
    at += 1;
    const isFlag = inline === undefined && rules.flags.includes(name);
    if (isFlag && name === 'all' && (criteria.length > rules.mostBeforeAll || at < words.length)) {
      return { ok: false, problem: rules.notCombinable(word) };
    }
    const argument = isFlag ? '' : (inline ?? words[at]);
    if (!isFlag && inline === undefined) at += 1;
    const problem = isFlag ? undefined : argumentProblem({ word, name, argument, lineNumber }, rules);
    if (problem !== undefined) return { ok: false, problem };
    criteria.push({ name, negated, argument: argument ?? '' });
  }
  if (criteria.length > 0) return { ok: true, criteria };
  return { ok: false, problem: { message: 'One or more attributes required for Match', place: 'none' } };
}

function splitCriterion(text: string, rules: CriteriaRules): CriterionWord {
  const equals = text.indexOf('=');
  const word = equals === -1 ? text : text.slice(0, equals);
  const negated = rules.negatable && word.startsWith('!');
  const name = (negated ? word.slice(1) : word).toLowerCase();
  return { word, name, negated, inline: equals === -1 ? undefined : text.slice(equals + 1) };
}

interface ArgumentFacts {
  readonly word: string;
  readonly name: string;
  readonly argument: string | undefined;
  readonly lineNumber: number;
}

function argumentProblem(facts: ArgumentFacts, rules: CriteriaRules): CriteriaProblem | undefined {
  const { word, name, argument, lineNumber } = facts;
  if (argument === undefined) return rules.missing(word);
  if (argument === '' && !rules.emptyAllowed.includes(name)) {
    return { message: `Missing Match criteria for ${word}`, place: 'none' };
  }
  if (!rules.withArgument.includes(name)) return { message: `Unsupported Match attribute ${word}`, place: 'none' };
  return rules.check(name, argument, lineNumber);
}
