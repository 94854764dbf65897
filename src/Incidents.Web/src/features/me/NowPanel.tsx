import type { PersonShifts } from '../../api/scheduleTypes';
import { useNow } from '../../lib/clock';
import { dayTime, longLength } from '../../lib/time';
import { minute } from '../../lib/zone';
import { meText as t } from '../../text/me';
import styles from './MePage.module.css';

/** The one thing to know at a glance: am I on call, until when, and if not, from when. With a name it is about somebody else. */
export function NowPanel({ shifts: { current, next }, person }: { shifts: PersonShifts; person?: string }) {
  const now = useNow(minute);
  const position = (name: string): string => t.position[name] ?? name;
  return (
    <section className={`card ${styles.now}`} data-on={current.length > 0 || undefined} data-narrow={!!person || undefined}>
      {current.length === 0 && (
        <p className={styles.state}>
          <strong>{person ? t.now.offOf(person) : t.now.off}</strong>
        </p>
      )}
      {current.map((shift) => (
        <p key={`${shift.schedule} ${shift.position}`} className={styles.state}>
          <strong>{person ? t.now.onOf(person, position(shift.position), shift.schedule) : t.now.on(position(shift.position), shift.schedule)}</strong>
          <span className="num">{shift.until ? t.now.until(dayTime(shift.until, now), longLength(Date.parse(shift.until) - now)) : t.now.untilFurther}</span>
        </p>
      ))}
      <p className={`${styles.next} num`}>{next?.from ? t.now.next(next.schedule, position(next.position), dayTime(next.from, now), longLength(Date.parse(next.from) - now)) : current.length === 0 && t.now.none}</p>
    </section>
  );
}
