import { describe, expect, it } from 'vitest';
import type { Evaluation } from './evaluation.ts';
import { evaluateSshdConfig, type SshdConfigInput } from './server.ts';
import type { ConnectionFacts } from './server-match.ts';
import type { SshdConfigValues } from '../keywords/sshd-config.ts';

const connection: ConnectionFacts = {
  user: 'demo',
  groups: ['demo', 'sudo'],
  host: 'laptop.example.com',
  address: '192.0.2.10',
  localAddress: '203.0.113.10',
  localPort: 22,
};

function evaluate(
  text: string,
  more: Partial<SshdConfigInput> = {},
  included: Readonly<Record<string, string>> = {},
): Evaluation<SshdConfigValues> {
  const run = evaluateSshdConfig({ options: [], file: { path: 'F', text, scope: 'system' }, version: '10', ...more });
  let step = run.next();
  while (step.done !== true) {
    const request = step.value;
    const file = request.type === 'include' ? included[request.pattern] : undefined;
    const files = request.type === 'include' && file !== undefined ? [{ path: request.pattern, text: file }] : [];
    step = run.next({ type: 'include', files });
  }
  return step.value;
}

describe('evaluateSshdConfig', () => {
  it('takes the first value outside of blocks and collects what collects', () => {
    const { settings } = evaluate('PasswordAuthentication no\nPasswordAuthentication yes\nPort 22\nPort 4444\n');
    expect([settings.get('PasswordAuthentication'), settings.get('Port')]).toEqual([false, [22, 4444]]);
  });

  it('lets a Match block override for its connections only', () => {
    const text = 'PermitRootLogin no\nMatch Address 192.0.2.0/24 User demo,x\n  PermitRootLogin yes\n';
    expect(evaluate(text).settings.get('PermitRootLogin')).toBe('no');
    const { settings } = evaluate(text, { connection });
    expect(settings.get('PermitRootLogin')).toBe('yes');
    expect(settings.provenance('PermitRootLogin').losers.map(({ value, reason }) => [value, reason])).toEqual([
      ['no', 'a-match-block-won'],
    ]);
    const elsewhere = { connection: { ...connection, address: '10.0.0.1' } };
    expect(evaluate(text, elsewhere).settings.get('PermitRootLogin')).toBe('no');
  });

  it('applies Match all from the start', () => {
    expect(evaluate('Match all\n PermitTTY no\n').settings.get('PermitTTY')).toBe(false);
  });

  it('matches groups, with a negation that settles it', () => {
    expect(evaluate('Match Group sudo\n PermitTTY no\n', { connection }).settings.get('PermitTTY')).toBe(false);
    expect(evaluate('Match Group !demo,sudo\n PermitTTY no\n', { connection }).settings.get('PermitTTY')).toBe(true);
  });

  it('applies the blocks of an included file, and not under a block that does not match', () => {
    const included = { '/etc/ssh/a.conf': 'Match User demo\n PermitTTY no\n' };
    expect(evaluate('Include a.conf\n', { connection }, included).settings.get('PermitTTY')).toBe(false);
    expect(evaluate('Match User x\nInclude a.conf\n', { connection }, included).settings.get('PermitTTY')).toBe(true);
  });

  it.each([
    ['Foo bar', ['F: line 1: Bad configuration option: Foo', 'F: terminating, 1 bad configuration options']],
    ['PasswordAuthentication maybe', ['F line 1: unsupported option "maybe".']],
    ['Port abc', ['F line 1: Badly formatted port number.']],
    ['UsePrivilegeSeparation yes', ['F line 1: Deprecated option UsePrivilegeSeparation']],
    ['Match User demo\n Port 23', ["F line 2: Directive 'Port' is not allowed within a Match block"]],
    ['Match Foo bar', ['Unsupported Match attribute Foo', 'F line 1: Bad Match condition']],
    ['Match User', ['Missing Match criteria for User', 'F line 1: Bad Match condition']],
    ['Match Address 10.0.0.0/33', ["Invalid Match address argument '10.0.0.0/33' at line 1"]],
    ['MaxAuthTries x', ['F line 1: MaxAuthTries integer value invalid.']],
    ['MaxStartups 10:30', ['F line 1: Invalid MaxStartups spec.']],
    ['ListenAddress 1.2.3.4:abc', ['F line 1: bad port number']],
    [
      'AuthenticationMethods foo',
      ['Unknown authentication method "foo" in list', 'F line 1: invalid AuthenticationMethods method list.'],
    ],
    ['PermitOpen foo', ['F line 1: PermitOpen bad port number']],
    ['X11DisplayOffset -1', ['F line 1: X11DisplayOffset integer value too small.']],
    ['PerSourcePenalties foo:10', ['F line 1: unsupported PerSourcePenalties keyword foo:10']],
    ['GSSAPIAuthentication yes', ['F line 1: Unsupported option GSSAPIAuthentication']],
  ])('prints what sshd prints about %j', (text, printed) => {
    expect(evaluate(text).printed).toEqual(printed);
  });
});
