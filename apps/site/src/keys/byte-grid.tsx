/** The bytes of one body: a grid with one tab stop, walked by the arrow keys, whose byte marks its field in every view. */
// oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/interactive-supports-focus, react/immutability -- a grid of rows that wrap on phones, whose one tab stop is a cell; refs are written in handlers
import type { Anatomy } from '@seashell/core/anatomy';
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ViewProps } from './bench-actions.ts';
import type { BenchState } from './bench-state.ts';
import { showInside } from './scroll-inside.ts';
import { type FieldRow, findField, isWithin, ownersOf } from './fields.ts';

/** More would make the page slow: the rest is turned to like pages. */
export const windowBytes = 1024;
const rowBytes = 16;
const groupBytes = 8;
const narrow = '(max-width: 47.99rem)';

interface ByteView {
  readonly at: number;
  readonly hex: string;
  readonly character: string;
  readonly class: string;
  readonly path: string | undefined;
}

function characterOf(byte: number): string {
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·';
}

function byteViews(state: BenchState, anatomy: Anatomy, start: number): readonly ByteView[] {
  const bytes = anatomy.bodies[state.body]?.bytes ?? new Uint8Array();
  const owners = ownersOf(anatomy, state.body);
  const selected = findField(anatomy, state.selected);
  return Array.from(bytes.subarray(start, start + windowBytes), (byte, index) => {
    const at = start + index;
    const row = owners[at];
    const hidden = row?.field.secret === true && !row.field.encrypted && !state.showsSecrets;
    const mark = row === undefined ? 'k-none' : `k-${row.mark}`;
    return {
      at,
      hex: hidden ? '··' : byte.toString(16).padStart(2, '0'),
      character: hidden ? '·' : characterOf(byte),
      class: row !== undefined && isWithin(row.field, selected) ? `${mark} sel` : mark,
      path: row?.field.path,
    };
  });
}

function groupsOf<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

function GridRow({ bytes, focus }: { readonly bytes: readonly ByteView[]; readonly focus: number }): JSX.Element {
  const offset = (bytes[0]?.at ?? 0).toString(16).padStart(4, '0');
  const halves = groupsOf(bytes, groupBytes);
  return (
    <div role="row" class="line">
      <span role="rowheader" class="off">
        {offset}
      </span>
      {halves.map((half) => (
        <span key={half[0]?.at} role="presentation" class="half">
          {half.map((byte) => (
            <i
              key={byte.at}
              role="gridcell"
              class={byte.class}
              data-at={byte.at}
              data-path={byte.path}
              tabIndex={byte.at === focus ? 0 : -1}
            >
              {byte.hex}
            </i>
          ))}
        </span>
      ))}
      {halves.map((half) => (
        <span key={half[0]?.at} role="presentation" class="half asc" aria-hidden="true">
          {half.map((byte) => (
            <span key={byte.at} class={byte.class} data-path={byte.path}>
              {byte.character}
            </span>
          ))}
        </span>
      ))}
    </div>
  );
}

/** How far a key moves; undefined for keys that the grid does not take. */
function distanceOf(key: string, at: number, size: number): number | undefined {
  const line = matchMedia(narrow).matches ? groupBytes : rowBytes;
  const distances: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -line,
    ArrowDown: line,
    Home: -(at % line),
    End: line - 1 - (at % line),
    PageUp: -8 * line,
    PageDown: 8 * line,
  };
  const distance = distances[key];
  return distance === undefined ? undefined : Math.min(Math.max(at + distance, 0), size - 1) - at;
}

function atOf(target: EventTarget | null): number | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-at]') : null;
  return cell === null ? undefined : Number(cell.dataset['at']);
}

/** What the byte in focus is, in words. */
function readout(state: BenchState, row: FieldRow | undefined, byte: number | undefined): string {
  if (byte === undefined) return '';
  const hidden = row?.field.secret === true && !state.showsSecrets;
  const value = hidden ? 'hidden' : `${byte.toString(16).padStart(2, '0')}, ${byte} in decimal`;
  const of = row === undefined ? 'no field' : row.field.name;
  return `Byte ${state.byte}: ${value}. ${of}.`;
}

export function ByteGrid({ state, act }: ViewProps<BenchState>): JSX.Element | null {
  const grid = useRef<HTMLDivElement>(null);
  const hasFocus = useRef(false);
  const anatomy = state.shown?.reading.anatomy;
  const body = anatomy?.bodies[state.body];
  // Before the next key arrives: it is aimed at the cell in focus.
  useLayoutEffect(() => {
    const cell = grid.current?.querySelector<HTMLElement>(`[data-at="${state.byte}"]`);
    if (cell === null || cell === undefined || grid.current === null) return;
    if (hasFocus.current) cell.focus({ preventScroll: true });
    showInside(grid.current, cell.closest('.line') ?? cell);
  }, [state.byte, state.body, anatomy]);
  if (anatomy === undefined || body === undefined || body.bytes.length === 0) return null;
  const size = body.bytes.length;
  const start = Math.floor(state.byte / windowBytes) * windowBytes;
  const owners = ownersOf(anatomy, state.body);
  const moveTo = (at: number): void => act.moveTo(at, owners[at]?.field.path);
  return (
    <>
      <div
        class="bytes"
        role="grid"
        aria-label={`Bytes: ${body.title}`}
        aria-describedby="byte-words"
        ref={grid}
        onFocusIn={() => {
          hasFocus.current = true;
        }}
        onFocusOut={() => {
          hasFocus.current = false;
        }}
        onClick={(event) => {
          const at = atOf(event.target);
          if (at !== undefined) moveTo(at);
        }}
        onKeyDown={(event) => {
          const at = atOf(event.target);
          const distance =
            at === undefined || event.ctrlKey || event.altKey || event.metaKey
              ? undefined
              : distanceOf(event.key, at, size);
          if (at === undefined || distance === undefined) return;
          event.preventDefault();
          moveTo(at + distance);
        }}
      >
        {groupsOf(byteViews(state, anatomy, start), rowBytes).map((bytes) => (
          <GridRow key={bytes[0]?.at} bytes={bytes} focus={state.byte} />
        ))}
      </div>
      <p class="byte-words small quiet needs-script" id="byte-words" role="status">
        {state.selected === undefined
          ? 'Click a byte, or walk over them with the arrow keys.'
          : readout(state, owners[state.byte], body.bytes[state.byte])}
      </p>
      {size > windowBytes && <Pager start={start} size={size} moveTo={moveTo} />}
    </>
  );
}

interface PagerProps {
  readonly start: number;
  readonly size: number;
  readonly moveTo: (at: number) => void;
}

function Pager({ start, size, moveTo }: PagerProps): JSX.Element {
  const end = Math.min(start + windowBytes, size);
  return (
    <div class="row pager">
      <span class="small mono">
        {start} to {end - 1} of {size}
      </span>
      <button class="btn" type="button" disabled={start === 0} onClick={() => moveTo(start - windowBytes)}>
        Earlier bytes
      </button>
      <button class="btn" type="button" disabled={end === size} onClick={() => moveTo(end)}>
        Later bytes
      </button>
    </div>
  );
}
