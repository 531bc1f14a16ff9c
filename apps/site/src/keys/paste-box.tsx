/** The file as text: a text area, and behind it the same text with a line under each field. Drop works on the whole page. */
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ViewProps } from './bench-actions.ts';
import { type BenchState, holdsSecret } from './bench-state.ts';
import { findField, isWithin, textStretches } from './fields.ts';
import { type GivenFile, largestFileBytes } from './given-file.ts';
import { kindWords } from './kind-words.ts';
import { showInside } from './scroll-inside.ts';

/** A file's last line end would show as an empty line; who types one wants to see it. */
function shownText({ text, name, isExample }: GivenFile): string {
  return name !== undefined || isExample ? text.replace(/\n$/, '') : text;
}

function Mirror({ state }: { readonly state: BenchState }): JSX.Element {
  const { file, shown } = state;
  if (file === undefined) return <div class="mirror" aria-hidden="true" />;
  const reading = shown?.file === file ? shown.reading : undefined;
  const selected = reading === undefined ? undefined : findField(reading.anatomy, state.selected);
  const stretches =
    reading === undefined || !file.isText
      ? [{ text: shownText(file), row: undefined }]
      : textStretches({ bytes: file.bytes, anatomy: reading.anatomy, startBytes: reading.startBytes });
  return (
    <div class="mirror" aria-hidden="true">
      {stretches.map(({ text: whole, row }, index) => {
        const isLast = index === stretches.length - 1;
        const text = isLast && shownText(file) !== file.text ? whole.replace(/\n$/, '') : whole;
        if (row === undefined) return text;
        // Words of the file tell themselves; in base64 the fields have to be told apart.
        const mark = row.field.span.body === 0 ? '' : `k-${row.mark}`;
        return (
          <span key={index} class={isWithin(row.field, selected) ? `${mark} sel` : mark} data-path={row.field.path}>
            {text}
          </span>
        );
      })}
    </div>
  );
}

function Warning({ state }: { readonly state: BenchState }): JSX.Element | null {
  const { file } = state;
  if (file?.holdsPrivate !== true && state.shown?.reading.anatomy.isPrivate !== true) return null;
  if (!holdsSecret(state))
    return (
      <p class="small quiet">An example, made for this page. It opens no machine; its passphrase is “seashell”.</p>
    );
  return (
    <p class="warn" role="note">
      <b>This is a private key.</b> Who has it can be you. It is read in this tab alone, and neither stored nor sent;
      other programs can still see your clipboard. Clear everything when you are done.
    </p>
  );
}

export function PasteBox({ state, act }: ViewProps<BenchState>): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const { file, shown, refusal } = state;
  useLayoutEffect(() => {
    const chosen = box.current?.querySelector('.sel');
    if (box.current !== null && chosen !== null && chosen !== undefined) showInside(box.current, chosen);
  }, [state.selected]);
  const kind = shown?.reading.kind;
  const words = kind === undefined ? undefined : kindWords[kind];
  return (
    <section aria-labelledby="given">
      <h2 id="given">{words?.heading ?? 'A key file, or a line of one'}</h2>
      <div class="paste" ref={box}>
        <Mirror state={state} />
        <textarea
          aria-labelledby="given"
          aria-describedby="given-note"
          placeholder="Paste a key here, or drop its file on the page"
          spellcheck={false}
          autocomplete="off"
          autocapitalize="off"
          rows={1}
          value={file === undefined ? '' : shownText(file)}
          onInput={(event) => void act.type(event.currentTarget.value)}
          onPaste={(event) => {
            const text = event.clipboardData?.getData('text') ?? '';
            if (text.length <= largestFileBytes) return;
            // It would be refused anyway, after the page had drawn all of it.
            event.preventDefault();
            void act.type(text);
          }}
        />
      </div>
      {refusal?.of === 'give' && <p class="refusal">{refusal.reason}</p>}
      {shown?.reading.problem !== undefined && <p class="refusal">{shown.reading.problem}</p>}
      {file?.notes.map((note) => (
        <p key={note} class="note small">
          {note}
        </p>
      ))}
      <Warning state={state} />
      <p class="small quiet same" id="given-note">
        {words?.note ??
          'Private or public, of OpenSSH, OpenSSL or PuTTY; a line of authorized_keys; a certificate; a fingerprint.'}
      </p>
    </section>
  );
}
