/** SECURITY.md, Configuration and limits: nothing runs, resolves or reads because a file was parsed; nothing hangs or is lost. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  configLimits,
  evaluateSshConfig,
  evaluateSshdConfig,
  matchPattern,
  parseConfig,
  printConfig,
  type ConfigRequest,
} from '../src/config/index.ts';
import { matchCounting } from '../src/config/patterns/wildcard.ts';
import { parseAuthorizedKeys, parseKnownHosts, parseShadow, printLines } from '../src/files/index.ts';

const expressions = new Map([
  ['*', '.*'],
  ['?', '.'],
  ['.', '\\.'],
]);
const facts = { localUser: 'demo', userId: 1000, homeDirectory: '/home/demo', localHostname: 'laptop' };

function evaluate(text: string, host = 'h', refuse?: (request: ConfigRequest) => void) {
  const files = [{ path: 'F', text, scope: 'user' }] as const;
  const run = evaluateSshConfig({ host, options: [], files, facts, version: '10' });
  let step = run.next();
  while (step.done !== true) {
    refuse?.(step.value);
    step = run.next({ type: 'include', files: [{ path: 'F', text }] });
  }
  return step.value;
}

describe('matchPattern', () => {
  it('takes steps linear in pattern times text, however many stars', () => {
    for (const size of [60, 600, 6000]) {
      const text = 'a'.repeat(size);
      const pattern = `${'*a'.repeat(10)}*b`;
      const { matched, steps } = matchCounting(text, pattern);
      expect(matched).toBe(false);
      expect(steps).toBeLessThanOrEqual((text.length + 1) * (pattern.length + 1));
    }
  });

  it('agrees with a regular expression', () => {
    const letters = fc.array(fc.constantFrom('a', 'b', '.'), { maxLength: 12 });
    const pattern = fc.array(fc.constantFrom('a', 'b', '.', '*', '?'), { maxLength: 8 });
    fc.assert(
      fc.property(letters, pattern, (text, parts) => {
        const source = parts.map((part) => expressions.get(part) ?? part).join('');
        return matchPattern(text.join(''), parts.join('')) === new RegExp(`^${source}$`, 's').test(text.join(''));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a hostile configuration', () => {
  it('that includes itself ends at depth 16', () => {
    let asked = 0;
    const { printed } = evaluate('Include F\n', 'h', () => (asked += 1));
    expect(printed).toEqual(['Too many recursive configuration includes']);
    expect(asked).toBe(configLimits.includeDepth + 1);
  });

  it('with 250,000 patterns in one line gets a diagnostic, and the rest is read', () => {
    const text = `Host ${'a '.repeat(250_000)}\nHost *\nPort 9\n`;
    const tree = parseConfig(text);
    expect(tree.diagnostics.map(({ code }) => code)).toEqual(['line-too-long']);
    expect(tree.lines.map(({ type }) => type)).toEqual(['unread', 'directive', 'directive']);
    expect(printConfig(tree)).toBe(text);
    const { settings, failed } = evaluate(text);
    expect([settings.get('Port'), failed]).toEqual([9, true]);
  });

  it('with too many patterns in a line of allowed length is refused there', () => {
    expect(evaluate(`Host ${'a '.repeat(10_001)}\n`).printed[0]).toBe('F line 1: too many arguments');
  });

  it('of a million blank lines is read whole', () => {
    const text = `${'\n'.repeat(1_000_000)}Port 9\n`;
    expect(evaluate(text).settings.get('Port')).toBe(9);
    expect(parseConfig(text).lines.at(-1)?.number).toBe(1_000_001);
  });

  it('with a value of 1 MB is kept, not read, and refused', () => {
    const text = `User ${'x'.repeat(1_000_000)}\n`;
    expect(printConfig(parseConfig(text))).toBe(text);
    expect(evaluate(text).failed).toBe(true);
  });

  it('longer than a file may be is cut with a diagnostic', () => {
    const limits = { ...configLimits, fileBytes: 20 };
    const text = 'Port 9\nUser a\nUser b\nUser c\n';
    const tree = parseConfig(text, limits);
    expect(tree.diagnostics.map(({ code }) => code)).toEqual(['file-too-large']);
    expect(printConfig(tree)).toBe(text);
  });

  it('asks for nothing but what Include and Match exec ask for', () => {
    const text = 'ProxyCommand rm -rf x\nLocalCommand y\nHostName $(z)\nKnownHostsCommand w\nIdentityFile |v\n';
    const asked: ConfigRequest[] = [];
    evaluate(text, 'h', (request) => asked.push(request));
    expect(asked).toEqual([]);
  });

  it('does not run Match exec in an included file that cannot match', () => {
    const included = 'Match exec "evil"\nPort 9\n';
    const files = [{ path: 'F', text: 'Host other\nInclude I\n', scope: 'user' }] as const;
    const run = evaluateSshConfig({ host: 'h', options: [], files, facts, version: '10' });
    expect(run.next().value).toMatchObject({ type: 'include' });
    expect(run.next({ type: 'include', files: [{ path: 'I', text: included }] }).done).toBe(true);
  });

  it('keeps names of prototypes apart from keywords, criteria and tokens', () => {
    expect(evaluate('__proto__ x\n').printed[0]).toBe('F: line 1: Bad configuration option: __proto__');
    expect(evaluate('Match constructor x\n').printed[0]).toBe('Unsupported Match attribute constructor');
    const run = evaluateSshdConfig({
      options: [],
      file: { path: 'F', text: 'Match __proto__ x\n', scope: 'system' },
      version: '10',
    });
    const step = run.next();
    expect(step.done === true && step.value.printed[0]).toBe('Unsupported Match attribute __proto__');
  });

  it('ends a line at NUL and shows marks of text direction', () => {
    expect(evaluate('User a\0b\n').settings.get('User')).toBe('a');
    expect(parseConfig('User a\0b\nUser \u202ea\n').diagnostics.map(({ code }) => code)).toEqual([
      'nul-character',
      'bidirectional-mark',
    ]);
  });

  it('never makes evaluation throw', () => {
    const piece = fc.constantFrom(
      'Host',
      'Match',
      'Port',
      'User',
      'Include',
      'LocalForward',
      'ProxyJump',
      ' ',
      '=',
      '"',
      '\n',
      '*',
      '!',
      '%h',
      '${A}',
      '[',
      ':',
      '1',
      'x,',
      '\0',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        evaluate(pieces.join(''));
        const text = pieces.join('');
        const run = evaluateSshdConfig({ options: [], file: { path: 'F', text, scope: 'system' }, version: '10' });
        while (run.next({ type: 'include', files: [] }).done !== true);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('line files', () => {
  const piece = fc.constantFrom(
    'h ',
    '|1|',
    '@revoked ',
    'ssh-ed25519 ',
    'AAAA',
    '"',
    '\\"',
    ',',
    'command=',
    'no-pty',
    '#',
    '\n',
    '\r\n',
    '\0',
    ':',
    '$6$',
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(piece).map((pieces) => pieces.join('')),
  );

  it.each([
    ['parseKnownHosts', parseKnownHosts],
    ['parseAuthorizedKeys', parseAuthorizedKeys],
    ['parseShadow', parseShadow],
  ])('%s gives back every text when printed', (_name, parse) => {
    fc.assert(
      fc.property(text, (sample) => printLines(parse(sample)) === sample),
      { numRuns: 1000 },
    );
  });
});
