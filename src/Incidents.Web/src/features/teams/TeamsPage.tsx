import { Button, Skeleton } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { can } from '../../app/places';
import { useMe, useOnCall, useServices } from '../../api/queries';
import { useSchedules, useTeams } from '../../api/schedules';
import type { Team } from '../../api/scheduleTypes';
import { orgText, peopleText } from '../../text/organisation';
import { text } from '../../text/en';
import { EmptyState } from '../../ui/EmptyState';
import { IconPlus, IconUsersGroup } from '../../ui/icons';
import { LoadError } from '../../ui/LoadError';
import { PersonMark } from '../../ui/PersonMark';
import styles from '../org.module.css';
import page from '../page.module.css';

const TeamDialog = lazy(() => import('../team/TeamDialog'));
const t = peopleText.teams;

const grid = { '--grid': 'minmax(140px, 1.1fr) minmax(140px, 1fr) minmax(190px, 1.6fr) minmax(170px, 1.3fr)' } as React.CSSProperties;

export default function TeamsPage() {
  const query = useTeams();
  const me = useMe().data;
  const navigate = useNavigate();
  const [adding, setAdding] = useState(false);
  const add = can(me, 'manager', null) && (
    <Button size="xs" leftSection={<IconPlus size={15} />} onClick={() => setAdding(true)}>
      {t.new}
    </Button>
  );
  return (
    <div className={styles.page}>
      <div className={page.intro}>
        <div className={styles.tools}>{add}</div>
      </div>
      {query.isPending ? (
        <div className={styles.waiting} aria-busy>
          <Skeleton height={180} radius="lg" />
        </div>
      ) : !query.data ? (
        <LoadError error={query.error} retry={() => void query.refetch()} />
      ) : query.data.length === 0 ? (
        <EmptyState icon={<IconUsersGroup />} title={t.empty} hint={t.emptyHint} action={add} />
      ) : (
        <section style={grid} aria-label={text.nav.teams}>
          <div className={styles.titles} aria-hidden>
            <span style={{ marginLeft: -17 }}>{orgText.columns.team}</span>
            <span>{t.lead}</span>
            <span>{t.membersTitle}</span>
            <span>{t.onCall}</span>
          </div>
          <ul className="card">
            {query.data.map((team) => (
              <Row key={team.name} team={team} />
            ))}
          </ul>
        </section>
      )}
      <Suspense>{adding && <TeamDialog name="" onClose={() => setAdding(false)} onSaved={(name) => void navigate(`/teams/${encodeURIComponent(name)}`)} />}</Suspense>
    </div>
  );
}

/** Who of a team's schedules is on call now. */
export function useTeamOnCall(team: string): string[] {
  return [...new Set(useOnCall('').data?.filter((duty) => duty.team === team).flatMap((duty) => duty.people))];
}

function Row({ team }: { team: Team }) {
  const onCall = useTeamOnCall(team.name);
  const services = useServices().data?.filter((service) => service.team === team.name).map(({ name }) => name) ?? [];
  const schedules = useSchedules().data?.filter((schedule) => schedule.team === team.name).length ?? 0;
  return (
    <li className={styles.row}>
      <div className={styles.what}>
        <Link to={`/teams/${encodeURIComponent(team.name)}`} className={styles.name}>
          {team.name}
        </Link>
        <span className={styles.sub}>{services.join(', ') || t.noServices}</span>
      </div>
      <span className={`${styles.people} ${styles.wide}`}>
        <span className={styles.label}>{t.lead}</span>
        {team.lead ? <PersonMark login={team.lead} size={22} /> : <span className={styles.quiet}>{t.noLead}</span>}
      </span>
      <span className={`${styles.people} ${styles.desk}`} style={{ gap: 4 }}>
        {team.members.slice(0, 8).map((member) => (
          <PersonMark key={member} login={member} label={false} size={24} />
        ))}
        <span className={styles.quiet} style={{ fontWeight: 400, alignSelf: 'center', marginLeft: 4 }}>
          {t.members(team.members.length)}
        </span>
      </span>
      <span className={`${styles.people} ${styles.wide}`}>
        <span className={styles.label}>{t.onCall}</span>
        {onCall.length ? onCall.map((person) => <PersonMark key={person} login={person} size={22} />) : <span className={styles.quiet}>{schedules ? orgText.nobody : t.noSchedules}</span>}
      </span>
    </li>
  );
}
