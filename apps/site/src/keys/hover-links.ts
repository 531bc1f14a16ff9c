/** What the pointer rests on is marked in all three views of the file: its text, its bytes, its fields. Paint alone: no state of the bench. */

const mark = 'hov';

/** Whether a field is the other one or lies inside it. */
const isWithin = (path: string, outer: string): boolean =>
  path === outer || (path.startsWith(outer) && ['.', '['].includes(path.charAt(outer.length)));

export function linkByHover(place: HTMLElement): void {
  let shown: string | undefined;
  place.addEventListener('pointerover', (event) => {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-path]') : null;
    const path = event.pointerType === 'touch' ? undefined : target?.dataset['path'];
    if (path === shown) return;
    shown = path;
    for (const element of place.querySelectorAll<HTMLElement>('[data-path]')) {
      const own = element.dataset['path'];
      element.classList.toggle(mark, path !== undefined && own !== undefined && isWithin(own, path));
    }
  });
  place.addEventListener('pointerleave', () => {
    shown = undefined;
    for (const element of place.querySelectorAll(`.${mark}`)) element.classList.remove(mark);
  });
}
