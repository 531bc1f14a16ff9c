/** The anatomy of the file: which bytes to look at, the bytes, and their fields. */
// oxlint-disable jsx-a11y/prefer-tag-over-role -- a group of buttons is no fieldset
import type { Anatomy } from '@seashell/core/anatomy';
import type { JSX } from 'preact';
import type { ViewProps } from './bench-actions.ts';
import type { BenchState } from './bench-state.ts';
import { ByteGrid } from './byte-grid.tsx';
import { FieldList } from './field-list.tsx';
import { fieldRows } from './fields.ts';
import { WorkBar } from './work-bar.tsx';

function hasSecret(anatomy: Anatomy, body: number): boolean {
  return fieldRows(anatomy.fields).some(
    ({ field }) => field.span.body === body && field.value !== undefined && field.secret && !field.encrypted,
  );
}

function BodyButtons({
  state,
  act,
  anatomy,
}: ViewProps<BenchState> & { readonly anatomy: Anatomy }): JSX.Element | null {
  if (anatomy.bodies.length < 2) return null;
  return (
    <div class="row bodies needs-script" role="group" aria-label="Which bytes">
      {anatomy.bodies.map(({ title, bytes }, body) => (
        <button
          key={title}
          class="btn"
          type="button"
          aria-pressed={body === state.body}
          onClick={() => act.showBody(body)}
        >
          {title} <span class="quiet">{bytes.length}</span>
        </button>
      ))}
    </div>
  );
}

function Toggles({ state, act, anatomy }: ViewProps<BenchState> & { readonly anatomy: Anatomy }): JSX.Element {
  return (
    <div class="row toggles needs-script">
      <button
        class="btn bare"
        type="button"
        aria-pressed={state.explains}
        onClick={() => act.set({ explains: !state.explains })}
      >
        Explain the fields
      </button>
      {hasSecret(anatomy, state.body) && (
        <button
          class="btn bare"
          type="button"
          aria-pressed={state.showsSecrets}
          onClick={() => act.set({ showsSecrets: !state.showsSecrets })}
        >
          Show what is secret
        </button>
      )}
    </div>
  );
}

function Unseal({ state, act }: ViewProps<BenchState>): JSX.Element | null {
  const reading = state.shown?.reading;
  if (reading?.lock !== 'open' || reading.seal === undefined) return null;
  if (reading.anatomy.bodies.some(({ origin }) => origin.encoding === 'decrypted')) return null;
  return (
    <>
      <button
        class="btn"
        type="button"
        aria-disabled={state.work !== undefined}
        onClick={() => void (state.work === undefined && act.unseal())}
      >
        Show the private section decrypted
      </button>
      {state.refusal?.of === 'unseal' && <p class="refusal">{state.refusal.reason}</p>}
      <WorkBar state={state} act={act} of="unseal" />
    </>
  );
}

export function AnatomyView({ state, act }: ViewProps<BenchState>): JSX.Element | null {
  const anatomy = state.shown?.reading.anatomy;
  const body = anatomy?.bodies[state.body];
  if (anatomy === undefined || body === undefined || anatomy.fields.length === 0) return null;
  const size = body.bytes.length;
  const { fault } = anatomy;
  return (
    <section aria-labelledby="decoded">
      <h2 id="decoded">
        {body.origin.encoding === 'file' ? 'The file' : 'The same, decoded'}: {size} bytes
      </h2>
      <BodyButtons state={state} act={act} anatomy={anatomy} />
      <div class="sheet">
        <ByteGrid state={state} act={act} />
        <FieldList state={state} act={act} />
      </div>
      {fault !== undefined && state.shown?.reading.problem === undefined && state.shown?.reading.key === undefined && (
        <p class="refusal">
          Reading stopped at byte {fault.at.offset} of {anatomy.bodies[fault.at.body]?.title ?? 'the file'}:{' '}
          {fault.reason}.
        </p>
      )}
      <Toggles state={state} act={act} anatomy={anatomy} />
      <Unseal state={state} act={act} />
    </section>
  );
}
