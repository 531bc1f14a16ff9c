import { describe, expect, test } from 'vitest';
import { quoteArgument } from '../options/quote-argument.ts';
import { isValidHostname, isValidUser, parseDestination } from './destination.ts';
import { readRequest, type SshRequest } from './options.ts';

function request(...argv: readonly string[]): SshRequest {
  const read = readRequest(['ssh', ...argv], '10');
  if (read.type !== 'request') throw new Error(`not expected: ${read.type}`);
  return read.request;
}

describe('readRequest', () => {
  test('takes options before and behind the destination, then the command', () => {
    const read = request('-p', '2222', 'demo@host', '-v', 'ls', '-l');
    expect(read.lines).toEqual(['Port 2222', 'User demo']);
    expect([read.verbosity, read.destination, read.command]).toEqual([1, { user: 'demo', host: 'host' }, ['ls', '-l']]);
  });

  test('behind -- no options follow the destination', () => {
    expect(request('--', 'host', '-v').command).toEqual(['-v']);
  });

  test('-t twice forces, -T takes back', () => {
    expect([request('-tt', 'h').terminal, request('-tT', 'h').terminal]).toEqual(['force', 'no']);
  });

  test('-v again after -q counts from one', () => {
    expect(request('-q', '-v', 'h').verbosity).toBe(1);
  });

  test('what is wrong, later or asked instead is told', () => {
    expect(readRequest(['ssh', '-V', '-Z-'], '10')).toEqual({ type: 'version' });
    expect(readRequest(['ssh', '-p', '0', 'h'], '10')).toEqual({ type: 'bad', what: 'port', value: '0' });
    expect(readRequest(['ssh', '-e', 'ab', 'h'], '10')).toEqual({ type: 'bad', what: 'escape', value: 'ab' });
    expect(readRequest(['ssh', '-c', 'foo', 'h'], '10')).toEqual({ type: 'bad', what: 'cipher', value: 'foo' });
    expect(request('-c', 'aes128-ctr', 'h').lines).toEqual(['Ciphers aes128-ctr']);
    expect(readRequest(['ssh', '-L', '1:a:2', 'h'], '10')).toEqual({ type: 'later', flag: 'L' });
    expect(readRequest(['ssh', '-G', 'h'], '6.6')).toMatchObject({ type: 'usage', wrong: { flag: 'G' } });
    expect(readRequest(['ssh'], '10')).toEqual({ type: 'usage' });
  });

  test('quoteArgument survives the configuration syntax', () => {
    expect([quoteArgument('plain'), quoteArgument('a "b"\\ #')]).toEqual(['plain', '"a \\"b\\"\\\\ #"']);
  });
});

describe('destinations', () => {
  test('parseDestination knows user@host and ssh://', () => {
    expect(parseDestination('a@b@c')).toEqual({ user: 'a@b', host: 'c' });
    expect(parseDestination('ssh://u@h:22')).toEqual({ user: 'u', host: 'h', port: 22 });
    expect(parseDestination('ssh://[::1]:2200/')).toEqual({ host: '::1', port: 2200 });
    expect([parseDestination('@h'), parseDestination('ssh://h:0'), parseDestination('ssh://h/p')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test.each(['a b', 'a;b', 'a$b', 'a{b', 'a,b', 'a"b', 'a\\b', '-a', "a'b", 'a|b', 'a\tb'])('%j is no host', (host) => {
    expect(isValidHostname(host)).toBe(false);
  });

  test.each(['a!b', 'a*b', 'a#b', 'a%b', 'a[b', 'é', 'b:c'])('%j is one', (host) => {
    expect(isValidHostname(host)).toBe(true);
  });

  test('users likewise', () => {
    expect(['a b', 'a$b', 'a@b'].map(isValidUser)).toEqual([true, true, true]);
    expect(['a;b', 'a -b', 'a\\', '-a', 'a\nb'].map(isValidUser)).toEqual([false, false, false, false, false]);
  });
});
