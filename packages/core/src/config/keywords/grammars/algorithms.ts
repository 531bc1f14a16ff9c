/** Lists of algorithms, and the changes to the default list that `+`, `-` and `^` make: ssh_config(5) Ciphers. */
import { matchPattern } from '../../patterns/wildcard.ts';
import { cipherNames, kexNames, macNames, signatureNames } from '../algorithm-names.ts';
import { accept, refuse, type ArgumentInput, type Grammar, type GrammarTexts } from '../grammar.ts';

/** `replace` the default list, `append` to it, `remove` from it (patterns), or put names at its `head`. */
export interface AlgorithmList {
  readonly operation: 'replace' | 'append' | 'remove' | 'head';
  readonly names: readonly string[];
}

const operations = { '+': 'append', '-': 'remove', '^': 'head' } as const;
const operators = { append: '+', remove: '-', head: '^', replace: '' } as const;

function parseList(text: string): AlgorithmList {
  const first = text[0];
  if (first === '+' || first === '-' || first === '^') {
    return { operation: operations[first], names: text.slice(1).split(',') };
  }
  return { operation: 'replace', names: text.split(',') };
}

/** The list that holds: the change applied to `defaults`. `known` resolves wildcards in what is added. */
export function applyAlgorithmList(
  list: AlgorithmList | undefined,
  defaults: readonly string[],
  known: readonly string[] = defaults,
): readonly string[] {
  if (list === undefined) return defaults;
  const named = list.names.flatMap((name) =>
    /[*?]/.test(name) ? known.filter((item) => matchPattern(item, name)) : [name],
  );
  if (list.operation === 'remove') {
    return defaults.filter((item) => !list.names.some((name) => matchPattern(item, name)));
  }
  if (list.operation === 'append') return [...new Set([...defaults, ...named])];
  if (list.operation === 'head') return [...new Set([...named, ...defaults])];
  return [...new Set(named)];
}

interface AlgorithmOptions {
  readonly known: readonly string[];
  readonly wildcards: boolean;
  complaint(texts: GrammarTexts, word: string): string;
  before?(name: string): string;
}

function algorithms(options: AlgorithmOptions): Grammar<AlgorithmList> {
  const isKnown = (name: string): boolean =>
    options.known.some((item) => (options.wildcards ? matchPattern(item, name) : item === name));
  return {
    syntax: '[+-^]algorithm,...',
    words: options.known,
    parse: (input: ArgumentInput) => {
      const word = input.words[0] ?? '';
      if (word === '') return refuse(input, 'missing-argument', input.texts.missing(input.keyword));
      const list = parseList(word);
      const bad = list.operation === 'remove' ? undefined : list.names.find((name) => !isKnown(name));
      if (bad === undefined) return accept(list);
      const refused = refuse(input, 'bad-algorithm', options.complaint(input.texts, word));
      if (options.before === undefined) return refused;
      return { ok: false, problem: { ...refused.problem, before: [options.before(bad)] } };
    },
    format: (value) => [operators[value.operation] + value.names.join(',')],
  };
}

export const ciphers = algorithms({
  known: cipherNames,
  wildcards: false,
  complaint: (_texts, word) => `Bad SSH2 cipher spec '${word}'.`,
});

export const macs = algorithms({ known: macNames, wildcards: false, complaint: (texts, word) => texts.badMac(word) });

export const kexAlgorithms = algorithms({
  known: kexNames,
  wildcards: false,
  complaint: (_texts, word) => `Bad SSH2 KexAlgorithms '${word}'.`,
  before: (name) => `Unsupported KEX algorithm "${name}"`,
});

export const signatureAlgorithms = algorithms({
  known: signatureNames,
  wildcards: true,
  complaint: (_texts, word) => `Bad key types '${word}'.`,
});
