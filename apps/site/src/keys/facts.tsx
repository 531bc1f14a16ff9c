/** What the file is, in a heading and in rows; and the fingerprint of its public key. */
// oxlint-disable jsx-a11y/prefer-tag-over-role -- a group of buttons is no fieldset
import type { JSX } from 'preact';
import type { ViewProps } from './bench-actions.ts';
import { type BenchState, shownKey } from './bench-state.ts';
import type { FactRow, Reading, ReadingKind } from './surface.ts';

/** Lines show their type and their comment themselves. */
const lines: ReadonlySet<ReadingKind> = new Set([
  'public-line',
  'authorized-keys-line',
  'certificate-line',
  'known-hosts-line',
  'public-blob',
]);

function passphraseRow({ isEncrypted }: Reading['anatomy']): FactRow {
  const words =
    isEncrypted === undefined ? 'cannot be told: the file ends before it says' : 'needed: the file is encrypted';
  return { name: 'passphrase', values: [isEncrypted === false ? 'none: who has the file has the key' : words] };
}

function sealRows({ anatomy, lock, seal }: Reading): readonly FactRow[] {
  if (lock === 'public') return [];
  if (seal === undefined) return [passphraseRow(anatomy)];
  return [
    { name: 'cipher', values: [seal.cipher] },
    { name: 'key of the cipher', values: [seal.derivation] },
    { name: 'state', values: [lock === 'open' ? 'open in this tab' : 'locked'] },
  ];
}

function rowsOf(reading: Reading): readonly FactRow[] {
  const { key, kind } = reading;
  const rows: FactRow[] = [];
  if (key?.type !== undefined && !lines.has(kind)) rows.push({ name: 'key type', values: [key.type] });
  if (key !== undefined && key.comment !== '' && !lines.has(kind))
    rows.push({ name: 'comment', values: [key.comment] });
  return [...rows, ...sealRows(reading), ...(key?.details ?? [])];
}

/** Like `Public key: ED25519, 256 bits`. */
function headingOf({ anatomy, key, kind }: Reading): string {
  const title = lines.has(kind) && key !== undefined ? anatomy.title.replace(/, [^,]*$/, '') : anatomy.title;
  const bits = key?.bits === undefined ? [] : [`${key.bits} bits`];
  const words = [...(key?.shortName === undefined ? [] : [key.shortName]), ...bits];
  return words.length === 0 ? title : `${title}: ${words.join(', ')}`;
}

export function Facts({ state }: ViewProps<BenchState>): JSX.Element | null {
  if (state.shown === undefined) return null;
  const { reading } = state.shown;
  const rows = rowsOf(reading);
  return (
    <section aria-labelledby="what">
      <h2 id="what">{headingOf(reading)}</h2>
      {rows.length > 0 && (
        <dl class="facts">
          {rows.map(({ name, values }) => (
            <div key={name}>
              <dt>{name}</dt>
              {values.map((value) => (
                <dd key={value}>{value}</dd>
              ))}
            </div>
          ))}
        </dl>
      )}
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
      <div class="fp-line">
        <p class="fp">{chosen.text}</p>
        <button class="btn bare needs-script" type="button" onClick={() => void act.copy(chosen.text, 'Fingerprint')}>
          Copy<span class="vh"> the fingerprint</span>
        </button>
      </div>
      {key.fingerprints.length > 1 && (
        <div class="row needs-script" role="group" aria-label="Hash">
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
        </div>
      )}
    </section>
  );
}
