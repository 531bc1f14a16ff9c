/** What a format lets a writer choose, in its own words: a cipher, and how dear a guess of the passphrase is. */
import type { JSX } from 'preact';
import { cipherField, costField } from './form-request.ts';
import type { SaveTarget } from './surface.ts';

/** Whether there is anything to choose. */
export const hasOptions = ({ ciphers, cost }: SaveTarget): boolean => ciphers.length > 1 || cost !== undefined;

interface Props {
  readonly target: SaveTarget;
  /** In front of the fields' ids. */
  readonly prefix: string;
}

function CipherField({ target: { id, ciphers }, prefix }: Props): JSX.Element | null {
  if (ciphers.length < 2) return null;
  const field = `${prefix}-${cipherField(id)}`;
  return (
    <div class="field">
      <label htmlFor={field}>Cipher</label>
      <select id={field} name={cipherField(id)}>
        {ciphers.map((cipher, index) => (
          <option key={cipher} value={index === 0 ? '' : cipher}>
            {index === 0 ? `${cipher}, the usual one` : cipher}
          </option>
        ))}
      </select>
    </div>
  );
}

function CostField({ target: { id, cost }, prefix }: Props): JSX.Element | null {
  if (cost === undefined) return null;
  const { derivation, maximum, minimum, unit, usual } = cost;
  const field = `${prefix}-${costField(id)}`;
  return (
    <div class="field">
      <label htmlFor={field}>
        {unit.charAt(0).toUpperCase() + unit.slice(1)} of {derivation}
      </label>
      <input
        id={field}
        name={costField(id)}
        inputMode="numeric"
        autocomplete="off"
        aria-describedby={`${field}-note`}
      />
      <span class="small quiet" id={`${field}-note`}>
        {minimum} to {maximum.toLocaleString('en')}; {usual.toLocaleString('en')} if empty.
      </span>
    </div>
  );
}

/** The fields of one format, with a passphrase. */
export function FormatOptions(props: Props): JSX.Element {
  return (
    <fieldset class="choices format-options">
      <legend>{props.target.title}</legend>
      <CipherField {...props} />
      <CostField {...props} />
    </fieldset>
  );
}
