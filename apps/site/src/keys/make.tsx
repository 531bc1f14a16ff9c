/** The form for a new key: what ssh-keygen asks, with its usual answers filled in. */
import type { JSX } from 'preact';
import type { ViewProps } from './bench-actions.ts';
import type { BenchState } from './bench-state.ts';
import { PassphraseField } from './passphrase-field.tsx';
import { saveRequest } from './save.tsx';
import type { KeyKind, MakeRequest } from './surface.ts';
import { WorkBar } from './work-bar.tsx';

const hasChoice = ({ bits }: KeyKind): boolean => bits.minimum !== bits.maximum;

function requestOf(form: HTMLFormElement, kind: KeyKind): MakeRequest {
  const data = new FormData(form);
  const bits = data.get('bits');
  const format = data.get('format');
  return {
    kind: kind.id,
    bits: typeof bits === 'string' ? Number(bits) : kind.bits.usual,
    save: saveRequest(typeof format === 'string' ? format : '', 'new', form),
  };
}

function KindField({ state, act }: ViewProps<BenchState>): JSX.Element {
  return (
    <div class="field">
      <label htmlFor="make-kind">Type</label>
      <select id="make-kind" value={state.kind} onChange={(event) => act.set({ kind: event.currentTarget.value })}>
        {state.kinds.map((kind) => (
          <option key={kind.id} value={kind.id}>
            {hasChoice(kind) ? kind.shortName : `${kind.shortName}, ${kind.bits.usual} bits`}
          </option>
        ))}
      </select>
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

function FormatFields({ kind, format }: { readonly kind: KeyKind; readonly format: string }): JSX.Element {
  const ciphers = kind.formats.find(({ id }) => id === format)?.ciphers ?? [];
  return (
    <>
      <div class="field">
        <label htmlFor="make-cipher">Cipher, with a passphrase</label>
        <select id="make-cipher" name="cipher" key={format}>
          {ciphers.map((cipher, index) => (
            <option key={cipher} value={index === 0 ? '' : cipher}>
              {cipher}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label htmlFor="make-rounds">Rounds of the key derivation</label>
        <input id="make-rounds" name="rounds" inputMode="numeric" pattern="[0-9]*" autocomplete="off" placeholder="" />
        <span class="small quiet">The usual number if empty.</span>
      </div>
    </>
  );
}

function Questions({ state, act, kind }: ViewProps<BenchState> & { readonly kind: KeyKind }): JSX.Element {
  const format = kind.formats.some(({ id }) => id === state.target) ? state.target : (kind.formats[0]?.id ?? '');
  return (
    <>
      <KindField state={state} act={act} />
      <BitsField key={kind.id} kind={kind} />
      <div class="field">
        <label htmlFor="make-comment">Comment</label>
        <input id="make-comment" name="comment" autocomplete="off" autocapitalize="off" spellcheck={false} />
        <span class="small quiet">So that you know it again, like you@laptop. May be empty.</span>
      </div>
      <PassphraseField label="Passphrase" name="passphrase" />
      <div class="field">
        <label htmlFor="make-format">Format</label>
        <select
          id="make-format"
          name="format"
          value={format}
          onChange={(event) => act.set({ target: event.currentTarget.value })}
        >
          {kind.formats.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </select>
      </div>
      <details class="more">
        <summary class="small">Cipher and rounds</summary>
        <FormatFields kind={kind} format={format} />
      </details>
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
            void act.make(requestOf(event.currentTarget, kind));
          }}
        >
          <Questions state={state} act={act} kind={kind} />
          <div class="row">
            <button class="btn go" disabled={state.work !== undefined}>
              Make the key
            </button>
            <button class="btn bare" type="button" onClick={() => act.set({ panel: 'look' })}>
              Close
            </button>
          </div>
          {state.refusal?.of === 'make' && <p class="refusal">{state.refusal.reason}</p>}
          <WorkBar state={state} act={act} of="make" />
        </form>
      )}
    </section>
  );
}
