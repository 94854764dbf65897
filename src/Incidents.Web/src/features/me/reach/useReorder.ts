import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';

interface Handle {
  onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  onPointerUp: () => void;
  onPointerCancel: () => void;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
}

/**
 * Rows that are put into another order by dragging a handle (mouse or finger) or with its arrow keys. Rows are the children of the element that `list` is
 * given to, one for each entry.
 */
export function useReorder(move: (from: number, to: number) => void) {
  const list = useRef<HTMLOListElement>(null);
  const dragged = useRef<number | null>(null);
  const [dragging, setDragging] = useState<number | null>(null);

  const under = (y: number): number => {
    const rows = [...(list.current?.children ?? [])];
    const at = rows.findIndex((row) => y < row.getBoundingClientRect().bottom);
    return at < 0 ? rows.length - 1 : at;
  };

  const end = (): void => {
    dragged.current = null;
    setDragging(null);
  };

  const handle = (index: number): Handle => ({
    onPointerDown: (event) => {
      event.currentTarget.setPointerCapture(event.pointerId);
      dragged.current = index;
      setDragging(index);
    },
    onPointerMove: (event) => {
      if (dragged.current === null) return;
      const to = under(event.clientY);
      if (to === dragged.current) return;
      move(dragged.current, to);
      dragged.current = to;
      setDragging(to);
    },
    onPointerUp: end,
    onPointerCancel: end,
    onKeyDown: (event) => {
      const to = event.key === 'ArrowUp' ? index - 1 : event.key === 'ArrowDown' ? index + 1 : null;
      if (to === null) return;
      event.preventDefault();
      const rows = list.current?.children;
      if (to < 0 || to >= (rows?.length ?? 0)) return;
      move(index, to);
      // The focus goes along with what was moved.
      requestAnimationFrame(() => list.current?.children[to]?.querySelector<HTMLElement>('[data-handle]')?.focus());
    },
  });

  return { list, handle, dragging };
}
