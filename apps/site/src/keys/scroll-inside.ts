/** Scrolls a box so that something in it is seen: the box alone, never the page, at once, and only as far as is needed. */
export function showInside(box: HTMLElement, item: Element): void {
  const inner = item.getBoundingClientRect();
  const outer = box.getBoundingClientRect();
  const edge = Math.min(inner.height, outer.height / 4);
  if (inner.top < outer.top || inner.height > outer.height) box.scrollTop -= outer.top - inner.top + edge;
  else if (inner.bottom > outer.bottom) box.scrollTop += inner.bottom - outer.bottom + edge;
}
