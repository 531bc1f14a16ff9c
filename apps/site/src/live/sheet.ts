/** The stage on narrow screens: a bar at the foot, which opens to a sheet. Buttons do what dragging would. */

export type SheetSize = 'closed' | 'open' | 'tall';

export interface Sheet {
  show(size: SheetSize): void;
  readonly size: SheetSize;
}

export function makeSheet(stage: HTMLElement, onOpen: () => void): Sheet {
  const open = stage.querySelector<HTMLButtonElement>('.sheet-open');
  const tall = stage.querySelector<HTMLButtonElement>('.sheet-tall');
  let size: SheetSize = 'closed';
  const show = (next: SheetSize): void => {
    size = next;
    if (next === 'closed') delete stage.dataset['sheet'];
    else stage.dataset['sheet'] = next;
    open?.setAttribute('aria-expanded', String(next !== 'closed'));
    if (open !== null) open.textContent = next === 'closed' ? 'Terminal' : 'Close';
    if (tall !== null) {
      tall.hidden = next === 'closed';
      tall.textContent = next === 'tall' ? 'Lower' : 'Taller';
    }
  };
  open?.addEventListener('click', () => {
    show(size === 'closed' ? 'open' : 'closed');
    if (size !== 'closed') onOpen();
  });
  tall?.addEventListener('click', () => show(size === 'tall' ? 'open' : 'tall'));
  return {
    show,
    get size() {
      return size;
    },
  };
}
