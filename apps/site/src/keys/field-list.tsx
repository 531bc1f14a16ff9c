/** The fields as a list, the same as the bytes in words: what each is called, what it says, and a sentence for a learner. */
import type { JSX } from 'preact';
import type { ViewProps } from './bench-actions.ts';
import type { BenchState } from './bench-state.ts';
import { type FieldRow, fieldRows, isLength } from './fields.ts';

/** A revocation list can have more than a page bears. */
const mostRows = 400;
const longValue = 200;

function sizeOf({ field }: FieldRow): string {
  const size = field.span.end - field.span.start;
  return size === 1 ? '1 byte' : `${size} bytes`;
}

function ValueOf({ row, state }: { readonly row: FieldRow; readonly state: BenchState }): JSX.Element | null {
  const { value, secret, encrypted } = row.field;
  if (encrypted) return <span class="value quiet">encrypted</span>;
  if (value === undefined) return null;
  if (secret && !state.showsSecrets) return <span class="value quiet">hidden</span>;
  return <span class={value.length > longValue ? 'value long' : 'value'}>{value}</span>;
}

function Row({ row, state, act }: ViewProps<BenchState> & { readonly row: FieldRow }): JSX.Element {
  const { field, depth, mark } = row;
  const isSelected = state.selected === field.path;
  const explained = isSelected || (state.explains && !isLength(field));
  return (
    <li class={isSelected ? 'selected' : undefined} style={{ '--d': Math.min(depth, 4) }}>
      <button type="button" aria-pressed={isSelected} onClick={() => act.select(isSelected ? undefined : field.path)}>
        <span class={field.children.length > 0 ? 'group' : `k-${mark}`}>{field.name}</span>{' '}
        <small>
          {field.type === field.name ? '' : `${field.type}, `}
          {sizeOf(row)}
        </small>
      </button>
      <ValueOf row={row} state={state} />
      {explained && field.explanation !== '' && <span class="why small">{field.explanation}</span>}
    </li>
  );
}

export function FieldList({ state, act }: ViewProps<BenchState>): JSX.Element | null {
  const anatomy = state.shown?.reading.anatomy;
  if (anatomy === undefined) return null;
  const rows = fieldRows(anatomy.fields).filter(({ field }) => field.span.body === state.body);
  return (
    <>
      <ul class="fields" aria-label={`Fields: ${anatomy.bodies[state.body]?.title ?? ''}`}>
        {rows.slice(0, mostRows).map((row) => (
          <Row key={row.field.path} row={row} state={state} act={act} />
        ))}
      </ul>
      {rows.length > mostRows && (
        <p class="small quiet same">
          {rows.length - mostRows} more fields are not listed. Click a byte to see what it is.
        </p>
      )}
    </>
  );
}
