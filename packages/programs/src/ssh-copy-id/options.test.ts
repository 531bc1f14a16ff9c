/** The command line of ssh-copy-id, as 10.5's getopts and 6.6's own loop read it. */
import { expect, test } from 'vitest';
import { parseCommandLine } from './options.ts';

const parse10 = parseCommandLine['10'];
const parse66 = parseCommandLine['6.6'];

test('parseCommandLine 10: -i takes the next word, unless it is an option or the host', () => {
  expect(parse10(['-i', 'key', 'host'])).toEqual({ options: [{ type: 'identity', file: 'key' }], operands: ['host'] });
  expect(parse10(['-i', '-n', 'host']).options).toEqual([{ type: 'identity', file: '' }, { type: 'dry-run' }]);
  expect(parse10(['-i', 'host'])).toEqual({
    options: [{ type: 'identity', file: '', host: 'host' }],
    operands: ['host'],
  });
});

test('parseCommandLine 10: -i at the end is found a second time by getopts', () => {
  expect(parse10(['-i']).options).toEqual([{ type: 'used-twice' }]);
});

test('parseCommandLine 10: flags may be joined, and options end at the host', () => {
  expect(parse10(['-fp22', 'host', '-n'])).toEqual({
    options: [{ type: 'force' }, { type: 'port', port: '22' }],
    operands: ['host', '-n'],
  });
  expect(parse10(['-p']).options).toEqual([{ type: 'missing-argument', flag: 'p' }]);
  expect(parse10(['-zf', 'host']).options[0]).toEqual({ type: 'invalid', option: '-z' });
});

test('parseCommandLine 6.6: options stand behind the host too, and the newer ones are invalid', () => {
  expect(parse66(['host', '-p', '22', '-n'])).toEqual({
    options: [{ type: 'ssh-option', flag: 'p', argument: '22' }, { type: 'dry-run' }],
    operands: ['host'],
  });
  expect(parse66(['-x']).options).toEqual([{ type: 'invalid', option: '-x' }]);
  expect(parse66(['-i', 'key', 'host']).options).toEqual([{ type: 'identity', file: 'key' }]);
});
