import { useIntersection } from '@mantine/hooks';
import { useRef } from 'react';
import { Link } from 'react-router';
import { useShifts } from '../../api/schedules';
import type { Finding, Schedule, Shift } from '../../api/scheduleTypes';
import type { Duty } from '../../api/types';
import { useNow } from '../../lib/clock';
import { countGaps, isGap, nextOf } from '../../lib/shifts';
import { absolute, dayTime, viewerZone } from '../../lib/time';
import { stripFrom } from '../../lib/timeline';
import { dateOf, minute, offsetAt, zoneName } from '../../lib/zone';
import { scheduleText as t } from '../../text/schedules';
import { IconAlertTriangle, IconUserOff } from '../../ui/icons';
import { PersonMark } from '../../ui/PersonMark';
import { useNameOf } from '../../ui/usePeopleNames';
import { MiniStrip } from './MiniStrip';
import styles from './SchedulesPage.module.css';

interface Props {
  schedule: Schedule;
  /** Undefined: not known yet. */
  duties: Duty[] | undefined;
  findings: Finding[];
}

export function ScheduleRow({ schedule, duties, findings }: Props) {
  const now = useNow(minute);
  const zone = viewerZone();
  const strip = stripFrom(dateOf(now, zone), 14, zone);
  const { ref, entry } = useIntersection({ rootMargin: '300px' });
  const seen = useRef(false);
  seen.current ||= !!entry?.isIntersecting;
  const shifts = useShifts(schedule.name, strip.from, strip.to, seen.current).data;
  const gaps = countGaps((shifts ?? []).filter((shift) => !shift.until || Date.parse(shift.until) > now));
  const elsewhere = offsetAt(now, schedule.zone) !== offsetAt(now, zone);

  return (
    <li className={styles.row} ref={ref}>
      <div className={styles.what}>
        <Link to={`/schedules/${encodeURIComponent(schedule.name)}`} className={styles.name}>
          {schedule.name}
        </Link>
        <span className={styles.where}>
          {[schedule.team !== schedule.name && schedule.team, elsewhere && zoneName(schedule.zone)].filter(Boolean).join(' · ')}
        </span>
      </div>
      <OnNow duties={duties} shifts={shifts} position="primary" now={now} />
      <OnNow duties={duties} shifts={shifts} position="secondary" now={now} />
      <div className={styles.ahead}>
        <MiniStrip strip={strip} shifts={shifts ?? []} now={now} label={t.strip(schedule.name)} />
        <span className={styles.badges}>
          {gaps > 0 && (
            <span className={styles.badge} data-tone="bad">
              <IconUserOff size={13} aria-hidden /> {t.gaps(gaps)}
            </span>
          )}
          {findings.length > 0 && (
            <span className={styles.badge} data-tone={findings.some((finding) => finding.severity === 'enforce') ? 'bad' : 'warn'}>
              <IconAlertTriangle size={13} aria-hidden /> {t.findings(findings.length)}
            </span>
          )}
        </span>
      </div>
    </li>
  );
}

function OnNow({ duties, shifts, position, now }: { duties: Duty[] | undefined; shifts: Shift[] | undefined; position: string; now: number }) {
  const nameOf = useNameOf();
  const on = duties?.filter((duty) => duty.position === position);
  if (duties && !on?.length)
    return (
      <div className={styles.on} data-position={position}>
        {position === 'secondary' && <span className={styles.none}>{t.noSecondary}</span>}
      </div>
    );
  const until = on?.map((duty) => duty.until).find((instant) => instant !== null) ?? null;
  const next = shifts && nextOf(shifts, position, now);
  const then = next && (isGap(next) ? t.gap : next.people.map(nameOf).join(', '));
  return (
    <div className={styles.on} data-position={position}>
      <span className={styles.position}>{t.position[position]}</span>
      {!on ? (
        <span className={styles.people}>&nbsp;</span>
      ) : on.every(isGap) ? (
        <span className={styles.gap}>
          <IconUserOff size={17} aria-hidden /> {t.nobody}
        </span>
      ) : (
        <span className={styles.people}>
          {[...new Set(on.flatMap((duty) => duty.people))].map((person) => (
            <PersonMark key={person} login={person} size={22} />
          ))}
        </span>
      )}
      <span className={styles.until}>
        {until && (
          <time dateTime={until} title={absolute(until)} className="num">
            {t.until(dayTime(until, now))}
          </time>
        )}
        {until && then && next?.from === until && `, ${t.next.toLowerCase()} ${then}`}
      </span>
    </div>
  );
}
