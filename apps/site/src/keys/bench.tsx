/** The key bench: what one can do, the file, what is in it. Drawn at build time with an example, and live from the first touch on. */
// oxlint-disable jsx-a11y/prefer-tag-over-role -- a group of buttons is no fieldset; a status is no result of a form
import type { JSX } from 'preact';
import { AnatomyView } from './anatomy-view.tsx';
import type { ViewProps } from './bench-actions.ts';
import type { BenchState } from './bench-state.ts';
import { Entries } from './entries.tsx';
import type { Example } from './examples.ts';
import { Facts, Fingerprint } from './facts.tsx';
import { Make } from './make.tsx';
import { PasteBox } from './paste-box.tsx';
import { Randomart } from './randomart.tsx';
import { Save } from './save.tsx';
import { Unlock } from './unlock.tsx';

interface BenchProps extends ViewProps<BenchState> {
  readonly examples: readonly Example[];
}

async function giveFile(input: HTMLInputElement, { act }: ViewProps<BenchState>): Promise<void> {
  const file = input.files?.[0];
  if (file === undefined) return;
  await act.take(file);
  input.value = '';
}

function Bar({ state, act, examples }: BenchProps): JSX.Element {
  const isExample = state.file === undefined || state.file.isExample;
  return (
    <div class="row bar needs-script">
      {isExample ? (
        <div class="row" role="group" aria-label="Examples">
          <span class="small quiet">Examples</span>
          {examples.map(({ id, label, text }) => (
            <button
              key={id}
              class="btn"
              type="button"
              data-example={id}
              aria-pressed={state.file?.text === text}
              onClick={() => void act.showExample(id)}
            >
              {label}
            </button>
          ))}
        </div>
      ) : (
        <button class="btn" type="button" onClick={() => act.clear()}>
          Clear everything
        </button>
      )}
      <span class="row push">
        <label class="btn">
          Choose a file
          <input class="vh" type="file" onChange={(event) => void giveFile(event.currentTarget, { state, act })} />
        </label>
        <button
          class="btn"
          type="button"
          data-make
          aria-expanded={state.panel === 'make'}
          onClick={() => void act.prepareToMake()}
        >
          Make a pair
        </button>
      </span>
    </div>
  );
}

export function Bench({ state, act, examples }: BenchProps): JSX.Element {
  const view = { state, act };
  const isOpen = state.shown?.reading.targets.some((target) => target.secret) === true;
  return (
    <>
      <Bar {...view} examples={examples} />
      <p class="vh" role="status">
        {state.said}
      </p>
      <Make {...view} />
      <div class="two">
        <div class="given">
          <PasteBox {...view} />
          <Entries {...view} />
          <Unlock {...view} />
        </div>
        <div class="anatomy">
          <AnatomyView {...view} />
        </div>
        <div class="told">
          <Facts {...view} />
          <Fingerprint {...view} />
          {isOpen && <Save {...view} />}
          <Randomart {...view} />
          {!isOpen && <Save {...view} />}
        </div>
      </div>
    </>
  );
}
