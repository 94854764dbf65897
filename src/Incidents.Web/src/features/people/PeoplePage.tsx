import { Button, Skeleton, TextInput } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { can } from '../../app/places';
import { useLoad } from '../../api/people';
import { useEverybody, useMe, useOnCall } from '../../api/queries';
import type { Burden } from '../../api/scheduleTypes';
import type { Duty, Person } from '../../api/types';
import { useNow } from '../../lib/clock';
import { folded } from '../../lib/find';
import { usableZone } from '../../lib/time';
import { hour, minute, toField, zoneName } from '../../lib/zone';
import { text } from '../../text/en';
import { dutyText } from '../../text/duty';
import { orgText, peopleText as t } from '../../text/organisation';
import { EmptyState } from '../../ui/EmptyState';
import { IconPlus, IconSearch, IconUserCircle } from '../../ui/icons';
import { LoadError } from '../../ui/LoadError';
import { PersonMark } from '../../ui/PersonMark';
import styles from '../org.module.css';
import page from '../page.module.css';
import { ReachWarnings } from './ReachWarnings';

const PersonDialog = lazy(() => import('../person/PersonDialog'));

const grid = { '--grid': 'minmax(170px, 1.3fr) minmax(190px, 1.4fr) minmax(130px, 1fr) minmax(120px, 1fr) 110px' } as React.CSSProperties;

export default function PeoplePage() {
  const query = useEverybody();
  const me = useMe().data;
  const duties = useOnCall('').data;
  const load = useLoad(useNow(hour)).data;
  const [filter, setFilter] = useState('');
  const [adding, setAdding] = useState(false);
  const navigate = useNavigate();
  const wanted = folded(filter.trim());
  const shown = (query.data ?? []).filter((person) => folded([person.login, person.name, person.site, ...(person.teams ?? [])].join(' ')).includes(wanted));
  const onCall = new Set(duties?.flatMap((duty) => duty.people));
  const sorted = [...shown].sort((a, b) => Number(onCall.has(b.login)) - Number(onCall.has(a.login)) || a.name.localeCompare(b.name));
  return (
    <div className={styles.page}>
      <div className={page.intro}>
        <TextInput size="xs" aria-label={t.filter} placeholder={t.filter} leftSection={<IconSearch size={14} />} value={filter} onChange={(event) => setFilter(event.currentTarget.value)} />
        <div className={styles.tools}>
          {can(me, 'manager', null) && (
            <Button size="xs" leftSection={<IconPlus size={15} />} onClick={() => setAdding(true)}>
              {t.new}
            </Button>
          )}
        </div>
      </div>
      <ReachWarnings />
      {query.isPending ? (
        <div className={styles.waiting} aria-busy>
          <Skeleton height={260} radius="lg" />
        </div>
      ) : !query.data ? (
        <LoadError error={query.error} retry={() => void query.refetch()} />
      ) : query.data.length === 0 ? (
        <EmptyState icon={<IconUserCircle />} title={t.empty} />
      ) : shown.length === 0 ? (
        <EmptyState icon={<IconSearch />} title={t.emptyFilter} />
      ) : (
        <section style={grid} aria-label={text.nav.people}>
          <div className={styles.titles} aria-hidden>
            <span style={{ marginLeft: -17 }}>{orgText.columns.person}</span>
            <span>{orgText.columns.now}</span>
            <span>{orgText.columns.team}</span>
            <span />
            <span>{orgText.columns.load}</span>
          </div>
          <ul className="card">
            {sorted.map((person) => (
              <Row key={person.login} person={person} duties={duties?.filter((duty) => duty.people.includes(person.login))} burden={load?.items.find((item) => item.person === person.login)} />
            ))}
          </ul>
        </section>
      )}
      <Suspense>{adding && <PersonDialog login="" onClose={() => setAdding(false)} onSaved={(login) => void navigate(`/people/${encodeURIComponent(login)}`)} />}</Suspense>
    </div>
  );
}

function Row({ person, duties, burden }: { person: Person; duties: Duty[] | undefined; burden: Burden | undefined }) {
  const now = useNow(minute);
  const zone = person.zone ? usableZone(person.zone) : null;
  return (
    <li className={styles.row}>
      <span className={styles.people}>
        <Link to={`/people/${encodeURIComponent(person.login)}`} className={styles.name}>
          <PersonMark login={person.login} size={26} />
        </Link>
      </span>
      <span className={styles.wide}>
        {!duties ? (
          ' '
        ) : duties.length === 0 ? (
          <span className={styles.quiet}>{t.off}</span>
        ) : (
          <span className={styles.on}>{duties.map((duty) => t.on(dutyText.position[duty.position] ?? duty.position, duty.schedule)).join(', ')}</span>
        )}
      </span>
      <span className={styles.desk}>{person.teams?.join(', ')}</span>
      <span className={`${styles.quiet} ${styles.desk} num`}>{zone && t.localTime(toField(now, zone).slice(11), zoneName(zone))}</span>
      <span className={`${styles.end} num`}>{burden && burden.totalHours > 0 ? t.hours(Math.round(burden.totalHours)) : <span className={styles.quiet}>–</span>}</span>
    </li>
  );
}
