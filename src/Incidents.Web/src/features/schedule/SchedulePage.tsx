import { Button, Skeleton } from '@mantine/core';
import { lazy, Suspense, useMemo, useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { ApiError } from '../../api/client';
import { useTimeline } from '../../api/drafts';
import { useEverybody, useMe } from '../../api/queries';
import { useCalendars, useSchedule, useShifts, useTeams } from '../../api/schedules';
import type { Schedule } from '../../api/scheduleTypes';
import { can } from '../../app/places';
import { useNow } from '../../lib/clock';
import { countOf } from '../../lib/draft';
import { readDraft } from '../../lib/draftStore';
import { rosterOf } from '../../lib/shifts';
import { stripsOf } from '../../lib/timeline';
import { hour, minute } from '../../lib/zone';
import { draftText } from '../../text/drafts';
import { scheduleText as t } from '../../text/schedules';
import { EmptyState } from '../../ui/EmptyState';
import { IconCalendarOff, IconPencil } from '../../ui/icons';
import { LoadError } from '../../ui/LoadError';
import { FairnessCard } from './FairnessCard';
import { FindingsCard } from './FindingsCard';
import { Head } from './Head';
import { Overrides } from './Overrides';
import { Rotation } from './Rotation';
import styles from './SchedulePage.module.css';
import { ShiftList } from './ShiftList';
import { Timeline } from './Timeline';
import { Toolbar, zonesOf } from './Toolbar';
import { useExtraRows } from './useExtraRows';
import type { Range } from './useRange';
import { useView } from './view';

const CoverDialog = lazy(() => import('./CoverDialog'));
const DraftEditor = lazy(() => import('./draft/DraftEditor'));

export default function SchedulePage() {
  const { name = '' } = useParams();
  const [params] = useSearchParams();
  const query = useSchedule(name);
  const me = useMe().data;
  const manager = can(me, 'manager', query.data?.team);
  // A schedule that is not there yet may be on its way as a draft.
  const editing = params.get('draft') === '1' && me && manager && (!!query.data || (query.isError && readDraft(me.login, name)?.base.basis === null));
  if (editing)
    return (
      <Suspense fallback={<Skeleton height={360} radius="lg" aria-busy />}>
        <DraftEditor key={name} name={name} me={me} />
      </Suspense>
    );
  if (query.isPending)
    return (
      <div className={styles.page} aria-busy>
        <Skeleton height={96} radius="lg" />
        <Skeleton height={30} mt={20} width="60%" />
        <Skeleton height={180} mt={14} radius="lg" />
      </div>
    );
  if (!query.data && query.error instanceof ApiError && query.error.status === 404)
    return (
      <EmptyState
        icon={<IconCalendarOff />}
        title={t.missing(name)}
        hint={t.missingHint}
        action={
          <Button component={Link} to="/schedules" variant="default" size="xs">
            {t.back}
          </Button>
        }
      />
    );
  if (!query.data) return <LoadError error={query.error} retry={() => void query.refetch()} />;
  return <Content key={name} schedule={query.data} />;
}

/** Shifts are asked for a little beyond what is shown, so that one at the edge tells when it really began. */
const beyond = 15 * 24 * hour;

function Content({ schedule }: { schedule: Schedule }) {
  const [view, change] = useView(schedule.zone);
  const now = useNow(minute);
  const me = useMe().data;
  const [cover, setCover] = useState<Range | null>(null);
  const strips = useMemo(() => stripsOf(view.zoom, view.date, view.zone), [view.zoom, view.date, view.zone]);
  const from = strips[0]?.from ?? now;
  const to = strips.at(-1)?.to ?? now;
  const query = useShifts(schedule.name, from - beyond, to + beyond);
  const team = useTeams().data?.find((candidate) => candidate.name === schedule.team);
  const calendar = useCalendars().data?.find((candidate) => candidate.name === team?.calendar);
  const positions = schedule.layers.some((layer) => layer.position === 'secondary') || query.data?.some((shift) => shift.position === 'secondary') ? ['primary', 'secondary'] : ['primary'];
  const timeline = useTimeline(schedule.name, from - beyond, to + beyond, view.form === 'timeline').data;
  const above = useExtraRows({ schedule: schedule.name, timeline, layers: view.layers });
  const everybody = useEverybody().data;
  const zones = view.zones ? zonesOf(view.zone, schedule.zone, rosterOf(schedule.layers).map((login) => everybody?.find((person) => person.login === login)?.zone)) : [];
  const manager = can(me, 'manager', schedule.team);
  const draft = me && manager ? readDraft(me.login, schedule.name) : null;
  const mayCover = !!me && me.role !== 'observer';

  return (
    <div className={styles.page}>
      <Head schedule={schedule} positions={positions} />
      <section aria-label={t.timeline.label}>
        <Toolbar view={view} change={change} strips={strips} schedule={schedule.name} scheduleZone={schedule.zone} onCover={mayCover ? () => setCover({ position: 'primary', from: Math.max(now, from), to: 0 }) : undefined} />
        <div className={`card ${styles.timeline}`} data-stale={query.isPlaceholderData || undefined}>
          {query.isError && !query.data ? (
            <LoadError error={query.error} retry={() => void query.refetch()} />
          ) : view.form === 'list' ? (
            <ShiftList shifts={query.data} from={from} to={to} zone={view.zone} otherZone={schedule.zone} calendar={calendar} onCover={mayCover ? setCover : undefined} />
          ) : (
            <Timeline
              strips={strips}
              shifts={query.data ?? []}
              zoom={view.zoom}
              zone={view.zone}
              scheduleZone={schedule.zone}
              zones={zones}
              date={view.date}
              calendar={calendar}
              positions={positions}
              onCover={mayCover ? setCover : undefined}
              above={above}
            />
          )}
        </div>
        <div className={styles.below}>
          {mayCover && view.form === 'timeline' && <p className={styles.help}>{t.timeline.help}</p>}
          {manager && (
            <Button size="xs" variant={draft ? 'filled' : 'default'} leftSection={<IconPencil size={14} />} onClick={() => change({ draft: '1' })}>
              {draft ? draftText.resume(countOf(draft)) : draftText.open}
            </Button>
          )}
        </div>
      </section>
      <div className={styles.cards}>
        <div className={styles.column}>
          <FindingsCard schedule={schedule.name} />
          <FairnessCard schedule={schedule.name} />
        </div>
        <div className={styles.column}>
          <Overrides schedule={schedule} />
          <Rotation schedule={schedule} />
        </div>
      </div>
      <Suspense>{cover && <CoverDialog schedule={schedule} range={cover} onClose={() => setCover(null)} />}</Suspense>
    </div>
  );
}
