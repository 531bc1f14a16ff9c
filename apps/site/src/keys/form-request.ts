/** What the forms ask for, checked as ssh-keygen checks it: a passphrase twice, numbers within bounds. What is refused names its field. */
import type { PassphraseChoice } from './bench-state.ts';
import type { SaveRequest, SaveTarget } from './surface.ts';

/** Why a form is not sent, and the name of the field to go back to. */
export interface RefusedForm {
  readonly reason: string;
  readonly field: string;
}

export type CheckedForm = { readonly request: SaveRequest } | { readonly refused: RefusedForm };

/** So much of FormData as is used here. */
export interface FormValues {
  get(name: string): unknown;
}

export interface FormToCheck {
  readonly target: SaveTarget;
  /** `asked` is a new passphrase too, which may be left empty. */
  readonly choice: PassphraseChoice | 'asked';
  readonly data: FormValues;
}

function textOf(data: FormValues, name: string): string | undefined {
  const value = data.get(name);
  return typeof value === 'string' ? value : undefined;
}

/** Names of fields, of which each format has its own. */
export const cipherField = (id: string): string => `cipher-${id}`;
export const costField = (id: string): string => `cost-${id}`;

function refusePassphrase({ choice, data }: FormToCheck): RefusedForm | undefined {
  if (choice === 'keep' || choice === 'none') return undefined;
  const passphrase = textOf(data, 'passphrase') ?? '';
  if (passphrase === '' && choice === 'new') {
    const reason = 'The new passphrase is empty. Type one, or choose “none” to leave the file unencrypted.';
    return { reason, field: 'passphrase' };
  }
  return passphrase === (textOf(data, 'passphrase-again') ?? '')
    ? undefined
    : { reason: 'The two passphrases are not the same. Type the second again.', field: 'passphrase-again' };
}

/** Why a number cannot be a format's cost; undefined if it can. */
export function refuseCost({ title, cost }: Pick<SaveTarget, 'title' | 'cost'>, count: number): string | undefined {
  if (cost === undefined) return `${title} files leave no choice of a cost.`;
  const { minimum, maximum, unit } = cost;
  if (Number.isInteger(count) && count >= minimum && count <= maximum) return undefined;
  return `${title} takes ${minimum} to ${maximum.toLocaleString('en')} ${unit}, as a whole number.`;
}

/** What the form asks for; the usual where it says nothing. */
export function checkForm(form: FormToCheck): CheckedForm {
  const { target, data } = form;
  const { id, secret } = target;
  const comment = textOf(data, 'comment');
  if (!secret) return { request: { id, passphrase: undefined, comment, cipher: undefined, cost: undefined } };
  const wrong = refusePassphrase(form);
  if (wrong !== undefined) return { refused: wrong };
  const costText = textOf(data, costField(id))?.trim() ?? '';
  const cost = costText === '' ? undefined : Number(costText);
  const reason = cost === undefined ? undefined : refuseCost(target, cost);
  if (reason !== undefined) return { refused: { reason, field: costField(id) } };
  const cipher = textOf(data, cipherField(id));
  return {
    request: { id, passphrase: passphraseOf(form), comment, cipher: cipher === '' ? undefined : cipher, cost },
  };
}

function passphraseOf({ choice, data }: FormToCheck): string | undefined {
  if (choice === 'keep') return undefined;
  return choice === 'none' ? '' : textOf(data, 'passphrase');
}

/** The keyboard goes to the field that is wrong, out of what was folded away. */
export function focusField(form: HTMLFormElement | null, name: string): void {
  const field = form?.elements.namedItem(name);
  if (!(field instanceof HTMLElement)) return;
  const folded = field.closest('details');
  if (folded !== null) folded.open = true;
  field.focus();
}
