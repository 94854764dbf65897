import { Button, Skeleton, TextInput } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'react-router';
import { useMe, useOnCall } from '../../api/queries';
import { useFindings, useSchedules } from '../../api/schedules';
import type { Schedule } from '../../api/scheduleTypes';
import { can } from '../../app/places';
import { draftedSchedules } from '../../lib/draftStore';
import { viewerZone } from '../../lib/time';
import { draftText } from '../../text/drafts';
import { text } from '../../text/en';
import { dutyText } from '../../text/duty';
import { scheduleText as t } from '../../text/schedules';
import { EmptyState } from '../../ui/EmptyState';
import { IconCalendar, IconPencil, IconPlus, IconSearch } from '../../ui/icons';
import { LoadError } from '../../ui/LoadError';
import page from '../page.module.css';
import { ScheduleRow } from './ScheduleRow';
import styles from './SchedulesPage.module.css';

const NewSchedule = lazy(() => import('./NewSchedule'));

const bySchedule = <T extends { schedule: string | null }>(list: readonly T[] | undefined): Map<string, T[]> => {
  const map = new Map<string, T[]>();
  for (const item of list ?? []) if (item.schedule) map.set(item.schedule, [...(map.get(item.schedule) ?? []), item]);
  return map;
};

const matches = (schedule: Schedule, filter: string): boolean => [schedule.name, schedule.team, schedule.zone].join(' ').toLowerCase().includes(filter.trim().toLowerCase());

export default function SchedulesPage() {
  const query = useSchedules();
  const duties = bySchedule(useOnCall('').data);
  const findings = bySchedule(useFindings().data?.filter((finding) => !finding.waived));
  const [filter, setFilter] = useState('');
  const [making, setMaking] = useState(false);
  const me = useMe().data;
  const manager = can(me, 'manager');
  const drafts = me && manager ? draftedSchedules(me.login) : [];
  const shown = (query.data ?? []).filter((schedule) => matches(schedule, filter));
  const pools = [...new Set(shown.map((schedule) => schedule.pool))].sort();

  return (
    <div className={`${page.page} ${styles.page}`}>
      <div className={page.intro}>
        <p>{dutyText.zone(viewerZone())}</p>
        <span className={styles.tools}>
          {(query.data?.length ?? 0) > 6 && (
            <TextInput size="xs" aria-label={t.filter} placeholder={t.filter} leftSection={<IconSearch size={14} />} value={filter} onChange={(event) => setFilter(event.currentTarget.value)} />
          )}
          {manager && (
            <Button size="xs" leftSection={<IconPlus size={14} />} onClick={() => setMaking(true)}>
              {draftText.newSchedule.button}
            </Button>
          )}
        </span>
      </div>
      {drafts.length > 0 && (
        <p className={styles.drafts}>
          <IconPencil size={14} aria-hidden /> {draftText.badge}:
          {drafts.map((name) => (
            <Link key={name} to={`/schedules/${encodeURIComponent(name)}?draft=1`}>
              {name}
            </Link>
          ))}
        </p>
      )}
      {query.isPending ? (
        <div className={styles.waiting} aria-busy>
          <Skeleton height={74} radius="lg" />
          <Skeleton height={74} radius="lg" />
          <Skeleton height={74} radius="lg" />
        </div>
      ) : !query.data ? (
        <LoadError error={query.error} retry={() => void query.refetch()} />
      ) : query.data.length === 0 ? (
        <EmptyState icon={<IconCalendar />} title={t.empty} hint={t.emptyHint} />
      ) : shown.length === 0 ? (
        <EmptyState icon={<IconSearch />} title={t.emptyFilter} />
      ) : (
        pools.map((pool) => (
          <section key={pool} className={styles.pool} aria-label={text.list.poolName(pool)}>
            <div className={styles.columns} aria-hidden>
              <h2 className={page.heading}>{text.list.poolName(pool)}</h2>
              <span>{t.columns.primary}</span>
              <span>{t.columns.secondary}</span>
              <span>{t.columns.ahead}</span>
            </div>
            <ul className={`card ${styles.list}`}>
              {shown
                .filter((schedule) => schedule.pool === pool)
                .map((schedule) => (
                  <ScheduleRow key={schedule.name} schedule={schedule} duties={duties.get(schedule.name)} findings={findings.get(schedule.name) ?? []} />
                ))}
            </ul>
          </section>
        ))
      )}
      <Suspense>{making && me && <NewSchedule me={me} taken={(query.data ?? []).map((one) => one.name)} onClose={() => setMaking(false)} />}</Suspense>
    </div>
  );
}
