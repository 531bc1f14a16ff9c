/** Randomart engraved from the key itself: rings by visits, the walk as a hair line, a slider and buttons that walk it, its steps in words. */
// oxlint-disable jsx-a11y/prefer-tag-over-role -- a group of buttons is no fieldset; svg and pre are pictures here, which img cannot draw
import {
  randomartHeight as boardHeight,
  type RandomartSquare as Square,
  randomartStart as start,
  type RandomartStep as WalkStep,
  randomartWidth as boardWidth,
} from '@seashell/core/fingerprint';
import type { JSX } from 'preact';
import type { ViewProps } from './bench-actions.ts';
import { type BenchState, shownKey } from './bench-state.ts';
import { artAfter, describeStep, visitsAfter } from './walk.ts';

const pitch = 26;
const middle = (square: Square): Square => ({ x: square.x * pitch + pitch / 2, y: square.y * pitch + pitch / 2 });
const dots: readonly Square[] = Array.from({ length: boardWidth * boardHeight }, (_, at) =>
  middle({ x: at % boardWidth, y: Math.floor(at / boardWidth) }),
);
const dotPath = dots.map(({ x, y }) => `M${x} ${y}h0`).join('');

const firstRing = 1.6;
const ringDistance = 2.3;
/** One ring for two visits: nine fill a square. */
function Rings({ at, visits }: { readonly at: Square; readonly visits: number }): JSX.Element {
  const { x, y } = middle(at);
  const rings = Math.min(Math.ceil(visits / 2), 5);
  return (
    <>
      {Array.from({ length: rings }, (_, ring) => (
        <circle
          key={ring}
          cx={x}
          cy={y}
          r={firstRing + ring * ringDistance}
          class={ring === 0 ? 'ring first' : 'ring'}
        />
      ))}
    </>
  );
}

function Marker({ at, letter }: { readonly at: Square; readonly letter: string }): JSX.Element {
  const { x, y } = middle(at);
  return (
    <>
      <rect x={x - 10} y={y - 10} width="20" height="20" class="marker" />
      <text x={x} y={y + 5} text-anchor="middle" class="letter">
        {letter}
      </text>
    </>
  );
}

function Board({ steps, count }: { readonly steps: readonly WalkStep[]; readonly count: number }): JSX.Element {
  const way = [start, ...steps.slice(0, count).map(({ to }) => to)].map(middle);
  const here = steps[count - 1]?.to ?? start;
  const atEnd = count === steps.length;
  const label = atEnd
    ? `Randomart: the walk of ${steps.length} steps from S to E`
    : `Randomart after ${count} of ${steps.length} steps`;
  return (
    <svg class="board" viewBox="-8 -8 458 250" role="img" aria-label={label}>
      <rect class="frame" x="0" y="0" width={boardWidth * pitch} height={boardHeight * pitch} />
      <path class="dots" d={dotPath} />
      <path class="way" d={`M${way.map(({ x, y }) => `${x} ${y}`).join('L')}`} />
      {visitsAfter(steps, count).map((visit) => (
        <Rings key={`${visit.at.x} ${visit.at.y}`} {...visit} />
      ))}
      <Marker at={start} letter="S" />
      {count > 0 && <Marker at={here} letter={atEnd ? 'E' : '·'} />}
    </svg>
  );
}

function Controls({ state, act, steps }: ViewProps<BenchState> & { readonly steps: readonly WalkStep[] }): JSX.Element {
  const count = Math.min(state.step, steps.length);
  const step = steps[count - 1];
  return (
    <div class="needs-script">
      <div class="walk">
        <button class="btn" type="button" onClick={() => act.walk()}>
          {state.isWalking ? 'Pause' : 'Walk'}
        </button>
        <input
          type="range"
          aria-label="Step of the walk"
          aria-valuetext={
            step === undefined ? 'At the start' : `Step ${count} of ${steps.length}, ${describeStep(step)}`
          }
          min={0}
          max={steps.length}
          value={count}
          onInput={(event) => act.step(event.currentTarget.valueAsNumber)}
        />
        <span class="small mono count">
          {count} of {steps.length}
        </span>
      </div>
      <div class="row" role="group" aria-label="Walk step by step">
        <button class="btn" type="button" disabled={count === 0} onClick={() => act.step(0)}>
          Start
        </button>
        <button class="btn" type="button" disabled={count === 0} onClick={() => act.step(count - 1)}>
          Back
        </button>
        <button class="btn" type="button" disabled={count === steps.length} onClick={() => act.step(count + 1)}>
          Step
        </button>
        <button class="btn" type="button" disabled={count === steps.length} onClick={() => act.step(steps.length)}>
          End
        </button>
      </div>
      <p class="small quiet step-words">
        {step === undefined ? 'The bishop stands on S.' : `Step ${count}: ${describeStep(step)}.`}
      </p>
    </div>
  );
}

export function Randomart({ state, act }: ViewProps<BenchState>): JSX.Element | null {
  const facts = shownKey(state)?.fingerprints.find(({ label }) => label === state.hash);
  if (facts === undefined || facts.walk.length === 0) return null;
  const steps = facts.walk;
  const count = Math.min(state.step, steps.length);
  return (
    <section aria-labelledby="randomart">
      <h2 id="randomart">Randomart</h2>
      <p class="small quiet same">
        A walk over 17 by 9 squares, two bits of the hash a step. Each visit adds to the rings.
      </p>
      <Board steps={steps} count={count} />
      <Controls state={state} act={act} steps={steps} />
      {facts.art !== '' && (
        <details class="art" open>
          <summary class="small">
            {count < steps.length ? 'The same in characters, so far' : 'As ssh-keygen -lv prints it'}
          </summary>
          <pre class="plain-art" role="img" aria-label="The same picture in characters">
            {artAfter(facts.art, steps, count)}
          </pre>
        </details>
      )}
      <details class="steps">
        <summary class="small">The {steps.length} steps as a list</summary>
        <ol class="small">
          {steps.map((step, index) => (
            <li key={index} aria-current={index + 1 === state.step ? 'step' : undefined}>
              {describeStep(step)}
            </li>
          ))}
        </ol>
      </details>
    </section>
  );
}
