import { type KeyboardEvent, memo, type ReactNode, useCallback, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react';
import type { Calendar, Shift } from '../../api/scheduleTypes';
import { useNow } from '../../lib/clock';
import { barsOf, grainOf, place, type Strip, type Zoom } from '../../lib/timeline';
import { minute } from '../../lib/zone';
import { scheduleText as t } from '../../text/schedules';
import { toastHint } from '../../ui/toast';
import { Axis, Background, ZoneRow } from './Axis';
import { ShiftBar } from './ShiftBar';
import { ShiftTip, type Tip } from './ShiftTip';
import styles from './Timeline.module.css';
import { type Range, useRange } from './useRange';

export type OnTip = (tip: Tip | null) => void;

interface Props {
  strips: Strip[];
  shifts: Shift[];
  zoom: Zoom;
  /** The zone of the axis. */
  zone: string;
  scheduleZone: string;
  /** Whose clocks are shown beside the axis. */
  zones?: readonly string[];
  /** The date in focus: of a month, what lies outside it is dimmed. */
  date: string;
  calendar: Calendar | undefined;
  positions: readonly string[];
  /** Absent: the viewer may look only. */
  onCover?: (range: Range) => void;
  /** Rows over the final ones. What it draws keeps to itself what has not changed: it is called on every move of the pointer. */
  above?: (strip: Strip, onTip: OnTip) => ReactNode;
  /** What is drawn over the final shifts of a position. */
  marks?: (strip: Strip, position: string, onTip: OnTip) => ReactNode;
  /** Names the final rows, where there are others. */
  rowName?: (position: string) => string;
}

const tellPast = (): void => toastHint('past', t.timeline.past);

/** The final schedule as bars. One tab stop: arrow keys move between bars, with Shift they choose a range, Enter covers it. */
export function Timeline({ strips, shifts, zoom, zone, scheduleZone, zones = [], date, calendar, positions, onCover, above, marks, rowName }: Props) {
  const now = useNow(minute);
  const root = useRef<HTMLDivElement>(null);
  const tips = useRef<{ show: OnTip }>(null);
  const onTip = useCallback<OnTip>((tip) => tips.current?.show(tip), []);
  const { range, setRange, handlers } = useRange(grainOf(zoom), now, onCover, tellPast);
  const latest = useRef({ range, onCover });
  useEffect(() => {
    latest.current = { range, onCover };
  });
  const choose = useCallback((own: Range) => {
    const chosen = latest.current.range;
    onTip(null);
    const covered = chosen?.position === own.position && chosen.to > chosen.from ? chosen : own;
    if (covered.to > covered.from) latest.current.onCover?.(covered);
  }, [onTip]);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.defaultPrevented) return;
    if (event.key === 'Escape') {
      setRange(null);
      onTip(null);
      return;
    }
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const vertical = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const current = (event.target as HTMLElement).closest<HTMLElement>('[data-bar]');
    if (!current || (!step && !vertical) || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const all = [...(root.current?.querySelectorAll<HTMLElement>('[data-bar]') ?? [])];
    const mine = all.filter((bar) => bar.dataset.row === current.dataset.row);
    const next = step ? mine[mine.indexOf(current) + step] : beside(all, current, vertical ?? 1);
    next?.focus();
    if (step && event.shiftKey && next?.dataset.from && onCover) {
      const bars = [current, next];
      const from = Math.min(...bars.map((bar) => Number(bar.dataset.from)), range?.from ?? Infinity);
      const to = Math.max(...bars.map((bar) => Number(bar.dataset.to)), range?.to ?? -Infinity);
      setRange({ position: current.dataset.row ?? 'primary', from: Math.max(from, now), to });
    } else setRange(null);
  };

  return (
    <div className={styles.scroll}>
      <div ref={root} className={styles.timeline} data-zoom={zoom} data-rows={above ? 'many' : undefined} role="group" aria-label={t.timeline.label} onKeyDown={onKeyDown} onMouseLeave={() => onTip(null)}>
        {strips.map((strip, index) => (
          <div key={strip.days[0]?.date} className={styles.strip} data-first={index === 0 || undefined}>
            <div className={styles.corner} data-double={zoom === 'quarter' || undefined} />
            <Axis strip={strip} zoom={zoom} zone={zone} now={now} date={date} />
            <Background strip={strip} zoom={zoom} zone={zone} date={date} calendar={calendar} now={now} />
            {(zoom === 'day' || zoom === 'week') && zones.map((other) => <ZoneRow key={other} strip={strip} zoom={zoom} zone={other} />)}
            {above?.(strip, onTip)}
            {positions.map((position) => (
              <Row key={position} label={rowName?.(position) ?? t.position[position] ?? position} final>
                <Track strip={strip} shifts={shifts} position={position} zoom={zoom} now={now} first={index === 0 && position === positions[0]} editable={!!onCover} handlers={handlers(strip, position)} onTip={onTip} onCover={choose}>
                  {marks?.(strip, position, onTip)}
                  {range?.position === position && range.from < strip.to && range.to > strip.from && (
                    <span className={styles.selection} style={{ left: `${100 * place(strip, range.from)}%`, width: `${100 * (place(strip, range.to) - place(strip, range.from))}%` }} />
                  )}
                </Track>
              </Row>
            ))}
          </div>
        ))}
      </div>
      <TipHost ref={tips} zone={zone} otherZone={scheduleZone} />
    </div>
  );
}

function Row({ label, final, children }: { label: string; final?: boolean; children: ReactNode }) {
  return (
    <div className={styles.row} data-final={final || undefined}>
      <span className={styles.label}>{label}</span>
      {children}
    </div>
  );
}

/** Shows a tip without anything else being drawn again. */
function TipHost({ ref, zone, otherZone }: { ref: React.Ref<{ show: OnTip }>; zone: string; otherZone: string }) {
  const [tip, setTip] = useState<Tip | null>(null);
  useImperativeHandle(ref, () => ({ show: setTip }), []);
  return tip && <ShiftTip tip={tip} zone={zone} otherZone={otherZone} />;
}

interface TrackProps {
  strip: Strip;
  shifts: Shift[];
  position: string;
  zoom: Zoom;
  now: number;
  first: boolean;
  editable: boolean;
  handlers: object;
  onTip: OnTip;
  onCover: (range: Range) => void;
  children: ReactNode;
}

function Track({ strip, shifts, position, zoom, now, first, editable, handlers, onTip, onCover, children }: TrackProps) {
  const bars = useMemo(() => barsOf(strip, shifts, position), [strip, shifts, position]);
  const lanes = Math.max(1, ...bars.map((bar) => bar.lane + 1));
  return (
    <div className={styles.track} style={{ '--lanes': lanes } as React.CSSProperties} data-editable={editable || undefined} {...handlers}>
      <Bars bars={bars} strip={strip} zoom={zoom} now={now} first={first} editable={editable} onTip={onTip} onCover={onCover} />
      {children}
    </div>
  );
}

const Bars = memo(function Bars({ bars, strip, zoom, now, first, editable, onTip, onCover }: { bars: ReturnType<typeof barsOf<Shift>>; strip: Strip; zoom: Zoom; now: number; first: boolean; editable: boolean; onTip: OnTip; onCover: (range: Range) => void }) {
  return bars.map((bar, index) => (
    <ShiftBar key={`${bar.item.from} ${bar.item.people.join()} ${bar.item.why.kind}`} bar={bar} strip={strip} bare={zoom === 'quarter' && bar.width < 0.02} first={first && index === 0} onTip={onTip} onCover={editable ? onCover : undefined} now={now} />
  ));
});

/** The bar of the next or former row that lies nearest. */
function beside(all: HTMLElement[], current: HTMLElement, by: number): HTMLElement | undefined {
  const { left, top } = current.getBoundingClientRect();
  const others = all.map((bar) => ({ bar, box: bar.getBoundingClientRect() })).filter(({ box }) => Math.sign(Math.round(box.top - top)) === by);
  const distance = (box: DOMRect): number => Math.abs(box.top - top) * 10 + Math.max(0, box.left - left, left - box.right);
  return others.sort((a, b) => distance(a.box) - distance(b.box))[0]?.bar;
}
