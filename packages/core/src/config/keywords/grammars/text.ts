/** Words, lists of words, and rests of lines. */
import { accept, refuse, refuseWith, type ArgumentInput, type Grammar } from '../grammar.ts';

/** One word. */
export const text: Grammar<string> = {
  syntax: 'word',
  parse: (input) => {
    const word = input.words[0] ?? '';
    return word === '' ? refuse(input, 'missing-argument', input.texts.missing(input.keyword)) : accept(word);
  },
  format: (value) => [value],
};

/** One file name. */
export const file: Grammar<string> = {
  syntax: 'file',
  parse: (input) => {
    const word = input.words[0] ?? '';
    return word === '' ? refuse(input, 'missing-argument', input.texts.missingFile) : accept(word);
  },
  format: (value) => [value],
};

/** One file name per line, of a keyword that collects. */
export const files: Grammar<readonly string[]> = {
  syntax: 'file',
  parse: (input) => {
    const result = file.parse(input);
    return result.ok ? accept([result.value]) : result;
  },
  format: (values) => values,
};

/** The rest of the line as written, quotes and all: a command for the shell. */
export const command: Grammar<string> = {
  syntax: 'command',
  parse: (input) => accept(input.rest.replace(/^[\s=]+/, ''), input.words.length),
  format: (value) => [value],
};

export interface WordListOptions {
  readonly syntax: string;
  /** A word that must stand alone, such as `none`. */
  readonly alone?: string;
  /** Whether `ssh -G` prints one word per line. */
  readonly oneByLine?: boolean;
}

/** One word or more, none of them empty. */
export function wordList(options: WordListOptions): Grammar<readonly string[]> {
  return {
    syntax: options.syntax,
    ...(options.alone === undefined ? {} : { words: [options.alone] }),
    parse: (input) => {
      const problem = wordListProblem(input, options.alone);
      if (problem !== undefined) return refuseWith({ code: 'bad-list', message: problem, fatal: false });
      return accept(input.words, input.words.length);
    },
    format: (values) => (options.oneByLine === true ? values : [values.join(' ')]),
  };
}

function wordListProblem(input: ArgumentInput, alone: string | undefined): string | undefined {
  if (input.words.includes('')) return `keyword ${input.keyword} empty argument`;
  const isAlone = (word: string): boolean => word.toLowerCase() === alone;
  if (input.words.length > 1 && input.words.some(isAlone)) {
    return `keyword ${input.keyword} "${alone}" argument must appear alone.`;
  }
  return undefined;
}

/** Names of environment variables, with wildcards. In ssh a leading `-` takes names away again. */
export const environmentNames: Grammar<readonly string[]> = {
  syntax: 'name...',
  parse: (input) => {
    if (input.words.some((word) => word === '' || word.includes('='))) {
      return refuse(input, 'invalid-environment-name', 'Invalid environment name.');
    }
    return accept(input.words, input.words.length);
  },
  format: (values) => values,
};

/** `NAME=value` pairs. */
export function environmentSettings(complaint: string): Grammar<readonly string[]> {
  return {
    syntax: 'name=value...',
    parse: (input) => {
      if (input.words.some((word) => !/^[^=]+=/.test(word))) return refuse(input, 'invalid-environment', complaint);
      return accept(input.words, input.words.length);
    },
    format: (values) => values,
  };
}
