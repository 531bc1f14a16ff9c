/** A field for a passphrase, which can be shown. Its value stays in the field until it is asked for. */
import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';

interface Props {
  readonly label: string;
  readonly name: string;
  /** Of the sentence that refuses it. */
  readonly describedBy?: string | undefined;
}

export function PassphraseField({ label, name, describedBy }: Props): JSX.Element {
  const id = useId();
  const [isShown, show] = useState(false);
  return (
    <div class="field">
      <label htmlFor={id}>{label}</label>
      <span class="inner">
        <input
          id={id}
          name={name}
          type={isShown ? 'text' : 'password'}
          autocomplete="off"
          autocapitalize="off"
          autocorrect="off"
          spellcheck={false}
          aria-invalid={describedBy === undefined ? undefined : 'true'}
          aria-describedby={describedBy}
        />
        <button class="btn bare" type="button" aria-pressed={isShown} onClick={() => show(!isShown)}>
          Show<span class="vh"> the {label.toLowerCase()}</span>
        </button>
      </span>
    </div>
  );
}

/** A passphrase that does not exist yet: asked twice, as ssh-keygen does, since a mistyped one locks the key for good. */
export function NewPassphrase({ label, describedBy }: Omit<Props, 'name'>): JSX.Element {
  return (
    <>
      <PassphraseField label={label} name="passphrase" describedBy={describedBy} />
      <PassphraseField label="The same again" name="passphrase-again" describedBy={describedBy} />
    </>
  );
}
