/** What the file is, in rows; and the fingerprint of its public key. */
// oxlint-disable jsx-a11y/prefer-tag-over-role -- a group of buttons is no fieldset
import type { JSX } from 'preact';
import type { ViewProps } from './bench-actions.ts';
import { type BenchState, shownKey } from './bench-state.ts';
import type { FactRow, Reading } from './surface.ts';

function sealRows({ lock, seal }: Reading): readonly FactRow[] {
  if (lock === 'public') return [];
  if (seal === undefined) return [{ name: 'passphrase', values: ['none: who has the file has the key'] }];
  return [
    { name: 'cipher', values: [seal.cipher] },
    { name: 'key of the cipher', values: [seal.derivation] },
    { name: 'state', values: [lock === 'open' ? 'open in this tab' : 'locked'] },
  ];
}

function rowsOf(reading: Reading): readonly FactRow[] {
  const { anatomy, key, format } = reading;
  const rows: FactRow[] = [{ name: 'what', values: [anatomy.title] }];
  if (format !== undefined) rows.push({ name: 'format', values: [format] });
  if (key !== undefined) {
    rows.push(
      { name: 'key type', values: [`${key.shortName}, ${key.type}`] },
      { name: 'bits', values: [String(key.bits)] },
    );
    if (key.comment !== '') rows.push({ name: 'comment', values: [key.comment] });
  }
  return [...rows, ...sealRows(reading), ...(key?.details ?? [])];
}

export function Facts({ state }: ViewProps<BenchState>): JSX.Element | null {
  if (state.shown === undefined) return null;
  return (
    <section aria-labelledby="what">
      <h2 id="what">What it is</h2>
      <dl class="facts">
        {rowsOf(state.shown.reading).map(({ name, values }) => (
          <div key={name}>
            <dt>{name}</dt>
            {values.map((value) => (
              <dd key={value}>{value}</dd>
            ))}
          </div>
        ))}
      </dl>
    </section>
  );
}

export function Fingerprint({ state, act }: ViewProps<BenchState>): JSX.Element | null {
  const key = shownKey(state);
  const chosen = key?.fingerprints.find(({ label }) => label === state.hash) ?? key?.fingerprints[0];
  if (key === undefined || chosen === undefined) return null;
  return (
    <section aria-labelledby="fingerprint">
      <h2 id="fingerprint">Fingerprint</h2>
      <p class="small quiet same">
        {key.blobSizeBytes === 0
          ? 'The fingerprint alone: the key itself is not in it.'
          : `A hash of the ${key.blobSizeBytes} bytes of the public key. The file’s name and the comment do not count.`}
      </p>
      <p class="fp">{chosen.text}</p>
      <div class="row" role="group" aria-label="Hash">
        {key.fingerprints.map(({ label }) => (
          <button
            key={label}
            class="btn"
            type="button"
            aria-pressed={label === chosen.label}
            onClick={() => {
              act.set({ hash: label, isWalking: false });
              act.step(Number.POSITIVE_INFINITY);
            }}
          >
            {label}
          </button>
        ))}
        <button class="btn bare needs-script" type="button" onClick={() => void act.copy(chosen.text, 'Fingerprint')}>
          Copy<span class="vh"> the fingerprint</span>
        </button>
      </div>
    </section>
  );
}
