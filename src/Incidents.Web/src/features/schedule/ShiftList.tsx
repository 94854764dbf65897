import { ActionIcon, Skeleton } from '@mantine/core';
import type { Calendar, Shift } from '../../api/scheduleTypes';
import { useNow } from '../../lib/clock';
import { dayKind, endOf, intervalText, isGap, startOf } from '../../lib/shifts';
import { byDate } from '../../lib/timeline';
import { minute, writeDate, zoneName } from '../../lib/zone';
import { scheduleText as t } from '../../text/schedules';
import { EmptyState } from '../../ui/EmptyState';
import { IconCalendar, IconReplace, IconUserOff } from '../../ui/icons';
import { PersonMark } from '../../ui/PersonMark';
import { Tip } from '../../ui/Tip';
import styles from './ShiftList.module.css';
import type { Range } from './useRange';

interface Props {
  shifts: Shift[] | undefined;
  from: number;
  to: number;
  zone: string;
  otherZone: string;
  calendar: Calendar | undefined;
  onCover?: (range: Range) => void;
}

/** The same as the timeline, in words. */
export function ShiftList({ shifts, from, to, zone, otherZone, calendar, onCover }: Props) {
  const now = useNow(minute);
  if (!shifts)
    return (
      <div className={styles.waiting} aria-busy>
        <Skeleton height={20} width="30%" />
        <Skeleton height={40} mt={12} />
        <Skeleton height={40} mt={8} />
      </div>
    );
  const days = byDate(shifts, from, to, zone);
  if (days.length === 0) return <EmptyState icon={<IconCalendar />} title={t.timeline.empty} />;
  return (
    <ol className={styles.days}>
      {days.map(({ date, items }) => (
        <li key={date} className={styles.day}>
          <h3 className={styles.date}>
            {writeDate(date, { weekday: 'long', day: 'numeric', month: 'short' })}
            {dayKind(date, calendar) === 'holiday' && <em>{t.timeline.holiday}</em>}
          </h3>
          <ul>
            {items.map((shift) => (
              <li key={`${shift.position} ${shift.from} ${shift.people.join()}`} className={styles.shift} data-gap={isGap(shift) || undefined}>
                <span className={styles.position}>{t.position[shift.position] ?? shift.position}</span>
                <span className={styles.who}>
                  {isGap(shift) ? (
                    <span className={styles.nobody}>
                      <IconUserOff size={17} aria-hidden /> {t.gapLong}
                    </span>
                  ) : (
                    shift.people.map((person) => <PersonMark key={person} login={person} size={22} />)
                  )}
                </span>
                <span className={`${styles.when} num`}>
                  {intervalText(shift.from, shift.until, now, zone)}
                  {otherZone !== zone && (
                    <small>
                      {intervalText(shift.from, shift.until, now, otherZone)} {t.timeline.here(zoneName(otherZone))}
                    </small>
                  )}
                </span>
                <span className={styles.why} data-kind={shift.why.kind}>
                  {(t.why[shift.why.kind] ?? t.why.layer)?.(shift.why.name)}
                </span>
                {onCover && endOf(shift) > now && (
                  <Tip label={t.cover.button}>
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      size={32}
                      aria-label={`${t.cover.button} ${intervalText(shift.from, shift.until, now, zone)}`}
                      onClick={() => onCover({ position: shift.position, from: Math.max(now, startOf(shift)), to: Number.isFinite(endOf(shift)) ? endOf(shift) : to })}
                    >
                      <IconReplace size={17} />
                    </ActionIcon>
                  </Tip>
                )}
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}
