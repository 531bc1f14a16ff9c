import { describe, expect, it } from 'vitest';
import { evaluateSshConfig, type SshConfigInput } from './client.ts';
import type { ConfigAnswer, ConfigRequest, Evaluation } from './evaluation.ts';
import type { SshConfigValues } from '../keywords/ssh-config.ts';

const facts = { localUser: 'demo', userId: 1000, homeDirectory: '/home/demo', localHostname: 'laptop.example.com' };

type Answers = (request: ConfigRequest) => ConfigAnswer;

const refuseAll: Answers = (request) => {
  throw new Error(`not expected: ${request.type}`);
};

function evaluate(
  text: string,
  more: Partial<SshConfigInput> = {},
  answer: Answers = refuseAll,
): Evaluation<SshConfigValues> {
  const files = [{ path: 'F', text, scope: 'user' }] as const;
  const run = evaluateSshConfig({ host: 'testhost', options: [], files, facts, version: '10', ...more });
  let step = run.next();
  while (step.done !== true) step = run.next(answer(step.value));
  return step.value;
}

describe('evaluateSshConfig', () => {
  it('takes the first value, and says which lost and why', () => {
    const { settings } = evaluate('Host *\n  Port 1\nHost test*\n  Port 2\nHost other\n  Port 3\n');
    expect(settings.get('Port')).toBe(1);
    const { winners, losers } = settings.provenance('Port');
    expect(winners.map(({ value, place }) => [value, place.file, place.line, place.block?.text])).toEqual([
      [1, 'F', 2, 'Host *'],
    ]);
    expect(losers.map(({ value, reason }) => [value, reason])).toEqual([
      [2, 'an-earlier-value-won'],
      [3, 'block-does-not-match'],
    ]);
  });

  it('reads options before files and collects what collects', () => {
    const { settings } = evaluate('Port 5\nSendEnv A B\nSendEnv -A\nLocalForward 80 h:90\n', {
      options: ['Port=4', 'SendEnv=C'],
    });
    expect(settings.get('Port')).toBe(4);
    expect(settings.get('SendEnv')).toEqual(['C', 'B']);
    expect(settings.format('LocalForward')).toEqual(['80 [h]:90']);
  });

  it('gives the defaults of the version', () => {
    expect(evaluate('').settings.get('CheckHostIP')).toBe(false);
    expect(evaluate('', { version: '6.6' }).settings.get('CheckHostIP')).toBe(true);
  });

  it.each([
    ['Hostnme x', ['F: line 1: Bad configuration option: hostnme', 'F: terminating, 1 bad configuration options']],
    ['Port abc', ["F line 1: Bad port 'abc'.", 'F: terminating, 1 bad configuration options']],
    ['Port', ['F line 1: no argument after keyword "port"', 'F: terminating, 1 bad configuration options']],
    ['ForwardX11 maybe', ['F line 1: unsupported option "maybe".', 'F: terminating, 1 bad configuration options']],
    [
      'HostName a b',
      ['F line 1: keyword hostname extra arguments at end of line', 'F: terminating, 1 bad configuration options'],
    ],
    ['User "x', ['F line 1: invalid quotes', 'F: terminating, 1 bad configuration options']],
    [
      'Match foo bar',
      [
        'Unsupported Match attribute foo',
        'F line 1: Bad Match condition',
        'F: terminating, 1 bad configuration options',
      ],
    ],
    [
      'KexAlgorithms +foo',
      [
        'Unsupported KEX algorithm "foo"',
        "F line 1: Bad SSH2 KexAlgorithms '+foo'.",
        'F: terminating, 1 bad configuration options',
      ],
    ],
    ['GSSAPIAuthentication yes', ['F line 1: Unsupported option "gssapiauthentication"']],
    ['UseRoaming no', []],
    ['ChannelTimeout foo\nFoo x', ['F line 1: invalid channel timeout foo']],
  ])('prints what ssh prints about %j', (text, printed) => {
    expect(evaluate(text).printed).toEqual(printed);
  });

  it('asks for the files of Include, and ends their blocks with them', () => {
    const asked: ConfigRequest[] = [];
    const { settings } = evaluate('Include conf.d/*\nUser a\n', {}, (request) => {
      asked.push(request);
      return { type: 'include', files: [{ path: 'I', text: 'Host other\n Port 9\n' }] };
    });
    expect(asked).toEqual([{ type: 'include', pattern: '/home/demo/.ssh/conf.d/*' }]);
    expect(settings.get('User')).toBe('a');
    expect(settings.get('Port')).toBe(22);
  });

  it('ends an Include of itself at depth 16', () => {
    const { printed, failed } = evaluate('Include F\n', {}, () => ({
      type: 'include',
      files: [{ path: 'F', text: 'Include F\n' }],
    }));
    expect([printed, failed]).toEqual([['Too many recursive configuration includes'], true]);
  });

  it('asks for Match exec with tokens expanded, and not after a criterion that fails', () => {
    const text = 'Match user nobody exec "no"\n User x\nMatch host testhost exec "check %h %p"\n User y\n';
    const asked: ConfigRequest[] = [];
    const { settings } = evaluate(text, {}, (request) => {
      asked.push(request);
      return { type: 'match-exec', exitStatus: 0 };
    });
    expect(asked).toEqual([{ type: 'match-exec', command: 'check testhost 22' }]);
    expect(settings.get('User')).toBe('y');
  });

  it('reads the files again for Match final, with the name that HostName gave', () => {
    const text = 'Host testhost\n HostName %h.X.com\nMatch final host *.x.com\n User f\nHost testhost.x.com\n Port 3\n';
    const { settings } = evaluate(text);
    expect([settings.get('User'), settings.get('Port')]).toEqual(['f', 3]);
  });
});
