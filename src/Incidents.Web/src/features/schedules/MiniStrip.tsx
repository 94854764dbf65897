import type { Shift } from '../../api/scheduleTypes';
import { hue } from '../../lib/people';
import { dayKind, isGap } from '../../lib/shifts';
import { barsOf, place, type Strip } from '../../lib/timeline';
import styles from './MiniStrip.module.css';

/** The primary of the days ahead at a glance; the schedule's own page tells the rest. */
export function MiniStrip({ strip, shifts, now, label }: { strip: Strip; shifts: Shift[]; now: number; label: string }) {
  return (
    <div className={styles.strip} role="img" aria-label={label}>
      {strip.days.map((day, index) =>
        dayKind(day.date) === 'work' ? null : (
          <span key={day.date} className={styles.weekend} style={{ left: `${(100 * index) / strip.days.length}%`, width: `${100 / strip.days.length}%` }} />
        ),
      )}
      {barsOf(strip, shifts, 'primary')
        .filter((bar) => bar.lane === 0)
        .map(({ item, left, width }) => (
          <span
            key={`${item.from} ${item.people.join()}`}
            className={styles.bar}
            data-gap={isGap(item) || undefined}
            style={{ left: `${100 * left}%`, width: `${100 * width}%`, '--hue': hue(item.people[0] ?? '') } as React.CSSProperties}
          />
        ))}
      <span className={styles.now} style={{ left: `${100 * place(strip, now)}%` }} />
    </div>
  );
}
