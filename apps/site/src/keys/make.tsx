/** The form for a new key: what ssh-keygen asks, with its usual answers filled in. */
import type { JSX } from 'preact';
import type { ViewProps } from './bench-actions.ts';
import type { BenchState } from './bench-state.ts';
import { checkForm, focusField } from './form-request.ts';
import { FormatOptions, hasOptions } from './format-options.tsx';
import { NewPassphrase } from './passphrase-field.tsx';
import type { KeyKind } from './surface.ts';
import { WorkBar } from './work-bar.tsx';

const hasChoice = ({ bits }: KeyKind): boolean => bits.minimum !== bits.maximum;

/** Asks for the key, once the form is right and nothing else goes on. */
function ask({ state, act }: ViewProps<BenchState>, form: HTMLFormElement, kind: KeyKind): void {
  const data = new FormData(form);
  const target = kind.formats.find(({ id }) => id === data.get('format'));
  if (state.work !== undefined || target === undefined) return;
  const bits = data.get('bits');
  const checked = checkForm({ target, choice: 'asked', data });
  if ('request' in checked) {
    const number = typeof bits === 'string' ? Number(bits) : kind.bits.usual;
    void act.make({ kind: kind.id, bits: number, save: checked.request });
    return;
  }
  act.refuse('make', checked.refused.reason);
  focusField(form, checked.refused.field);
}

function labelOf(kind: KeyKind): string {
  const bits = hasChoice(kind) ? '' : `, ${kind.bits.usual} bits`;
  return `${kind.shortName}${bits}${kind.mark === '' ? '' : `, ${kind.mark}`}`;
}

function KindField({ state, act }: ViewProps<BenchState>): JSX.Element {
  const note = state.kinds.find(({ id }) => id === state.kind)?.note ?? '';
  return (
    <div class="field">
      <label htmlFor="make-kind">Type</label>
      <select id="make-kind" value={state.kind} onChange={(event) => act.set({ kind: event.currentTarget.value })}>
        {state.kinds.map((kind) => (
          <option key={kind.id} value={kind.id}>
            {labelOf(kind)}
          </option>
        ))}
      </select>
      {note !== '' && <span class="small quiet">{note}</span>}
    </div>
  );
}

function BitsField({ kind }: { readonly kind: KeyKind }): JSX.Element | null {
  if (!hasChoice(kind)) return null;
  const { minimum, maximum, usual } = kind.bits;
  return (
    <div class="field">
      <label htmlFor="make-bits">Bits</label>
      <input
        id="make-bits"
        name="bits"
        type="number"
        min={minimum}
        max={maximum}
        step={1}
        defaultValue={String(usual)}
        required
      />
      <span class="small quiet">
        {minimum} to {maximum}; {usual} is usual. More take longer to make.
      </span>
    </div>
  );
}

function Questions({ state, act, kind }: ViewProps<BenchState> & { readonly kind: KeyKind }): JSX.Element {
  const format = kind.formats.find(({ id }) => id === state.target) ?? kind.formats[0];
  return (
    <>
      <KindField state={state} act={act} />
      <BitsField key={kind.id} kind={kind} />
      <div class="field">
        <label htmlFor="make-comment">Comment</label>
        <input id="make-comment" name="comment" autocomplete="off" autocapitalize="off" spellcheck={false} />
        <span class="small quiet">So that you know it again, like you@laptop. May be empty.</span>
      </div>
      <NewPassphrase label="Passphrase" describedBy={state.refusal?.of === 'make' ? 'make-refused' : undefined} />
      <div class="field">
        <label htmlFor="make-format">Format</label>
        <select
          id="make-format"
          name="format"
          value={format?.id ?? ''}
          onChange={(event) => act.set({ target: event.currentTarget.value })}
        >
          {kind.formats.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </select>
      </div>
      {format !== undefined && hasOptions(format) && (
        <details class="more">
          <summary class="small">Cipher, and what makes guessing slow</summary>
          <FormatOptions key={format.id} target={format} prefix="make" />
        </details>
      )}
    </>
  );
}

export function Make({ state, act }: ViewProps<BenchState>): JSX.Element | null {
  if (state.panel !== 'make') return null;
  const kind = state.kinds.find(({ id }) => id === state.kind);
  return (
    <section class="make" aria-labelledby="make">
      <h2 id="make" tabIndex={-1}>
        Make a pair
      </h2>
      <p class="small quiet same">
        From random numbers of your browser, in this tab. What ssh-keygen would ask stands here with its usual answers.
        An empty passphrase leaves the file unencrypted.
      </p>
      {kind === undefined ? (
        <p class="small">Loading…</p>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            ask({ state, act }, event.currentTarget, kind);
          }}
        >
          <Questions state={state} act={act} kind={kind} />
          <div class="row">
            <button class="btn go" aria-disabled={state.work !== undefined}>
              Make the key
            </button>
            <button class="btn bare" type="button" onClick={() => act.set({ panel: 'look' })}>
              Close
            </button>
          </div>
          {state.refusal?.of === 'make' && (
            <p class="refusal" id="make-refused">
              {state.refusal.reason}
            </p>
          )}
          <WorkBar state={state} act={act} of="make" />
        </form>
      )}
    </section>
  );
}
