/** Typing on touch screens: a line of the page's own, which keyboards do not garble, and the keys that they lack. */

export interface TouchKeys {
  /** The host behind the terminal, and whether what is typed shows. */
  describe(host: string, echo: boolean): void;
  /** Puts the focus on the line, and says whether it is there to be typed into. */
  focus(): boolean;
}

const control = (character: string): string =>
  String.fromCodePoint((character.toUpperCase().codePointAt(0) ?? 0) & 0x1f);

export function makeTouchKeys(stage: HTMLElement, type: (text: string) => void): TouchKeys | undefined {
  const form = stage.querySelector<HTMLFormElement>('.compose');
  const input = form?.querySelector('input');
  const keys = stage.querySelector<HTMLElement>('.keys');
  if (form === null || form === undefined || input === null || input === undefined || keys === null) return undefined;
  const sticky = keys.querySelector<HTMLButtonElement>('[data-sticky]');
  const holding = (): boolean => sticky?.getAttribute('aria-pressed') === 'true';
  const hold = (on: boolean): void => sticky?.setAttribute('aria-pressed', String(on));
  const take = (): string => {
    const text = input.value;
    input.value = '';
    return text;
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    type(`${take()}\r`);
  });
  input.addEventListener('input', () => {
    if (!holding() || input.value === '') return;
    hold(false);
    type(control(take().slice(-1)));
  });
  keys.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    if (button === null || button.classList.contains('paste')) return;
    if (button === sticky) hold(!holding());
    else if (button.dataset['insert'] === undefined) type(take() + (button.dataset['send'] ?? ''));
    else input.setRangeText(button.dataset['insert'], input.selectionStart ?? 0, input.selectionEnd ?? 0, 'end');
  });
  return {
    focus: () => {
      if (input.offsetParent === null) return false;
      input.focus();
      return true;
    },
    describe: (host, echo) => {
      input.type = echo ? 'text' : 'password';
      const words = echo ? `Type for ${host}` : 'Type, it will not show';
      input.placeholder = words;
      input.setAttribute('aria-label', words);
    },
  };
}
