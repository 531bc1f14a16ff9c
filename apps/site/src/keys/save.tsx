/** Saving the key in any format that holds it: a line each, to download or copy; and which passphrase the private ones get. */
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { ViewProps } from './bench-actions.ts';
import type { BenchState, PassphraseChoice } from './bench-state.ts';
import { PassphraseField } from './passphrase-field.tsx';
import type { Reading, SaveRequest, SaveTarget } from './surface.ts';
import { WorkBar } from './work-bar.tsx';

const choices: readonly { readonly value: PassphraseChoice; readonly sealed: string; readonly plain: string }[] = [
  { value: 'keep', sealed: 'the same as now', plain: 'none, as now' },
  { value: 'new', sealed: 'a new one', plain: 'a new one' },
  { value: 'none', sealed: 'none', plain: '' },
];

function textOf(data: FormData, name: string): string | undefined {
  const value = data.get(name);
  return typeof value === 'string' ? value : undefined;
}

const passphraseOf = (choice: PassphraseChoice, data: FormData): string | undefined => {
  if (choice === 'keep') return undefined;
  return choice === 'none' ? '' : textOf(data, 'passphrase');
};

/** What the form asks for; the usual where it says nothing. */
export function saveRequest(id: string, choice: PassphraseChoice, form: HTMLFormElement | null): SaveRequest {
  const data = form === null ? new FormData() : new FormData(form);
  const rounds = Number(textOf(data, 'rounds') ?? '');
  return {
    id,
    passphrase: passphraseOf(choice, data),
    comment: textOf(data, 'comment'),
    cipher: textOf(data, 'cipher') === '' ? undefined : textOf(data, 'cipher'),
    rounds: Number.isInteger(rounds) && rounds > 0 ? rounds : undefined,
  };
}

interface TargetProps extends ViewProps<BenchState> {
  readonly target: SaveTarget;
  readonly form: { readonly current: HTMLFormElement | null };
}

function Target({ state, act, target, form }: TargetProps): JSX.Element {
  const { id, title, fileName, secret } = target;
  const request = (): SaveRequest => saveRequest(id, secret ? state.passphrase : 'keep', form.current);
  return (
    <li>
      <span class="to">
        {title} <span class="mono small quiet">{fileName}</span>
      </span>
      <span class="row">
        <button
          class="btn"
          type="button"
          disabled={state.work !== undefined}
          onClick={() => void act.download(request())}
        >
          Download
          <span class="vh">
            {' '}
            {fileName}, {title}
          </span>
        </button>
        <button
          class="btn bare"
          type="button"
          disabled={state.work !== undefined}
          onClick={() => void act.copyFile(request())}
        >
          Copy
          <span class="vh">
            {' '}
            {fileName}, {title}
          </span>
        </button>
      </span>
    </li>
  );
}

function PassphraseChoices({
  state,
  act,
  reading,
}: ViewProps<BenchState> & { readonly reading: Reading }): JSX.Element {
  const sealed = reading.seal !== undefined;
  return (
    <fieldset class="choices">
      <legend>Passphrase of the private file</legend>
      <div class="opts">
        {choices
          .filter((choice) => sealed || choice.plain !== '')
          .map((choice) => (
            <label key={choice.value}>
              <input
                type="radio"
                name="which"
                checked={state.passphrase === choice.value}
                onChange={() => act.set({ passphrase: choice.value })}
              />
              {sealed ? choice.sealed : choice.plain}
            </label>
          ))}
      </div>
      {state.passphrase === 'new' && <PassphraseField label="New passphrase" name="passphrase" />}
    </fieldset>
  );
}

function Details({ reading }: { readonly reading: Reading }): JSX.Element {
  const ciphers = [...new Set(reading.targets.flatMap((target) => target.ciphers))];
  return (
    <details class="more">
      <summary class="small">Comment, cipher, rounds</summary>
      <div class="field">
        <label htmlFor="save-comment">Comment</label>
        <input id="save-comment" name="comment" autocomplete="off" defaultValue={reading.key?.comment ?? ''} />
      </div>
      <div class="field">
        <label htmlFor="save-cipher">Cipher of an encrypted file</label>
        <select id="save-cipher" name="cipher">
          <option value="">the format’s usual one</option>
          {ciphers.map((cipher) => (
            <option key={cipher}>{cipher}</option>
          ))}
        </select>
      </div>
      <div class="field">
        <label htmlFor="save-rounds">Rounds of the key derivation</label>
        <input id="save-rounds" name="rounds" inputMode="numeric" pattern="[0-9]*" autocomplete="off" />
        <span class="small quiet">
          The usual number if empty. More rounds make each guess, and each opening, slower.
        </span>
      </div>
    </details>
  );
}

export function Save({ state, act }: ViewProps<BenchState>): JSX.Element | null {
  const form = useRef<HTMLFormElement>(null);
  const reading = state.shown?.reading;
  if (reading === undefined || reading.targets.length === 0) return null;
  const secret = reading.targets.filter((target) => target.secret);
  const open = reading.targets.filter((target) => !target.secret);
  const list = (targets: readonly SaveTarget[], label: string): JSX.Element => (
    <ul class="targets" aria-label={label}>
      {targets.map((target) => (
        <Target key={target.id} state={state} act={act} target={target} form={form} />
      ))}
    </ul>
  );
  return (
    <section aria-labelledby="save" class="needs-script">
      <h2 id="save" tabIndex={-1}>
        Save it as
      </h2>
      <form ref={form} onSubmit={(event) => event.preventDefault()}>
        {secret.length > 0 && (
          <>
            <h3>Private key</h3>
            <PassphraseChoices state={state} act={act} reading={reading} />
            {list(secret, 'Private key')}
            <Details key={reading.key?.fingerprints[0]?.text} reading={reading} />
          </>
        )}
        {reading.lock === 'locked' && (
          <p class="small quiet same">Open it with its passphrase to save the private key.</p>
        )}
        <h3>Public key</h3>
        {list(open, 'Public key')}
      </form>
      {state.refusal?.of === 'save' && <p class="refusal">{state.refusal.reason}</p>}
      <WorkBar state={state} act={act} of="save" />
    </section>
  );
}
