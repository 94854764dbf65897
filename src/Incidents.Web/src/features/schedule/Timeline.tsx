import { type KeyboardEvent, useRef, useState } from 'react';
import type { Calendar, Shift } from '../../api/scheduleTypes';
import { useNow } from '../../lib/clock';
import { dayKind } from '../../lib/shifts';
import { barsOf, grainOf, hourMarks, place, type Strip, type Zoom } from '../../lib/timeline';
import { hour, minute, writeDate } from '../../lib/zone';
import { scheduleText as t } from '../../text/schedules';
import { ShiftBar } from './ShiftBar';
import { ShiftTip, type Tip } from './ShiftTip';
import styles from './Timeline.module.css';
import { type Range, useRange } from './useRange';

interface Props {
  strips: Strip[];
  shifts: Shift[];
  zoom: Zoom;
  /** The zone of the axis. */
  zone: string;
  scheduleZone: string;
  /** The date in focus: of a month, what lies outside it is dimmed. */
  date: string;
  calendar: Calendar | undefined;
  positions: string[];
  /** Absent: the viewer may look only. */
  onCover?: (range: Range) => void;
}

/** The final schedule as bars. One tab stop: arrow keys move between bars, with Shift they choose a range, Enter covers it. */
export function Timeline({ strips, shifts, zoom, zone, scheduleZone, date, calendar, positions, onCover }: Props) {
  const now = useNow(minute);
  const root = useRef<HTMLDivElement>(null);
  const [tip, setTip] = useState<Tip | null>(null);
  const { range, setRange, handlers } = useRange(grainOf(zoom), now, onCover);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key === 'Escape') {
      setRange(null);
      setTip(null);
      return;
    }
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const vertical = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const current = (event.target as HTMLElement).closest<HTMLElement>('[data-bar]');
    if (!current || (!step && !vertical)) return;
    event.preventDefault();
    const all = [...(root.current?.querySelectorAll<HTMLElement>('[data-bar]') ?? [])];
    const mine = all.filter((bar) => bar.dataset.position === current.dataset.position);
    const next = step ? mine[mine.indexOf(current) + step] : beside(all, current, vertical ?? 1);
    next?.focus();
    if (step && event.shiftKey && next && onCover) {
      const bars = [current, next];
      const from = Math.min(...bars.map((bar) => Number(bar.dataset.from)), range?.from ?? Infinity);
      const to = Math.max(...bars.map((bar) => Number(bar.dataset.to)), range?.to ?? -Infinity);
      setRange({ position: current.dataset.position ?? 'primary', from: Math.max(from, now), to });
    } else setRange(null);
  };

  return (
    <div
      ref={root}
      className={styles.timeline}
      data-zoom={zoom}
      role="group"
      aria-label={t.timeline.label}
      onKeyDown={onKeyDown}
      onMouseLeave={() => setTip(null)}
    >
      {strips.map((strip, index) => (
        <div key={strip.days[0]?.date} className={styles.strip} data-first={index === 0 || undefined}>
          <div className={styles.corner} />
          <Axis strip={strip} zoom={zoom} zone={zone} scheduleZone={scheduleZone} now={now} date={date} />
          <Background strip={strip} zoom={zoom} zone={zone} date={date} calendar={calendar} now={now} />
          {positions.map((position) => {
            const bars = barsOf(strip, shifts, position);
            const lanes = Math.max(1, ...bars.map((bar) => bar.lane + 1));
            return (
              <div key={position} className={styles.row}>
                <span className={styles.label}>{t.position[position] ?? position}</span>
                <div className={styles.track} style={{ '--lanes': lanes } as React.CSSProperties} data-editable={!!onCover || undefined} {...handlers(strip, position)}>
                  {bars.map((bar) => (
                    <ShiftBar key={`${bar.item.from} ${bar.item.people.join()} ${bar.item.why.kind}`} bar={bar} strip={strip} first={index === 0 && position === positions[0] && bar === bars[0]} onTip={setTip} onCover={onCover} range={range} now={now} />
                  ))}
                  {range?.position === position && range.from < strip.to && range.to > strip.from && (
                    <span className={styles.selection} style={{ left: `${100 * place(strip, range.from)}%`, width: `${100 * (place(strip, range.to) - place(strip, range.from))}%` }} />
                  )}
                </div>
              </div>
            );
          })}
        </div>
      ))}
      {tip && <ShiftTip tip={tip} zone={zone} otherZone={scheduleZone} />}
    </div>
  );
}

/** The bar of the next or former row that lies nearest. */
function beside(all: HTMLElement[], current: HTMLElement, by: number): HTMLElement | undefined {
  const { left, top } = current.getBoundingClientRect();
  const others = all.filter((bar) => Math.sign(Math.round(bar.getBoundingClientRect().top - top)) === by);
  const distance = (bar: HTMLElement): number => {
    const box = bar.getBoundingClientRect();
    return Math.abs(box.top - top) * 10 + Math.max(0, box.left - left, left - box.right);
  };
  return others.sort((a, b) => distance(a) - distance(b))[0];
}

function Axis({ strip, zoom, zone, scheduleZone, now, date }: { strip: Strip; zoom: Zoom; zone: string; scheduleZone: string; now: number; date: string }) {
  if (zoom === 'day')
    return (
      <div className={styles.axis} aria-hidden>
        {hourMarks(strip, zone, 3).map((mark) => (
          <span key={mark.at} className={styles.hour} style={{ left: `${100 * mark.left}%` }}>
            {String(mark.hour).padStart(2, '0')}
            {zone !== scheduleZone && <small>{hourIn(mark.at, scheduleZone)}</small>}
          </span>
        ))}
      </div>
    );
  return (
    <div className={styles.axis} aria-hidden>
      {strip.days.map((day, index) => {
        const today = now >= day.from && now < day.to;
        const length = (day.to - day.from) / hour;
        return (
          <span
            key={day.date}
            className={styles.day}
            data-today={today || undefined}
            data-outside={(zoom === 'month' && day.date.slice(0, 7) !== date.slice(0, 7)) || undefined}
            style={{ left: `${(100 * index) / strip.days.length}%`, width: `${100 / strip.days.length}%` }}
            title={length === 24 ? undefined : t.timeline.clockChange(length)}
          >
            <span className={styles.weekday}>{writeDate(day.date, { weekday: 'short' })}</span>
            <span className={`${styles.number} num`}>{Number(day.date.slice(8))}</span>
            {length !== 24 && <small className={styles.clock}>{length} h</small>}
          </span>
        );
      })}
    </div>
  );
}

const hourIn = (at: number, zone: string): string => new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: zone }).format(at);

function Background({ strip, zoom, zone, date, calendar, now }: { strip: Strip; zoom: Zoom; zone: string; date: string; calendar: Calendar | undefined; now: number }) {
  return (
    <div className={styles.background} aria-hidden>
      {strip.days.map((day, index) => (
        <span
          key={day.date}
          className={styles.column}
          data-kind={dayKind(day.date, calendar)}
          data-outside={(zoom === 'month' && day.date.slice(0, 7) !== date.slice(0, 7)) || undefined}
          style={{ left: `${(100 * index) / strip.days.length}%`, width: `${100 / strip.days.length}%` }}
        >
          {dayKind(day.date, calendar) === 'holiday' && <em>{t.timeline.holiday}</em>}
        </span>
      ))}
      {zoom === 'day' && hourMarks(strip, zone, 3).map((mark) => <span key={mark.at} className={styles.tick} style={{ left: `${100 * mark.left}%` }} />)}
      {now >= strip.from && now < strip.to && <span className={styles.now} style={{ left: `${100 * place(strip, now)}%` }} />}
    </div>
  );
}
