import { memo } from 'react';
import type { Calendar } from '../../api/scheduleTypes';
import { dayKind } from '../../lib/shifts';
import { businessSpans, hourMarks, nightSpans, place, type Strip, type Zoom } from '../../lib/timeline';
import { hour, offsetName, wallTime, writeDate, zoneName } from '../../lib/zone';
import { scheduleText as t } from '../../text/schedules';
import { draftText } from '../../text/drafts';
import styles from './Timeline.module.css';

const part = (left: number, width: number): React.CSSProperties => ({ left: `${100 * left}%`, width: `${100 * width}%` });

const between = (strip: Strip, from: number, to: number): React.CSSProperties => part(place(strip, from), place(strip, to) - place(strip, from));

/** Days or hours above the rows; of a quarter its months and Mondays. */
export const Axis = memo(function Axis({ strip, zoom, zone, now, date }: { strip: Strip; zoom: Zoom; zone: string; now: number; date: string }) {
  if (zoom === 'day')
    return (
      <div className={styles.axis} aria-hidden>
        {hourMarks(strip, zone, 3).map((mark) => (
          <span key={mark.at} className={styles.hour} style={{ left: `${100 * mark.left}%` }}>
            {String(mark.hour).padStart(2, '0')}
          </span>
        ))}
      </div>
    );
  if (zoom === 'quarter') return <QuarterAxis strip={strip} now={now} />;
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
            style={part(index / strip.days.length, 1 / strip.days.length)}
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
});

function QuarterAxis({ strip, now }: { strip: Strip; now: number }) {
  const at = (index: number): React.CSSProperties => ({ left: `${(100 * index) / strip.days.length}%` });
  return (
    <div className={styles.axis} data-double aria-hidden>
      {strip.days.map((day, index) => day.date.endsWith('-01') && <span key={day.date} className={styles.monthName} style={at(index)}>{writeDate(day.date, { month: 'long' })}</span>)}
      {strip.days.map(
        (day, index) =>
          new Date(`${day.date}T00:00:00Z`).getUTCDay() === 1 && (
            <span key={day.date} className={`${styles.monday} num`} data-today={(now >= day.from && now < day.from + 7 * 24 * hour) || undefined} style={at(index)}>
              {Number(day.date.slice(8))}
            </span>
          ),
      )}
    </div>
  );
}

/** Weekends, holidays and hours off shaded, and the line that says now. */
export const Background = memo(function Background({ strip, zoom, zone, date, calendar, now }: { strip: Strip; zoom: Zoom; zone: string; date: string; calendar: Calendar | undefined; now: number }) {
  const fine = zoom === 'day' || zoom === 'week';
  const open = fine ? businessSpans(strip, calendar) : [];
  // What lies between business hours; without known hours the days alone are shaded.
  const shut = open.length === 0 ? [] : [...open, { from: strip.to, to: strip.to }].map((span, index) => ({ from: index === 0 ? strip.from : open[index - 1]!.to, to: span.from }));
  return (
    <div className={styles.background} aria-hidden>
      {strip.days.map((day, index) => (
        <span
          key={day.date}
          className={styles.column}
          data-kind={dayKind(day.date, calendar)}
          data-plain={shut.length > 0 || undefined}
          data-edge={zoom !== 'quarter' || day.date.endsWith('-01') || undefined}
          data-outside={(zoom === 'month' && day.date.slice(0, 7) !== date.slice(0, 7)) || undefined}
          style={part(index / strip.days.length, 1 / strip.days.length)}
        >
          {zoom !== 'quarter' && dayKind(day.date, calendar) === 'holiday' && <em>{t.timeline.holiday}</em>}
        </span>
      ))}
      {shut.map((span) => span.to > span.from && <span key={span.from} className={styles.off} style={between(strip, span.from, span.to)} />)}
      {zoom === 'day' && hourMarks(strip, zone, 3).map((mark) => <span key={mark.at} className={styles.tick} style={{ left: `${100 * mark.left}%` }} />)}
      {now >= strip.from && now < strip.to && <span className={styles.now} style={{ left: `${100 * place(strip, now)}%` }} />}
    </div>
  );
});

/** The same time on another wall: its hours or midnights, its nights shaded. */
export const ZoneRow = memo(function ZoneRow({ strip, zoom, zone }: { strip: Strip; zoom: Zoom; zone: string }) {
  const every = zoom === 'day' ? 3 : 12;
  const marks = strip.days.flatMap((day) => hourMarks({ days: [day], from: day.from, to: day.to }, zone, every).map(({ at }) => ({ at, wall: wallTime(at, zone) })));
  return (
    <div className={styles.row} data-kind="zone">
      <span className={styles.label} title={zone}>
        {zoneName(zone)} <small className="num">{offsetName(strip.from, zone).replace('UTC', '')}</small>
      </span>
      <div className={styles.zoneTrack} role="img" aria-label={draftText.rows.zone(`${zoneName(zone)}, ${offsetName(strip.from, zone)}`)}>
        {nightSpans(strip, zone).map((span) => (
          <span key={span.from} className={styles.night} style={between(strip, span.from, span.to)} />
        ))}
        {marks.map(({ at, wall }) => (
          <span key={at} className={`${styles.zoneHour} num`} style={{ left: `${100 * place(strip, at)}%` }}>
            {wall.hour === 0 ? writeDate(wall.date, zoom === 'day' ? { day: 'numeric', month: 'short' } : { weekday: 'short' }) : `${String(wall.hour).padStart(2, '0')}`}
          </span>
        ))}
      </div>
    </div>
  );
});
