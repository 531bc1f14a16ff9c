/** What a field is called and what it is for: a row of the tables beside this file. */
import type { Shown } from '../values.ts';

export interface FieldWords {
  readonly name: string;
  /** One sentence for a learner. */
  readonly explanation: string;
  /** Whether the field is, or can be turned into, a part of the private key. */
  readonly secret?: boolean;
  /** Where the codec's type alone would show it badly. */
  readonly shown?: Shown;
}

export const lengthWords: FieldWords = {
  name: 'length',
  explanation: 'How many bytes follow, as a number of four bytes with the highest first.',
};
