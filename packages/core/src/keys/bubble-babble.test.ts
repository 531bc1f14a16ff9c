import { describe, expect, it } from 'vitest';
import { utf8Encode } from '../wire/text.ts';
import { bubbleBabble } from './bubble-babble.ts';

describe('bubbleBabble', () => {
  it('gives the three words of the paper that describes it', () => {
    expect(bubbleBabble(utf8Encode(''))).toBe('xexax');
    expect(bubbleBabble(utf8Encode('1234567890'))).toBe('xesef-disof-gytuf-katof-movif-baxux');
    expect(bubbleBabble(utf8Encode('Pineapple'))).toBe('xigak-nyryk-humil-bosek-sonax');
  });
});
