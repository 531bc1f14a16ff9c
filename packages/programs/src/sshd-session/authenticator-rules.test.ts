import { parseKeyOptions } from '@seashell/core/files';
import { describe, expect, it } from 'vitest';
import { unmetRequirement } from './authenticator-rules.ts';

const touched = { userPresent: true, userVerified: false, counter: 1 };
const untouched = { userPresent: false, userVerified: false, counter: 1 };
const verified = { userPresent: true, userVerified: true, counter: 1 };
const presence = 'user presence (authenticator touch)';
const verification = 'user verification';

function rules(options: string, ...demanded: string[]) {
  const parsed = parseKeyOptions(options);
  if (!parsed.ok) throw new Error(parsed.message);
  return { keyOptions: parsed.options, demanded };
}

describe('unmetRequirement', () => {
  it.each([
    ['a touch is wanted of every key', untouched, rules(''), presence],
    ['a touch is enough', touched, rules(''), undefined],
    ['no-touch-required lifts it', untouched, rules('no-touch-required'), undefined],
    ['touch-required of the server stands above', untouched, rules('no-touch-required', 'touch-required'), presence],
    ['verify-required wants a PIN', touched, rules('verify-required'), verification],
    ['verify-required of the server too, in any case', touched, rules('', 'Verify-Required'), verification],
    ['a PIN meets both', verified, rules('verify-required', 'touch-required', 'verify-required'), undefined],
    ['a PIN does not stand for the touch', { ...verified, userPresent: false }, rules('verify-required'), presence],
    ['a key outside an authenticator says nothing', undefined, rules('verify-required', 'touch-required'), undefined],
  ])('%s', (_claim, statement, asked, unmet) => {
    expect(unmetRequirement(statement, asked)).toBe(unmet);
  });
});
