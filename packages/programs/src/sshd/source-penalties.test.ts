import { evaluateSshdConfig, type SshdSettings } from '@seashell/core/config';
import { describe, expect, it } from 'vitest';
import { formatPenalties, loginStatuses, SourcePenalties } from './source-penalties.ts';

const { authenticationFailed, graceExceeded, invalidUser } = loginStatuses;

function settingsOf(text: string, version: '10' | '6.6' = '10'): SshdSettings {
  const work = evaluateSshdConfig({ file: { path: 'F', text, scope: 'system' }, options: [], version });
  const step = work.next();
  if (step.done !== true) throw new Error('asked');
  return step.value.settings;
}

const penaltiesOf = (text: string): SourcePenalties => new SourcePenalties(settingsOf(text));

describe('SourcePenalties', () => {
  it('adds up what a source did, in the words of 10.5, and refuses it once that is more than min', () => {
    const penalties = penaltiesOf('');
    const lines = [0, 1, 2, 3].map((now) => penalties.penalise('127.0.0.1', invalidUser, now).map(({ text }) => text));
    const reason = 'penalty: attempted authentication by invalid user';
    expect(lines).toEqual([
      [`srclimit_penalise: ipv4: new 127.0.0.1/32 deferred penalty of 5.000 seconds for ${reason}`],
      ['srclimit_penalise: inactive penalty for ipv4 127.0.0.1/32 already exists, 4 seconds remaining'],
      ['srclimit_penalise: inactive penalty for ipv4 127.0.0.1/32 already exists, 8 seconds remaining'],
      [
        'srclimit_penalise: inactive penalty for ipv4 127.0.0.1/32 already exists, 12 seconds remaining',
        `srclimit_penalise: 127.0.0.1/32: activating ipv4 penalty of 17.000 seconds for ${reason}`,
      ],
    ]);
    expect(penalties.refusal('127.0.0.1', 3)).toBe(reason);
    expect(penalties.refusal('127.0.0.2', 3)).toBeUndefined();
    expect(penalties.refusal('127.0.0.1', 20)).toBeUndefined();
    expect(penalties.penalise('127.0.0.1', authenticationFailed, 21)[0]?.text).toContain('new 127.0.0.1/32 deferred');
  });

  it('grows to max and not beyond it', () => {
    const penalties = penaltiesOf('PerSourcePenalties max:20s min:1s grace-exceeded:15s\n');
    for (const now of [0, 0, 0]) penalties.penalise('192.0.2.1', graceExceeded, now);
    expect(penalties.refusal('192.0.2.1', 19)).toBe('penalty: exceeded LoginGraceTime');
    expect(penalties.refusal('192.0.2.1', 20)).toBeUndefined();
  });

  it('counts blocks of addresses, and spares those of the exempt list', () => {
    const penalties = penaltiesOf(
      'PerSourcePenalties min:1s\nPerSourceNetBlockSize 24:64\nPerSourcePenaltyExemptList 10.0.0.0/8\n',
    );
    penalties.penalise('192.0.2.1', invalidUser, 0);
    expect(penalties.refusal('192.0.2.77', 1)).toBeDefined();
    expect(penalties.penalise('2001:db8:0:0:1::1', invalidUser, 0)[0]?.text).toContain(
      'ipv6: new 2001:db8::/64 active',
    );
    expect(penalties.refusal('2001:db8::2:0:0:1', 1)).toBeDefined();
    expect(penalties.penalise('10.1.2.3', invalidUser, 0)).toEqual([]);
    expect(penalties.refusal('10.1.2.3', 1)).toBeUndefined();
  });

  it('no turns them off, a time of 0 one of them; another status is no offence', () => {
    expect(penaltiesOf('PerSourcePenalties no\n').penalise('192.0.2.1', invalidUser, 0)).toEqual([]);
    expect(penaltiesOf('PerSourcePenalties authfail:0\n').penalise('192.0.2.1', authenticationFailed, 0)).toEqual([]);
    expect(penaltiesOf('').penalise('192.0.2.1', 0, 0)).toEqual([]);
    expect(penaltiesOf('').penalise('UNKNOWN', invalidUser, 0)).toEqual([]);
  });

  it('forgets the one that ends first when there are too many', () => {
    const penalties = penaltiesOf('PerSourcePenalties min:1s max-sources4:2 noauth:2s\n');
    penalties.penalise('192.0.2.1', invalidUser, 0);
    penalties.penalise('192.0.2.2', 255, 0);
    penalties.penalise('192.0.2.3', invalidUser, 1);
    const refused = ['192.0.2.1', '192.0.2.2', '192.0.2.3'].map((each) => penalties.refusal(each, 1.5) !== undefined);
    expect(refused).toEqual([true, false, true]);
  });
});

describe('formatPenalties', () => {
  it('prints what sshd -T of 10.5 prints', () => {
    expect(formatPenalties(settingsOf(''))).toBe(
      'crash:90.000000 authfail:5.000000 noauth:1.000000 invaliduser:5.000000 grace-exceeded:10.000000 refuseconnection:10.000000 max:600.000000 min:15.000000 max-sources4:65536 max-sources6:65536 overflow:permissive overflow6:permissive',
    );
    expect(formatPenalties(settingsOf('PerSourcePenalties authfail:1.5 authfail:3 max:2m\n'))).toMatch(
      /authfail:1\.500000 .* max:120\.000000 /,
    );
    expect(formatPenalties(settingsOf('PerSourcePenalties no\n'))).toBe('no');
  });
});
