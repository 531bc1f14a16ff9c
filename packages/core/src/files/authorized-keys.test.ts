import { describe, expect, it } from 'vitest';
import { parseKeyOptions, type AuthorizedKeyOptions } from './authorized-keys-options.ts';
import { parseAuthorizedKeys } from './authorized-keys.ts';

const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPfTifJ8g/Z+wiNXO2JgBmHCxae3d+wXHt0LP96qLZoO';

function options(text: string): AuthorizedKeyOptions {
  const result = parseKeyOptions(text);
  if (!result.ok) throw new Error(result.message);
  return result.options;
}

describe('parseAuthorizedKeys', () => {
  it('reads keys with and without options, and passes over the rest', () => {
    const text = `# comment\n\n${key} demo@laptop\n  no-pty,command="echo \\"a b\\"" ${key}\nnonsense\n`;
    const file = parseAuthorizedKeys(text);
    expect(file.lines.map(({ type }) => type)).toEqual(['comment', 'blank', 'entry', 'entry', 'invalid']);
    const entries = file.lines.filter((line) => line.type === 'entry');
    expect(entries.map(({ comment, options: { pty, command } }) => ({ comment, pty, command }))).toEqual([
      { comment: 'demo@laptop', pty: true, command: undefined },
      { comment: '', pty: false, command: 'echo "a b"' },
    ]);
  });

  it('refuses a line whose options cannot be honoured', () => {
    const file = parseAuthorizedKeys(`no-pty,frobnicate ${key}\n`);
    expect(file.lines.map(({ type }) => type)).toEqual(['invalid']);
    expect(file.diagnostics.map(({ message }) => message)).toEqual(['bad key options: unknown key option']);
  });

  it('refuses a key whose label is not that of its blob', () => {
    expect(parseAuthorizedKeys(key.replace('ssh-ed25519', 'ssh-rsa')).lines[0]?.type).toBe('invalid');
  });
});

describe('parseKeyOptions', () => {
  it('takes away with restrict and gives back what stands after it', () => {
    const { restrict, pty, portForwarding, agentForwarding, userRc } = options('restrict,pty,X11-forwarding');
    expect({ restrict, pty, portForwarding, agentForwarding, userRc }).toEqual({
      restrict: true,
      pty: true,
      portForwarding: false,
      agentForwarding: false,
      userRc: false,
    });
  });

  it('keeps the first value of an environment variable and the earliest expiry', () => {
    const parsed = options('environment="A=1",environment="A=2",expiry-time="20300102Z",expiry-time="202901020304Z"');
    expect([...parsed.environment]).toEqual([['A', '1']]);
    expect(parsed.expires).toBe(BigInt(Date.UTC(2029, 0, 2, 3, 4) / 1000));
  });

  it('takes an expiry without Z in the zone given, with Z in UTC', () => {
    const text = `expiry-time="20300102Z" ${key}\nexpiry-time="20300102" ${key}\n`;
    const { lines } = parseAuthorizedKeys(text, () => 3600);
    const midnight = BigInt(Date.UTC(2030, 0, 2) / 1000);
    expect(lines).toMatchObject([{ options: { expires: midnight } }, { options: { expires: midnight - 3600n } }]);
  });

  it('reads permissions', () => {
    const parsed = options('permitopen="h:80",permitopen="[::1]:*",permitlisten="8080"');
    expect(parsed.permitOpen).toEqual([
      { host: 'h', port: 80 },
      { host: '::1', port: '*' },
    ]);
    expect(parsed.permitListen).toEqual([{ host: '*', port: 8080 }]);
  });

  it.each([
    ['ptyx', 'unknown key option'],
    ['no-restrict', 'unknown key option'],
    ['pty,', 'unexpected end-of-options'],
    ['command=x', 'missing start quote'],
    ['command="x', 'missing end quote'],
    ['command="x",command="y"', 'multiple "command" clauses'],
    ['from="x",from="y"', 'multiple "from" clauses'],
    ['expiry-time="20301399"', 'invalid expires time'],
    ['expiry-time="never"', 'invalid expires time'],
    ['environment="x"', 'invalid environment string'],
    ['environment="a-b=c"', 'invalid environment string'],
    ['permitopen="h"', 'invalid permission port'],
    ['tunnel="x"', 'invalid tun device'],
    ['__proto__="x"', 'unknown key option'],
  ])('refuses %s with "%s"', (text, message) => {
    expect(parseKeyOptions(text)).toEqual({ ok: false, message });
  });
});
