/** Arguments with a form of their own that ssh_config and sshd_config both have. */
import { accept, refuse, refuseWith, type Grammar } from '../grammar.ts';
import { parseTime } from './time.ts';

const classes = Array.from({ length: 8 }, (_unused, index) => `cs${index}`);
const assured = [1, 2, 3, 4].flatMap((group) => [1, 2, 3].map((drop) => `af${group}${drop}`));
const qualityNames: readonly string[] = [
  ...assured,
  ...classes,
  'ef',
  'le',
  'va',
  'lowdelay',
  'throughput',
  'reliability',
  'none',
];

function isQuality(word: string): boolean {
  return qualityNames.includes(word.toLowerCase()) || (/^(?:0x[0-9a-f]+|\d+)$/i.test(word) && Number(word) <= 255);
}

/** IPQoS: a class for interactive sessions and one for others; one alone stands for both. */
export const ipQos: Grammar<readonly [interactive: string, other: string]> = {
  syntax: 'class [class]',
  words: qualityNames,
  parse: (input) => {
    const [first = '', second] = input.words;
    for (const word of [first, second ?? first]) {
      if (!isQuality(word)) return refuse(input, 'bad-ipqos', `Bad IPQoS value: ${word}`);
    }
    return accept([first, second ?? first], second === undefined ? 1 : 2);
  },
  format: (value) => [value.map((word) => word.toLowerCase()).join(' ')],
};

/** ChannelTimeout: `type=time` items, or `none`. */
export const channelTimeouts: Grammar<readonly string[]> = {
  syntax: 'type=time...|none',
  words: ['none', 'session=', 'global='],
  parse: (input) => {
    if (input.words.some((word) => word.toLowerCase() === 'none') && input.words.length > 1) {
      return refuseWith({
        code: 'not-alone',
        message: `keyword ${input.keyword} "none" argument must appear alone.`,
        fatal: false,
      });
    }
    for (const word of input.words) {
      const match = /^([^=]+)=(.+)$/.exec(word);
      if (word.toLowerCase() !== 'none' && (match === null || parseTime(match[2] ?? '') === undefined)) {
        return refuseWith({ code: 'bad-channel-timeout', message: `invalid channel timeout ${word}`, fatal: true });
      }
    }
    return accept(input.words, input.words.length);
  },
  format: (values) => [values.join(' ')],
};

/** VersionAddendum: the rest of the line, or `none`. */
export const versionAddendum: Grammar<string> = {
  syntax: 'text|none',
  words: ['none'],
  parse: (input) => {
    if (input.rest.includes('\r')) {
      return refuseWith({ code: 'invalid-argument', message: `Invalid ${input.keyword} argument`, fatal: true });
    }
    return accept(input.rest, input.words.length);
  },
  format: (value) => [value],
};
