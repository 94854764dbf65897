import { Button, Skeleton, TextInput } from '@mantine/core';
import { Link, useSearchParams } from 'react-router';
import { useOnCall } from '../../api/queries';
import type { Duty } from '../../api/types';
import { useNow } from '../../lib/clock';
import { byPool, type PoolDuties } from '../../lib/duties';
import { absolute, dayTime, longLength, viewerZone } from '../../lib/time';
import { text } from '../../text/en';
import { dutyText } from '../../text/duty';
import { EmptyState } from '../../ui/EmptyState';
import { IconUserOff, IconUsers } from '../../ui/icons';
import { LoadError } from '../../ui/LoadError';
import { PersonMark } from '../../ui/PersonMark';
import page from '../page.module.css';
import { Ahead } from './Ahead';
import styles from './OnCallPage.module.css';

/** What a date-time field gives (the viewer's wall clock, no offset) as an instant; '' for anything else. */
function toInstant(local: string): string {
  const at = local ? new Date(local) : null;
  return at && !Number.isNaN(at.getTime()) ? at.toISOString() : '';
}

export default function OnCallPage() {
  const [params, setParams] = useSearchParams();
  const local = params.get('at') ?? '';
  const at = toInstant(local);
  const query = useOnCall(at);
  const gaps = query.data?.filter((duty) => duty.people.length === 0).length ?? 0;

  return (
    <div className={page.page}>
      <div className={page.intro}>
        <p>{dutyText.zone(viewerZone())}</p>
        <div className={styles.when}>
          <TextInput
            type="datetime-local"
            size="xs"
            aria-label={dutyText.at}
            value={local}
            onChange={(event) => setParams(event.currentTarget.value ? { at: event.currentTarget.value } : {}, { replace: true })}
          />
          {local && (
            <Button size="xs" variant="default" onClick={() => setParams({})}>
              {dutyText.backToNow}
            </Button>
          )}
        </div>
      </div>
      {gaps > 0 && (
        <p className={styles.gaps} role="alert">
          <IconUserOff size={16} aria-hidden /> {dutyText.gaps(gaps)}
        </p>
      )}
      {query.isPending ? (
        <div className={styles.cards} aria-busy>
          <Skeleton height={130} radius="lg" />
          <Skeleton height={130} radius="lg" />
          <Skeleton height={130} radius="lg" />
        </div>
      ) : query.isError && !query.data ? (
        <LoadError error={query.error} retry={() => void query.refetch()} />
      ) : query.data.length === 0 ? (
        <EmptyState icon={<IconUsers />} title={dutyText.empty} hint={dutyText.emptyHint} />
      ) : (
        byPool(query.data).map((pool) => <Pool key={pool.pool ?? ''} pool={pool} at={at} />)
      )}
      {!at && <Ahead />}
    </div>
  );
}

function Pool({ pool, at }: { pool: PoolDuties; at: string }) {
  const name = pool.pool ? text.list.poolName(pool.pool) : dutyText.noPool;
  return (
    <section className={styles.pool} aria-label={name}>
      <h2 className={page.heading}>{name}</h2>
      <ul className={styles.cards}>
        {pool.schedules.map(({ schedule, team, duties }) => (
          <li key={schedule} className={`card ${styles.card}`} data-gap={duties.some((duty) => duty.people.length === 0) || undefined}>
            <div className={styles.cardHead}>
              <h3>
                <Link to={`/schedules/${encodeURIComponent(schedule)}`}>{schedule}</Link>
              </h3>
              {team !== schedule && <span>{team}</span>}
            </div>
            {duties.map((duty) => (
              <DutyRow key={`${duty.position} ${duty.from} ${duty.people.join()}`} duty={duty} at={at} />
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

function DutyRow({ duty, at }: { duty: Duty; at: string }) {
  const live = useNow(15_000);
  const now = at ? Date.parse(at) : live;
  const gap = duty.people.length === 0;
  const position = dutyText.position[duty.position] ?? duty.position;
  const why = dutyText.why[duty.why.kind] ?? duty.why.kind;
  return (
    <div className={styles.duty} data-gap={gap || undefined}>
      <span className={styles.position}>{position}</span>
      <div className={styles.who}>
        {gap ? (
          <span className={styles.nobody}>
            <IconUserOff size={18} aria-hidden /> {dutyText.gap}
          </span>
        ) : (
          <span className={styles.people}>
            {duty.people.map((person) => (
              <PersonMark key={person} login={person} size={24} />
            ))}
          </span>
        )}
        <span className={styles.until}>
          {duty.until ? (
            <time dateTime={duty.until} title={absolute(duty.until)} className="num">
              {at
                ? dutyText.untilOnly(dayTime(duty.until, now))
                : dutyText.until(dayTime(duty.until, now), longLength(Date.parse(duty.until) - now))}
            </time>
          ) : (
            dutyText.open
          )}
          {!gap && (
            <span className={styles.why} data-kind={duty.why.kind}>
              {duty.why.name ? `${why} ${duty.why.name}` : why}
            </span>
          )}
        </span>
      </div>
    </div>
  );
}
