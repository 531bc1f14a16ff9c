/** How far a long computation is, or how long it runs where nobody knows that; and the way to end it. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ViewProps } from './bench-actions.ts';
import type { BenchState, WorkName } from './bench-state.ts';

const words: Readonly<Record<WorkName, string>> = {
  open: 'Deriving the key from the passphrase',
  unseal: 'Deriving the key from the passphrase',
  save: 'Writing the file',
  make: 'Making the key',
};

/** Whole seconds since it was first drawn. */
function Elapsed(): JSX.Element | null {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return seconds === 0 ? null : <span class="small quiet">: {seconds} s so far</span>;
}

/** Shows itself while this work goes on. */
export function WorkBar({ state, act, of }: ViewProps<BenchState> & { readonly of: WorkName }): JSX.Element | null {
  const { work } = state;
  if (work?.name !== of) return null;
  const { done, total } = work.progress;
  const share = total === 0 ? undefined : Math.floor((100 * done) / total);
  return (
    <div class="work">
      <label>
        <span class="small">{words[of]}</span>
        {share === undefined && <Elapsed />}
        {share === undefined ? <progress max={100} /> : <progress max={100} value={share} />}
      </label>
      <button class="btn" type="button" onClick={() => act.cancel()}>
        Cancel
      </button>
    </div>
  );
}
