import { useGaps, useShifts } from '../../api/schedules';
import { useOnCall } from '../../api/queries';
import type { Schedule, Shift } from '../../api/scheduleTypes';
import type { Duty } from '../../api/types';
import { useNow } from '../../lib/clock';
import { countGaps, isGap, nextOf } from '../../lib/shifts';
import { absolute, dayTime, longLength } from '../../lib/time';
import { hour, minute, offsetName, zoneName } from '../../lib/zone';
import { scheduleText as t } from '../../text/schedules';
import { IconUserOff } from '../../ui/icons';
import { PersonMark } from '../../ui/PersonMark';
import styles from './Head.module.css';

/** What the schedule is, and who is on call now and next. */
export function Head({ schedule, positions }: { schedule: Schedule; positions: string[] }) {
  const now = useNow(minute);
  const quarter = Math.floor(now / (6 * hour)) * 6 * hour;
  const shifts = useShifts(schedule.name, quarter, quarter + 35 * 24 * hour).data;
  const gaps = countGaps(useGaps(schedule.name).data ?? []);
  const duties = useOnCall('').data?.filter((duty) => duty.schedule === schedule.name);
  return (
    <header className={styles.head}>
      <div className={styles.what}>
        <h1>{schedule.name}</h1>
        <p className={styles.facts}>
          <span>{t.pool(schedule.pool)}</span>
          {schedule.team && <span>{t.team(schedule.team)}</span>}
          <span title={offsetName(now, schedule.zone)}>
            {zoneName(schedule.zone)} <span className="num">{offsetName(now, schedule.zone)}</span>
          </span>
          {gaps > 0 && (
            <span className={styles.gaps}>
              <IconUserOff size={14} aria-hidden /> {t.gapsAhead(gaps)}
            </span>
          )}
        </p>
      </div>
      <ul className={styles.now} aria-label={t.onNow}>
        {positions.map((position) => (
          <OnNow key={position} position={position} duties={duties?.filter((duty) => duty.position === position)} next={shifts && nextOf(shifts, position, now)} now={now} />
        ))}
      </ul>
    </header>
  );
}

function OnNow({ position, duties, next, now }: { position: string; duties: Duty[] | undefined; next: Shift | undefined; now: number }) {
  const gap = duties?.every(isGap);
  const people = [...new Set(duties?.flatMap((duty) => duty.people))];
  const until = duties?.map((duty) => duty.until).find((instant) => instant !== null);
  return (
    <li className={`card ${styles.card}`} data-gap={gap || undefined}>
      <span className={styles.position}>{t.position[position] ?? position}</span>
      <span className={styles.people}>
        {gap ? (
          <span className={styles.nobody}>
            <IconUserOff size={18} aria-hidden /> {t.gapLong}
          </span>
        ) : (
          people.map((person) => <PersonMark key={person} login={person} size={26} />)
        )}
      </span>
      <span className={styles.until}>
        {!duties ? (
          ' '
        ) : until ? (
          <time dateTime={until} title={absolute(until)} className="num">
            {t.until(dayTime(until, now))} · {longLength(Date.parse(until) - now)}
          </time>
        ) : (
          t.untilFurther
        )}
      </span>
      <span className={styles.next}>
        {next?.from && (
          <>
            <span>{t.next}</span>
            {isGap(next) ? <span className={styles.nobody}>{t.gap}</span> : next.people.map((person) => <PersonMark key={person} login={person} size={18} />)}
            {next.from !== until && <span className={styles.when}>{dayTime(next.from, now)}</span>}
          </>
        )}
      </span>
    </li>
  );
}
