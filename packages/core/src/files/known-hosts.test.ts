import { describe, expect, it } from 'vitest';
import {
  formatKnownHost,
  knownHostsName,
  lookUpHostKey,
  otherNamesOfKey,
  parseKnownHosts,
  removeKnownHost,
} from './known-hosts.ts';
import { readLineKey, type LineKey } from './public-key-line.ts';

function keyOf(text: string): LineKey {
  const read = readLineKey(text);
  if (read === undefined) throw new Error('no key');
  return read.key;
}

const textA = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPfTifJ8g/Z+wiNXO2JgBmHCxae3d+wXHt0LP96qLZoO';
const textB = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB4e8j4+8yfXGDloIgnzr/SNeURB3+l5OLMzJOHdMEtI';
const [keyA, keyB] = [keyOf(textA), keyOf(textB)];
const sources = (text: string) => [{ path: 'K', file: parseKnownHosts(text) }];
const status = (text: string, name: string) => lookUpHostKey(sources(text), name, keyA).status;

describe('lookUpHostKey', () => {
  it.each([
    [`h ${textA}\n`, 'h', 'found'],
    [`H,other ${textA}\n`, 'h', 'found'],
    [`h ${textB}\n`, 'h', 'changed'],
    [`h ${textB}\nh ${textA}\n`, 'h', 'found'],
    [`other ${textA}\n`, 'h', 'new'],
    [`@revoked * ${textA}\nh ${textA}\n`, 'h', 'revoked'],
    [`@cert-authority h ${textA}\n`, 'h', 'new'],
    [`@nonsense h ${textA}\n`, 'h', 'new'],
    [`!h,* ${textA}\n`, 'h', 'new'],
    [`h ${textA}\n`, '[h]:2222', 'new'],
    [`[h]:2222 ${textA}\n`, '[h]:2222', 'found'],
    [`h ssh-ed25519 AAAA\n`, 'h', 'new'],
  ])('of %j for %s is %s', (text, name, expected) => {
    expect(status(text, name)).toBe(expected);
  });

  it('names the line that is in the way', () => {
    const found = lookUpHostKey(sources(`x ${textA}\nh ${textB}\n`), 'h', keyA);
    expect(found.status === 'changed' && [found.at.path, found.at.entry.number]).toEqual(['K', 2]);
  });
});

describe('formatKnownHost', () => {
  it('hashes a name so that it is found again, and by no other name', () => {
    const line = formatKnownHost({ names: ['h'], key: keyA, salt: new Uint8Array(20).fill(7) });
    expect(line).toMatch(/^\|1\|BwcHBwcHBwcHBwcHBwcHBwcHBwc=\|[A-Za-z0-9+/]{27}= ssh-ed25519 /);
    expect([status(line, 'h'), status(line, 'i')]).toEqual(['found', 'new']);
  });
});

describe('knownHostsName', () => {
  it('is in lower case, and holds a port that is not 22', () => {
    expect([knownHostsName('Web'), knownHostsName('Web', 22), knownHostsName('::1', 2222)]).toEqual([
      'web',
      'web',
      '[::1]:2222',
    ]);
  });
});

describe('otherNamesOfKey', () => {
  it('lists lines that know the key by another name', () => {
    const found = otherNamesOfKey(sources(`a ${textA}\nh ${textA}\n@revoked b ${textA}\nc ${textB}\n`), 'h', keyA);
    expect(found.map(({ entry }) => entry.hosts)).toEqual(['a']);
    expect(otherNamesOfKey(sources(''), 'h', keyB)).toEqual([]);
  });
});

describe('removeKnownHost', () => {
  it('keeps comments, blank lines and marked lines', () => {
    const kept = `# c\n\n@revoked h ${textA}\n`;
    const { text, removed } = removeKnownHost(parseKnownHosts(`${kept}h ${textA}\nh* ${textB}`), 'h');
    expect([text, removed.map(({ number }) => number)]).toEqual([kept, [4, 5]]);
  });
});
