import { type PointerEvent, useRef, useState } from 'react';
import { instantAt, type Strip } from '../../lib/timeline';

/** A stretch of one position that somebody has chosen, `[from, to)`. */
export interface Range {
  position: string;
  from: number;
  to: number;
}

interface Drag {
  position: string;
  anchor: number;
  x: number;
  moved: boolean;
}

/** So far a press may wander and still be a click. */
const slack = 5;

/** Choosing a stretch by dragging across a row with mouse or pen; a finger scrolls the page. Nothing before now can be chosen; `onPast`: somebody tried. */
export function useRange(grain: number, now: number, onChosen?: (range: Range) => void, onPast?: () => void) {
  const [range, setRange] = useState<Range | null>(null);
  const drag = useRef<Drag | null>(null);

  const at = (event: PointerEvent<HTMLElement>, strip: Strip): number => {
    const box = event.currentTarget.getBoundingClientRect();
    return Math.max(now, instantAt(strip, (event.clientX - box.left) / box.width, grain));
  };

  const handlers = (strip: Strip, position: string) =>
    onChosen
      ? {
          onPointerDown: (event: PointerEvent<HTMLElement>) => {
            if (event.button !== 0 || event.pointerType === 'touch') return;
            drag.current = { position, anchor: at(event, strip), x: event.clientX, moved: false };
          },
          onPointerMove: (event: PointerEvent<HTMLElement>) => {
            const held = drag.current;
            if (!held || held.position !== position) return;
            if (!held.moved && Math.abs(event.clientX - held.x) < slack) return;
            if (!held.moved) event.currentTarget.setPointerCapture(event.pointerId);
            held.moved = true;
            const here = at(event, strip);
            const [from, to] = [Math.min(held.anchor, here), Math.max(held.anchor, here)];
            // Drawn again only when another step is reached.
            setRange((old) => (old?.position === position && old.from === from && old.to === to ? old : { position, from, to }));
          },
          onPointerUp: () => {
            const held = drag.current;
            drag.current = null;
            if (!held?.moved) return;
            if (range && range.to > range.from) onChosen(range);
            else if (range && range.to <= now) onPast?.();
            setRange(null);
          },
          onPointerCancel: () => {
            drag.current = null;
            setRange(null);
          },
        }
      : {};

  return { range, setRange, handlers };
}
