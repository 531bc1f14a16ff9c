import { describe, expect, it } from 'vitest';
import { checkForm } from './form-request.ts';
import type { SaveTarget } from './surface.ts';

const target: SaveTarget = {
  id: 'openssh',
  title: 'OpenSSH',
  secret: true,
  fileName: 'id',
  ciphers: ['aes256-ctr', 'aes128-ctr'],
  cost: { derivation: 'bcrypt', unit: 'rounds', usual: 24, minimum: 1, maximum: 1024 },
  keepsComment: true,
};
const dataOf = (values: Readonly<Record<string, string>>) => new Map(Object.entries(values));
const refusedField = (choice: 'new' | 'asked' | 'keep', values: Readonly<Record<string, string>>) => {
  const checked = checkForm({ target, choice, data: dataOf(values) });
  return 'refused' in checked ? checked.refused.field : undefined;
};

describe('checkForm', () => {
  it('a new passphrase is neither empty nor mistyped', () => {
    expect(refusedField('new', { passphrase: '', 'passphrase-again': '' })).toBe('passphrase');
    expect(refusedField('new', { passphrase: 'one', 'passphrase-again': 'won' })).toBe('passphrase-again');
    expect(refusedField('new', { passphrase: 'one', 'passphrase-again': 'one' })).toBeUndefined();
  });

  it('of a new key it may be empty, as ssh-keygen has it, but not mistyped', () => {
    expect(refusedField('asked', { passphrase: '', 'passphrase-again': '' })).toBeUndefined();
    expect(refusedField('asked', { passphrase: 'one', 'passphrase-again': '' })).toBe('passphrase-again');
  });

  it.each(['0', '-3', '1025', '2.5', 'many', '1e9'])('%s is no number of rounds', (text) => {
    expect(refusedField('keep', { 'cost-openssh': text })).toBe('cost-openssh');
  });

  it('takes the fields of its own format, and the usual where they are empty', () => {
    const data = dataOf({ 'cost-openssh': ' 32 ', 'cost-pkcs8': '5000', 'cipher-openssh': 'aes128-ctr', comment: 'c' });
    expect(checkForm({ target, choice: 'keep', data })).toEqual({
      request: { id: 'openssh', passphrase: undefined, comment: 'c', cipher: 'aes128-ctr', cost: 32 },
    });
    expect(checkForm({ target, choice: 'none', data: dataOf({ 'cipher-openssh': '' }) })).toEqual({
      request: { id: 'openssh', passphrase: '', comment: undefined, cipher: undefined, cost: undefined },
    });
  });

  it('a public file asks for no passphrase', () => {
    const data = dataOf({ passphrase: '', comment: 'c' });
    expect(checkForm({ target: { ...target, secret: false }, choice: 'new', data })).toMatchObject({
      request: { passphrase: undefined, comment: 'c' },
    });
  });
});
