/** Arguments that are one word of a list. The words match whatever their case, as OpenSSH's multistate tables do. */
import { accept, refuse, type ArgumentInput, type ArgumentResult, type Grammar } from '../grammar.ts';

/** Values with the words that mean them: the first word is the one that is printed. */
export type Choices<V extends string> = Readonly<Record<V, readonly string[]>>;

function isChoice<V extends string>(choices: Choices<V>, name: string): name is V {
  return Object.hasOwn(choices, name);
}

/** One word: `choice({ yes: ['true', 'yes'], no: ['false', 'no'], ask: ['ask'] })`. */
export function choice<V extends string>(choices: Choices<V>): Grammar<V> {
  const names = Object.keys(choices).filter((name) => isChoice(choices, name));
  return {
    syntax: names.join('|'),
    words: names,
    parse: (input) => {
      const word = input.words[0] ?? '';
      if (word === '') return refuse(input, 'missing-argument', input.texts.missingChoice);
      const found = names.find((name) => choices[name].includes(word.toLowerCase()));
      if (found !== undefined) return accept(found);
      return refuse(input, 'unsupported-option', `unsupported option "${word}".`);
    },
    format: (value) => [choices[value][0] ?? value],
  };
}

/** The `yes`, `no` and more of ssh, which prints them as `true` and `false` where there are more than two. */
export const yes = ['true', 'yes'];
export const no = ['false', 'no'];

function flagOf(yesWords: readonly string[], noWords: readonly string[]): Grammar<boolean> {
  const words = choice({ yes: yesWords, no: noWords });
  return {
    syntax: 'yes|no',
    words: ['yes', 'no'],
    parse: (input) => mapResult(words.parse(input), (value) => value === 'yes'),
    format: (value) => [value ? 'yes' : 'no'],
  };
}

/** yes or no, as ssh reads it: also true and false. */
export const flag = flagOf(yes, no);

/** yes or no, as sshd reads it. */
export const strictFlag = flagOf(['yes'], ['no']);

export function mapResult<A, B>(result: ArgumentResult<A>, convert: (value: A) => B): ArgumentResult<B> {
  return result.ok ? { ok: true, value: convert(result.value), used: result.used } : result;
}

/** A word of a list that has its own complaint, such as a log level. */
export function named<V extends string>(names: readonly V[], complaint: (word: string) => string): Grammar<V> {
  return {
    syntax: names.join('|'),
    words: names,
    parse: (input: ArgumentInput) => {
      const word = input.words[0] ?? '';
      const found = names.find((name) => name.toLowerCase() === word.toLowerCase());
      if (found !== undefined) return accept(found);
      return refuse(input, 'unsupported-option', complaint(word === '' ? '<NONE>' : word));
    },
    format: (value) => [value],
  };
}

const logLevels = ['QUIET', 'FATAL', 'ERROR', 'INFO', 'VERBOSE', 'DEBUG', 'DEBUG1', 'DEBUG2', 'DEBUG3'] as const;
const logLevelWord = named(logLevels, (word) => `unsupported log level '${word}'`);
/** The words that are printed for levels of two names. */
const firstNames: Readonly<Record<string, string>> = { QUIET: 'SILENT', DEBUG1: 'DEBUG' };

export const logLevel: Grammar<(typeof logLevels)[number]> = {
  ...logLevelWord,
  parse: (input) => (input.words[0]?.toUpperCase() === 'SILENT' ? accept('QUIET') : logLevelWord.parse(input)),
  format: (value) => [firstNames[value] ?? value],
};

const locals = ['LOCAL0', 'LOCAL1', 'LOCAL2', 'LOCAL3', 'LOCAL4', 'LOCAL5', 'LOCAL6', 'LOCAL7'] as const;
const facilities = ['DAEMON', 'USER', 'AUTH', 'AUTHPRIV', ...locals] as const;
export const logFacility = named(facilities, (word) => `unsupported log facility '${word}'`);

export const fingerprintHash: Grammar<'MD5' | 'SHA256' | 'SHA384' | 'SHA512' | 'SHA1'> = {
  syntax: 'md5|sha256',
  words: ['md5', 'sha256'],
  parse: (input) => {
    const word = input.words[0] ?? '';
    if (word === '') return refuse(input, 'missing-argument', input.texts.missing(input.keyword));
    const found = (['MD5', 'SHA1', 'SHA256', 'SHA384', 'SHA512'] as const).find((name) => name === word.toUpperCase());
    if (found !== undefined) return accept(found);
    return refuse(input, 'invalid-hash', input.texts.invalidHash(input.keyword, word));
  },
  format: (value) => [value],
};
