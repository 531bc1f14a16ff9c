/** Saving the key in any format that holds it: a line each, to download or copy; and which passphrase the private ones get. */
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { ViewProps } from './bench-actions.ts';
import type { BenchState, PassphraseChoice } from './bench-state.ts';
import { checkForm, focusField } from './form-request.ts';
import { FormatOptions, hasOptions } from './format-options.tsx';
import { NewPassphrase } from './passphrase-field.tsx';
import type { Reading, SaveRequest, SaveTarget } from './surface.ts';
import { WorkBar } from './work-bar.tsx';

const choices: readonly { readonly value: PassphraseChoice; readonly sealed: string; readonly plain: string }[] = [
  { value: 'keep', sealed: 'the same as now', plain: 'none, as now' },
  { value: 'new', sealed: 'a new one', plain: 'a new one' },
  { value: 'none', sealed: 'none', plain: '' },
];

interface TargetProps extends ViewProps<BenchState> {
  readonly target: SaveTarget;
  readonly form: { readonly current: HTMLFormElement | null };
}

/** Sends what the form asks for, once it is right and nothing else goes on. */
function ask({ state, act, target, form }: TargetProps, send: (request: SaveRequest) => Promise<void>): void {
  if (state.work !== undefined) return;
  const data = form.current === null ? new FormData() : new FormData(form.current);
  const checked = checkForm({ target, choice: state.passphrase, data });
  if ('request' in checked) {
    void send(checked.request);
    return;
  }
  act.refuse('save', checked.refused.reason);
  focusField(form.current, checked.refused.field);
}

function Target(props: TargetProps): JSX.Element {
  const { state, act, target } = props;
  const { title, fileName } = target;
  // Not disabled: that would take the focus away.
  const waits = state.work !== undefined;
  return (
    <li>
      <span class="to">
        {title} <span class="mono small quiet">{fileName}</span>
      </span>
      <span class="row">
        <button
          class="btn"
          type="button"
          aria-disabled={waits}
          onClick={() => ask(props, (request) => act.download(request))}
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
          aria-disabled={waits}
          onClick={() => ask(props, (request) => act.copyFile(request))}
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
      {state.passphrase === 'new' && (
        <NewPassphrase label="New passphrase" describedBy={state.refusal?.of === 'save' ? 'save-refused' : undefined} />
      )}
    </fieldset>
  );
}

function Details({ reading }: { readonly reading: Reading }): JSX.Element {
  const secret = reading.targets.filter((target) => target.secret && hasOptions(target));
  return (
    <details class="more">
      <summary class="small">Comment, and what makes guessing slow</summary>
      <div class="field">
        <label htmlFor="save-comment">Comment</label>
        <input id="save-comment" name="comment" autocomplete="off" defaultValue={reading.key?.comment ?? ''} />
      </div>
      <p class="small quiet same">
        For files with a passphrase. The higher the number, the longer each guess takes, and each opening too.
      </p>
      {secret.map((target) => (
        <FormatOptions key={target.id} target={target} prefix="save" />
      ))}
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
      {state.refusal?.of === 'save' && (
        <p class="refusal" id="save-refused">
          {state.refusal.reason}
        </p>
      )}
      <WorkBar state={state} act={act} of="save" />
    </section>
  );
}
