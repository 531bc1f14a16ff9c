/** The question for the passphrase of an encrypted file. */
import type { JSX } from 'preact';
import type { ViewProps } from './bench-actions.ts';
import type { BenchState } from './bench-state.ts';
import { PassphraseField } from './passphrase-field.tsx';
import { WorkBar } from './work-bar.tsx';

export function Unlock({ state, act }: ViewProps<BenchState>): JSX.Element | null {
  const { shown, refusal, work } = state;
  if (shown?.reading.lock !== 'locked') return null;
  const { seal } = shown.reading;
  const refused = refusal?.of === 'open' ? refusal.reason : undefined;
  return (
    <section aria-labelledby="unlock">
      <h2 id="unlock">Open it</h2>
      <p class="small quiet same">
        {seal === undefined
          ? 'The private half is encrypted.'
          : `The private half is encrypted with ${seal.cipher}; its key is made of the passphrase by ${seal.derivation}.`}
      </p>
      <form
        class="row unlock"
        onSubmit={(event) => {
          event.preventDefault();
          const passphrase = new FormData(event.currentTarget).get('passphrase');
          if (typeof passphrase === 'string' && work === undefined) void act.open(passphrase);
        }}
      >
        <PassphraseField
          label="Passphrase"
          name="passphrase"
          describedBy={refused === undefined ? undefined : 'refused'}
        />
        <button class="btn go" aria-disabled={work !== undefined}>
          Open
        </button>
      </form>
      {refused !== undefined && (
        <p class="refusal" id="refused">
          {refused}
        </p>
      )}
      <WorkBar state={state} act={act} of="open" />
    </section>
  );
}
