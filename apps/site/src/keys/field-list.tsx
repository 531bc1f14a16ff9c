/** The fields as a list, the same as the bytes in words: what each is called, what it says, and a sentence for a learner. */
import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ViewProps } from './bench-actions.ts';
import type { BenchState } from './bench-state.ts';
import { type FieldRow, fieldRows, findField, foldsOf, isLength, isWithin, summaryOfFold } from './fields.ts';
import { showInside } from './scroll-inside.ts';

/** A revocation list can have more than a page bears. */
const mostRows = 400;
const longValue = 200;

function sizeOf({ field }: FieldRow): string {
  const size = field.span.end - field.span.start;
  return size === 1 ? '1 byte' : `${size} bytes`;
}

interface RowProps extends ViewProps<BenchState> {
  readonly row: FieldRow;
  /** Undefined where nothing is folded away. */
  readonly fold: { readonly isOpen: boolean; toggle(): void } | undefined;
}

function ValueOf({ row, state, fold }: RowProps): JSX.Element | null {
  const { value, secret, encrypted } = row.field;
  if (encrypted) return <span class="value quiet">encrypted</span>;
  if (fold !== undefined)
    return (
      <span class="value fold">
        {!fold.isOpen && summaryOfFold(row.field)}{' '}
        <button class="btn bare needs-script" type="button" aria-expanded={fold.isOpen} onClick={() => fold.toggle()}>
          {fold.isOpen ? 'Fold' : 'Unfold'}
          <span class="vh"> the {row.field.name}</span>
        </button>
      </span>
    );
  if (value === undefined) return null;
  if (secret && !state.showsSecrets) return <span class="value quiet">hidden</span>;
  return <span class={value.length > longValue ? 'value long' : 'value'}>{value}</span>;
}

/** The name leads to the bytes; without the page's script it leads nowhere, and is no button. */
function Name({ row, state, act }: RowProps): JSX.Element {
  const { field, mark } = row;
  const isSelected = state.selected === field.path;
  const words = (
    <>
      <span class={field.children.length > 0 ? 'group' : `k-${mark}`}>{field.name}</span>{' '}
      <small>
        {field.type === field.name ? '' : `${field.type}, `}
        {sizeOf(row)}
      </small>
    </>
  );
  return (
    <>
      <button
        class="name needs-script"
        type="button"
        aria-pressed={isSelected}
        onClick={() => act.select(isSelected ? undefined : field.path)}
      >
        {words}
      </button>
      {!act.isLive && <span class="name without-script">{words}</span>}
    </>
  );
}

function Row(props: RowProps): JSX.Element {
  const { row, state } = props;
  const { field, depth } = row;
  const isSelected = state.selected === field.path;
  const explained = isSelected || (state.explains && !isLength(field));
  return (
    <li class={isSelected ? 'selected' : undefined} style={{ '--d': Math.min(depth, 4) }} data-path={field.path}>
      <Name {...props} />
      <ValueOf {...props} />
      {explained && field.explanation !== '' && <span class="why small">{field.explanation}</span>}
    </li>
  );
}

export function FieldList({ state, act }: ViewProps<BenchState>): JSX.Element | null {
  const box = useRef<HTMLUListElement>(null);
  const [unfolded, unfold] = useState<ReadonlySet<string>>(new Set());
  const anatomy = state.shown?.reading.anatomy;
  // The counterpart of a byte that was clicked is seen, and keeps the focus where it is.
  useLayoutEffect(() => {
    const chosen = box.current?.querySelector('.selected');
    if (box.current !== null && chosen !== null && chosen !== undefined) showInside(box.current, chosen);
  }, [state.selected, state.body, anatomy]);
  if (anatomy === undefined) return null;
  const rows = fieldRows(anatomy.fields).filter(({ field }) => field.span.body === state.body);
  const selected = findField(anatomy, state.selected);
  const folds = foldsOf(rows);
  const isOpen = (row: FieldRow): boolean =>
    unfolded.has(row.field.path) || (selected !== undefined && selected !== row.field && isWithin(selected, row.field));
  const closed = folds.filter((row) => !isOpen(row));
  const seen = rows.filter(({ field }) => !closed.some((row) => row.field !== field && isWithin(field, row.field)));
  const foldOf = (row: FieldRow): RowProps['fold'] => {
    if (!folds.includes(row)) return undefined;
    const { path } = row.field;
    const others = [...unfolded].filter((each) => each !== path);
    return { isOpen: isOpen(row), toggle: () => unfold(new Set(unfolded.has(path) ? others : [...others, path])) };
  };
  return (
    <>
      <ul class="fields" aria-label={`Fields: ${anatomy.bodies[state.body]?.title ?? ''}`} ref={box}>
        {seen.slice(0, mostRows).map((row) => (
          <Row key={row.field.path} row={row} fold={foldOf(row)} state={state} act={act} />
        ))}
      </ul>
      {seen.length > mostRows && (
        <p class="small quiet same">
          {seen.length - mostRows} more fields are not listed. Click a byte to see what it is.
        </p>
      )}
    </>
  );
}
