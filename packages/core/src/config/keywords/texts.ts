/** The words of ssh and of sshd for bad arguments: messages of OpenSSH 10.5's readconf.c and servconf.c. */
import type { GrammarTexts } from './grammar.ts';

export const sshTexts: GrammarTexts = {
  fatal: false,
  missing: () => 'Missing argument.',
  missingChoice: 'missing argument.',
  missingTime: 'missing time value.',
  missingFile: 'Missing argument.',
  missingPort: 'Missing argument.',
  badPort: (text) => `Bad port '${text}'.`,
  integer: (_keyword, why) => `integer value ${why}.`,
  badNumber: (_keyword, text, why) => `Bad number '${text}': ${why}`,
  tooSmall: () => 'RekeyLimit too small',
  badMask: () => 'Bad mask.',
  invalidHash: (_keyword, text) => `Invalid hash algorithm "${text}".`,
  badMac: (text) => `Bad SSH2 MAC spec '${text}'.`,
};

export const sshdTexts: GrammarTexts = {
  fatal: true,
  missing: (keyword) => `${keyword} missing argument.`,
  missingChoice: 'missing argument.',
  missingTime: 'missing time value.',
  missingFile: 'missing file name.',
  missingPort: 'missing port number.',
  badPort: () => 'Badly formatted port number.',
  integer: (keyword, why) => `${keyword} integer value ${why}.`,
  badNumber: (keyword, text, why) => `Bad ${keyword} number '${text}': ${why}`,
  tooSmall: (keyword) => `${keyword} too small`,
  badMask: (keyword) => `Invalid ${keyword}.`,
  invalidHash: (keyword, text) => `Invalid ${keyword} algorithm "${text}".`,
  badMac: (text) => `Bad SSH2 mac spec '${text}'.`,
};
