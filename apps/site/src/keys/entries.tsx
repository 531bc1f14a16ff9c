/** Several keys in one file: which of them the page shows. */
import type { JSX } from 'preact';
import type { ViewProps } from './bench-actions.ts';
import type { BenchState } from './bench-state.ts';

const mostEntries = 100;

export function Entries({ state, act }: ViewProps<BenchState>): JSX.Element | null {
  const reading = state.shown?.reading;
  if (reading === undefined || reading.entries.length < 2) return null;
  const { entries } = reading;
  return (
    <section aria-labelledby="entries">
      <h2 id="entries">{entries.length} keys</h2>
      <ul class="entries">
        {entries.slice(0, mostEntries).map(({ line, mark, shortName, about }, index) => (
          <li key={line}>
            <button type="button" aria-pressed={index === reading.entry} onClick={() => void act.chooseEntry(index)}>
              <span class="small quiet">line {line}</span> {mark !== '' && <span class="mono">{mark} </span>}
              <b>{shortName}</b> {about}
            </button>
          </li>
        ))}
      </ul>
      {entries.length > mostEntries && <p class="small quiet same">And {entries.length - mostEntries} more.</p>}
    </section>
  );
}
