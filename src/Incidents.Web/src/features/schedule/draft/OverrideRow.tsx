import { type KeyboardEvent, type PointerEvent, memo, useRef } from 'react';
import { actOf, type Shown } from '../../../lib/draft';
import { hue } from '../../../lib/people';
import { intervalText } from '../../../lib/shifts';
import { barsOf, grainOf, instantAt, place, type Strip, type Zoom } from '../../../lib/timeline';
import { minute } from '../../../lib/zone';
import { draftText as t } from '../../../text/drafts';
import { scheduleText } from '../../../text/schedules';
import rows from '../Rows.module.css';
import type { OnTip } from '../Timeline';
import styles from './OverrideRow.module.css';

interface Props {
  strip: Strip;
  zoom: Zoom;
  /** The zone in which intervals are written. */
  zone: string;
  overrides: readonly Shown[];
  nameOf: (login: string) => string;
  now: number;
  /** The timeline's first strip: its first bar is a tab stop. */
  first: boolean;
  onTip: OnTip;
  onMove: (key: string, from: number, to: number) => void;
  onEdit: (key: string) => void;
  onRemove: (key: string) => void;
}

interface Held {
  key: string;
  bar: HTMLElement;
  edge: 'from' | 'to' | 'both';
  x: number;
  from: number;
  to: number;
  next: { from: number; to: number };
  track: DOMRect;
  moved: boolean;
  /** Set while a frame is waited for. */
  frame: number;
}

const edgeWidth = 9;
const slack = 4;

export const wordsOf = (shown: Shown, nameOf: (login: string) => string): string => {
  const { kind, person } = actOf(shown.override);
  const o = scheduleText.overrides;
  return kind === 'replace' ? o.replace(nameOf(shown.override.with ?? ''), nameOf(person)) : kind === 'add' ? o.add(nameOf(person)) : o.remove(nameOf(person));
};

/** Overrides as bars that can be moved and resized. While one is dragged only its own element changes; the draft learns of it when it is let go. */
export const OverrideRow = memo(function OverrideRow({ strip, zoom, zone, overrides, nameOf, now, first, onTip, onMove, onEdit, onRemove }: Props) {
  const held = useRef<Held | null>(null);
  /** The click that follows a drag means nothing. */
  const dropped = useRef(false);
  const note = useRef<HTMLOutputElement>(null);
  const grain = grainOf(zoom);
  const bars = barsOf(strip, overrides.map((shown) => ({ shown, position: 'x', from: shown.override.from, until: shown.override.to })), 'x');
  const lanes = Math.max(1, ...bars.map((bar) => bar.lane + 1));
  const written = (from: number, to: number): string => intervalText(new Date(from).toISOString(), new Date(to).toISOString(), now, zone);

  /** What would become of an interval; its beginning stays after now, or where it is if it runs already. */
  const shifted = (from: number, to: number, edge: Held['edge'], by: number): { from: number; to: number } => {
    const earliest = Math.min(from, Math.ceil(now / minute) * minute);
    if (edge === 'to') return { from, to: Math.max(to + by, Math.max(from, now) + Math.min(grain, 15 * minute)) };
    if (edge === 'from') return { from: Math.min(Math.max(from + by, earliest), to - Math.min(grain, 15 * minute)), to };
    const step = Math.max(by, earliest - from);
    return { from: from + step, to: to + step };
  };

  const draw = ({ bar, next }: Held): void => {
    const left = place(strip, next.from);
    bar.style.left = `${100 * left}%`;
    bar.style.width = `${100 * (place(strip, next.to) - left)}%`;
    if (!note.current) return;
    note.current.textContent = written(next.from, next.to);
    note.current.style.left = `${100 * Math.min(0.8, left)}%`;
    note.current.hidden = false;
  };

  const release = (commit: boolean): void => {
    const { current } = held;
    held.current = null;
    if (!current) return;
    cancelAnimationFrame(current.frame);
    if (note.current) note.current.hidden = true;
    delete current.bar.dataset.held;
    const { from, to, next } = current;
    const back = place(strip, from);
    if (!commit || (next.from === from && next.to === to)) {
      current.bar.style.left = `${100 * back}%`;
      current.bar.style.width = `${100 * (place(strip, to) - back)}%`;
    } else onMove(current.key, next.from, next.to);
  };

  const down = (event: PointerEvent<HTMLElement>, shown: Shown): void => {
    dropped.current = false;
    if (event.button !== 0 || event.pointerType === 'touch' || shown.swap || shown.state === 'removed') return;
    const bar = event.currentTarget;
    const box = bar.getBoundingClientRect();
    const from = Date.parse(shown.override.from);
    const to = Date.parse(shown.override.to);
    // Of one that runs already only the end is still to come.
    const wide = box.width > 3 * edgeWidth;
    const edge = from < now ? 'to' : wide && event.clientX - box.left < edgeWidth ? 'from' : wide && box.right - event.clientX < edgeWidth ? 'to' : 'both';
    held.current = { key: shown.key, bar, edge, x: event.clientX, from, to, next: { from, to }, track: bar.parentElement!.getBoundingClientRect(), moved: false, frame: 0 };
  };

  const move = (event: PointerEvent<HTMLElement>): void => {
    const { current } = held;
    if (!current || (!current.moved && Math.abs(event.clientX - current.x) < slack)) return;
    if (!current.moved) {
      current.moved = true;
      current.bar.setPointerCapture(event.pointerId);
      current.bar.dataset.held = '';
      onTip(null);
    }
    const at = (x: number): number => instantAt(strip, (x - current.track.left) / current.track.width, grain);
    const next = shifted(current.from, current.to, current.edge, at(event.clientX) - at(current.x));
    if (next.from === current.next.from && next.to === current.next.to) return;
    current.next = next;
    cancelAnimationFrame(current.frame);
    current.frame = requestAnimationFrame(() => draw(current));
  };

  const keys = (event: KeyboardEvent<HTMLElement>, shown: Shown): void => {
    if (event.key === 'Escape' && held.current) return release(false);
    if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault();
      return shown.swap ? undefined : onRemove(shown.key);
    }
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by || !(event.ctrlKey || event.altKey || event.metaKey) || shown.swap || shown.state === 'removed') return;
    event.preventDefault();
    const from = Date.parse(shown.override.from);
    const to = Date.parse(shown.override.to);
    const next = shifted(from, to, event.shiftKey || from < now ? 'to' : 'both', by * grain);
    onTip(null);
    onMove(shown.key, next.from, next.to);
  };

  return (
    <div className={`${rows.row} ${styles.row}`}>
      <div className={rows.label}>{t.rows.overrides}</div>
      <div className={`${rows.track} ${styles.track}`} style={{ '--lanes': lanes } as React.CSSProperties}>
        {bars.length === 0 && <span className={styles.empty}>{t.override.empty}</span>}
        {bars.map(({ item: { shown }, left, width, lane, before, after }, index) => {
          const words = wordsOf(shown, nameOf);
          const { person } = actOf(shown.override);
          const { from, to, position = 'primary', reason } = shown.override;
          const state = t.override.state[shown.state];
          const why = [words, scheduleText.position[position], reason, shown.swap && t.override.fixed, state].filter(Boolean).join(' · ');
          const tip = (element: HTMLElement): void => {
            if (!held.current?.moved)
              onTip({ shift: { schedule: '', team: null, pool: null, position, people: [shown.override.with ?? person], from, until: to, why: { kind: 'override', name: null } }, why, box: element.getBoundingClientRect() });
          };
          return (
            <button
              key={shown.id}
              type="button"
              className={styles.bar}
              data-bar
              data-row="overrides"
              data-override={shown.id}
              data-state={shown.state}
              data-before={before || undefined}
              data-after={after || undefined}
              data-fixed={shown.swap || undefined}
              tabIndex={first && index === 0 ? 0 : -1}
              aria-label={t.override.label([words, state].filter(Boolean).join(', '), intervalText(from, to, now, zone))}
              aria-keyshortcuts="Control+ArrowLeft Control+ArrowRight Control+Shift+ArrowLeft Control+Shift+ArrowRight Delete"
              style={{ left: `${100 * left}%`, width: `${100 * width}%`, '--lane': lane, '--hue': hue(shown.override.with ?? person) } as React.CSSProperties}
              onPointerDown={(event) => down(event, shown)}
              onPointerMove={move}
              onPointerUp={() => {
                if (!held.current?.moved) return;
                dropped.current = true;
                release(true);
              }}
              onPointerCancel={() => release(false)}
              onClick={() => {
                const click = !dropped.current;
                dropped.current = false;
                held.current = null;
                if (click) onEdit(shown.key);
              }}
              onKeyDown={(event) => keys(event, shown)}
              onMouseEnter={(event) => tip(event.currentTarget)}
              onFocus={(event) => event.currentTarget.matches(':focus-visible') && tip(event.currentTarget)}
              onMouseLeave={() => onTip(null)}
              onBlur={() => onTip(null)}
            >
              <span className={styles.text}>{words}</span>
            </button>
          );
        })}
        <output ref={note} className={styles.note} hidden aria-hidden />
      </div>
    </div>
  );
});
