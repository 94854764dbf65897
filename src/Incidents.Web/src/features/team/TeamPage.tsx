import { Button, Skeleton } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { can } from '../../app/places';
import { useMe, useOnCall, useServices } from '../../api/queries';
import { useSchedules, useTeams } from '../../api/schedules';
import type { Team } from '../../api/scheduleTypes';
import { useNow } from '../../lib/clock';
import { dayTime } from '../../lib/time';
import { minute } from '../../lib/zone';
import { editText } from '../../text/edit';
import { dutyText } from '../../text/duty';
import { orgText, peopleText } from '../../text/organisation';
import { EmptyState } from '../../ui/EmptyState';
import { IconPencil, IconUsersGroup } from '../../ui/icons';
import { LoadError } from '../../ui/LoadError';
import { PersonMark } from '../../ui/PersonMark';
import { DeleteButton } from '../editing/DeleteButton';
import styles from '../org.module.css';
import page from '../page.module.css';
import cards from '../schedule/cards.module.css';

const TeamDialog = lazy(() => import('./TeamDialog'));
const t = peopleText.teams;

export default function TeamPage() {
  const { name = '' } = useParams();
  const query = useTeams();
  const team = query.data?.find((one) => one.name === name);
  if (query.isPending)
    return (
      <div className={styles.page} aria-busy>
        <Skeleton height={44} width="40%" />
        <Skeleton height={220} mt={24} radius="lg" />
      </div>
    );
  if (!query.data) return <LoadError error={query.error} retry={() => void query.refetch()} />;
  if (!team) return <EmptyState icon={<IconUsersGroup />} title={orgText.missing(name)} hint={orgText.missingHint} />;
  return <Page team={team} />;
}

function Page({ team }: { team: Team }) {
  const me = useMe().data;
  const navigate = useNavigate();
  const now = useNow(minute);
  const [editing, setEditing] = useState(false);
  const duties = useOnCall('').data?.filter((duty) => duty.team === team.name);
  const services = useServices().data?.filter((service) => service.team === team.name) ?? [];
  const schedules = useSchedules().data?.filter((schedule) => schedule.team === team.name) ?? [];
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <div>
          <h1>{team.name}</h1>
          <p className={styles.facts}>
            <span>{t.members(team.members.length)}</span>
            <span>
              {t.calendar} {team.calendar ?? orgText.none}
            </span>
          </p>
        </div>
        {can(me, 'manager', null) && (
          <div className={styles.tools}>
            <DeleteButton plural="teams" name={team.name} hint={t.deleteHint} onDeleted={() => void navigate('/teams')} />
            <Button size="xs" variant="default" leftSection={<IconPencil size={15} />} onClick={() => setEditing(true)}>
              {editText.edit}
            </Button>
          </div>
        )}
      </header>
      <div className={styles.columns}>
        <div className={styles.column}>
          <section aria-label={t.onCall}>
            <h2 className={page.heading}>{t.onCall}</h2>
            {!duties ? (
              <Skeleton height={64} radius="lg" aria-busy />
            ) : duties.length === 0 ? (
              <p className={`card ${cards.empty}`}>{t.noSchedules}</p>
            ) : (
              <ul className="card">
                {duties.map((duty) => (
                  <li key={`${duty.schedule} ${duty.position} ${duty.from}`} className={cards.item}>
                    <div className={cards.line}>
                      {duty.people.length === 0 ? <span className={styles.gap}>{orgText.nobody}</span> : duty.people.map((person) => <PersonMark key={person} login={person} size={24} />)}
                      <span className={`${cards.end} ${cards.dim}`}>
                        {dutyText.position[duty.position]} · <Link className="link" to={`/schedules/${encodeURIComponent(duty.schedule)}`}>{duty.schedule}</Link>
                      </span>
                    </div>
                    {duty.until && <p className={`${cards.text} num`}>{dutyText.untilOnly(dayTime(duty.until, now))}</p>}
                  </li>
                ))}
              </ul>
            )}
          </section>
          <section aria-label={t.membersTitle}>
            <h2 className={page.heading}>{t.membersTitle}</h2>
            {team.members.length === 0 ? (
              <p className={`card ${cards.empty}`}>{t.noMembers}</p>
            ) : (
              <ul className="card">
                {team.members.map((member) => (
                  <li key={member} className={styles.incident}>
                    <Link to={`/people/${encodeURIComponent(member)}`}>
                      <PersonMark login={member} size={24} />
                    </Link>
                    {member === team.lead && <span className={cards.chip} data-tone="info">{t.lead}</span>}
                  </li>
                ))}
              </ul>
            )}
          </section>
        </div>
        <div className={styles.column}>
          <Names title={t.services} none={t.noServices} items={services.map(({ name, pool }) => ({ to: `/services/${encodeURIComponent(name)}`, name, note: orgText.pool(pool) }))} />
          <Names title={t.schedules} none={t.noSchedules} items={schedules.map(({ name, pool }) => ({ to: `/schedules/${encodeURIComponent(name)}`, name, note: orgText.pool(pool) }))} />
        </div>
      </div>
      <Suspense>{editing && <TeamDialog name={team.name} onClose={() => setEditing(false)} />}</Suspense>
    </div>
  );
}

function Names({ title, none, items }: { title: string; none: string; items: { to: string; name: string; note: string }[] }) {
  return (
    <section aria-label={title}>
      <h2 className={page.heading}>{title}</h2>
      {items.length === 0 ? (
        <p className={`card ${cards.empty}`}>{none}</p>
      ) : (
        <ul className="card">
          {items.map(({ to, name, note }) => (
            <li key={to} className={styles.incident}>
              <Link to={to}>{name}</Link>
              <span className={styles.quiet}>{note}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
