import { Button, Skeleton } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { can, canFor } from '../../app/places';
import { useAbsences, usePersonShifts } from '../../api/me';
import { useLoad } from '../../api/people';
import { useEverybody, useMe } from '../../api/queries';
import { shiftClasses } from '../../api/scheduleTypes';
import type { Person } from '../../api/types';
import { useNow } from '../../lib/clock';
import { intervalText } from '../../lib/shifts';
import { dayName, usableZone } from '../../lib/time';
import { hour, minute, toField, zoneName } from '../../lib/zone';
import { editText } from '../../text/edit';
import { text } from '../../text/en';
import { reachText } from '../../text/reach';
import { peopleText as t } from '../../text/organisation';
import { scheduleText } from '../../text/schedules';
import { EmptyState } from '../../ui/EmptyState';
import { IconBeach, IconPencil, IconUserCircle } from '../../ui/icons';
import { LoadError } from '../../ui/LoadError';
import { PersonMark } from '../../ui/PersonMark';
import { DeleteButton } from '../editing/DeleteButton';
import { Changes } from '../account/Changes';
import { Absences } from '../me/Absences';
import { NowPanel } from '../me/NowPanel';
import { useNameOf } from '../../ui/usePeopleNames';
import styles from '../org.module.css';
import page from '../page.module.css';
import cards from '../schedule/cards.module.css';
import { Fact } from '../service/ServicePage';
import { Reach } from './Reach';
import { SignInCard } from './SignInCard';

const PersonDialog = lazy(() => import('./PersonDialog'));

const most = 6;

export default function PersonPage() {
  const { login = '' } = useParams();
  const query = useEverybody();
  const person = query.data?.find((one) => one.login === login);
  if (query.isPending)
    return (
      <div className={styles.page} aria-busy>
        <Skeleton height={44} width="40%" />
        <Skeleton height={220} mt={24} radius="lg" />
      </div>
    );
  if (!query.data) return <LoadError error={query.error} retry={() => void query.refetch()} />;
  if (!person) return <EmptyState icon={<IconUserCircle />} title={t.emptyFilter} hint={login} />;
  return <Page person={person} />;
}

function Page({ person }: { person: Person }) {
  const me = useMe().data;
  const navigate = useNavigate();
  const [editing, setEditing] = useState(false);
  const now = useNow(minute);
  const zone = person.zone ? usableZone(person.zone) : null;
  const shifts = usePersonShifts(person.login);
  const manager = can(me, 'manager', null);
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <div>
          <h1>
            <PersonMark login={person.login} size={32} />
            <span className={cards.chip}>{text.role[person.role ?? ''] ?? person.role}</span>
          </h1>
          <p className={styles.facts}>
            <span>{person.login}</span>
            {zone && <span className="num">{t.localTime(toField(now, zone).slice(11), zoneName(zone))}</span>}
            {person.teams?.map((team) => (
              <Link key={team} to={`/teams/${encodeURIComponent(team)}`}>
                {team}
              </Link>
            ))}
          </p>
        </div>
        {manager && (
          <div className={styles.tools}>
            <DeleteButton plural="people" name={person.login} hint={t.deleteHint} onDeleted={() => void navigate('/people')} />
            <Button size="xs" variant="default" leftSection={<IconPencil size={15} />} onClick={() => setEditing(true)}>
              {editText.edit}
            </Button>
          </div>
        )}
      </header>
      <div className={styles.columns}>
        <div className={styles.column}>
          <section aria-label={t.now}>
            <h2 className={page.heading}>{t.now}</h2>
            {shifts.data ? <NowPanel shifts={shifts.data} person={person.name} /> : shifts.isPending ? <Skeleton height={84} radius="lg" aria-busy /> : <p className={`card ${cards.empty}`}>{shifts.error?.message}</p>}
          </section>
          <section aria-label={t.shifts}>
            <h2 className={page.heading}>{t.shifts}</h2>
            {!shifts.data?.items.length ? (
              <p className={`card ${cards.empty}`}>{t.shiftsNone}</p>
            ) : (
              <ul className="card">
                {shifts.data.items.slice(0, most).map((shift) => (
                  <li key={`${shift.schedule} ${shift.position} ${shift.from}`} className={cards.item}>
                    <div className={cards.line}>
                      <Link className="link" to={`/schedules/${encodeURIComponent(shift.schedule)}`}>
                        {shift.schedule}
                      </Link>
                      <span className={cards.dim}>{scheduleText.position[shift.position]}</span>
                    </div>
                    <p className={`${cards.text} num`}>{shift.from && shift.until ? intervalText(shift.from, shift.until, now) : ''}</p>
                  </li>
                ))}
                {shifts.data.items.length > most && <li className={`${cards.more} ${cards.dim}`}>{t.more(shifts.data.items.length - most)}</li>}
              </ul>
            )}
          </section>
          <Load login={person.login} />
        </div>
        <div className={styles.column}>
          <Reach login={person.login} name={person.name} contacts={person.contacts} />
          <section aria-label={t.facts}>
            <h2 className={page.heading}>{t.facts}</h2>
            <dl className={`card ${styles.list}`}>
              {person.email && (
                <Fact name={t.fields.email}>
                  <a className="link" href={`mailto:${person.email}`}>
                    {person.email}
                  </a>
                </Fact>
              )}
              {person.zone && <Fact name={t.fields.zone}>{person.zone}</Fact>}
              {person.calendar && <Fact name={t.fields.calendar}>{person.calendar}</Fact>}
              {person.site && <Fact name={t.fields.site}>{person.site}</Fact>}
              {!!person.scope?.length && <Fact name={t.scope}>{person.scope.map((team) => <Link key={team} className="link" to={`/teams/${encodeURIComponent(team)}`}>{team}</Link>)}</Fact>}
              <Fact name={t.fields.qualifiedFor}>{person.qualifiedFor?.length ? person.qualifiedFor.map((name) => <Link key={name} className="link" to={`/schedules/${encodeURIComponent(name)}`}>{name}</Link>) : '–'}</Fact>
            </dl>
          </section>
          {can(me, 'admin') && <SignInCard login={person.login} name={person.name} />}
          {can(me, 'admin') && <Changes person={person.login} />}
          {canFor(me, 'manager', person.teams) ? <Absences login={person.login} /> : can(me, 'responder') && <Away login={person.login} zone={zone} />}
        </div>
      </div>
      <Suspense>{editing && <PersonDialog login={person.login} onClose={() => setEditing(false)} />}</Suspense>
    </div>
  );
}

const tones = { business: 'business', offHours: 'off', night: 'night', weekend: 'weekend', holiday: 'holiday' } as const;

function Load({ login }: { login: string }) {
  const query = useLoad(useNow(hour));
  const burden = query.data?.items.find((item) => item.person === login);
  if (query.isError && !query.data) return null;
  return (
    <section aria-label={t.load}>
      <div className={cards.head}>
        <h2 className={page.heading}>{t.load}</h2>
        <span className={cards.hint}>{t.loadHint}</span>
      </div>
      {!query.data ? (
        <Skeleton height={80} radius="lg" aria-busy />
      ) : !burden || burden.totalHours === 0 ? (
        <p className={`card ${cards.empty}`}>{t.loadNone}</p>
      ) : (
        <div className={`card ${styles.box}`}>
          <p className={cards.line}>
            <strong className="num">{t.hours(Math.round(burden.totalHours))}</strong>
            <span className={cards.dim}>{[t.nights(burden.nights), t.weekends(burden.weekends), t.pages(burden.pages)].join(' · ')}</span>
          </p>
          <div className={styles.bars} aria-hidden>
            {shiftClasses.map((kind) => (
              <i key={kind} style={{ width: `${(100 * burden.hours[kind]) / burden.totalHours}%`, background: `var(--c-class-${tones[kind]})` }} />
            ))}
          </div>
          <p className={`${styles.legend} num`}>
            {shiftClasses
              .filter((kind) => burden.hours[kind] > 0)
              .map((kind) => (
                <span key={kind} style={{ '--tone': `var(--c-class-${tones[kind]})` } as React.CSSProperties}>
                  {scheduleText.fairness.classes[kind]} {t.hours(Math.round(burden.hours[kind]))}
                </span>
              ))}
          </p>
        </div>
      )}
    </section>
  );
}

function Away({ login, zone }: { login: string; zone: string | null }) {
  const nameOf = useNameOf();
  const query = useAbsences(login);
  if (query.isError && !query.data) return null;
  return (
    <section aria-label={t.absences}>
      <h2 className={page.heading}>{t.absences}</h2>
      {!query.data ? (
        <Skeleton height={48} radius="lg" aria-busy />
      ) : query.data.length === 0 ? (
        <p className={`card ${cards.empty}`}>{t.absencesNone}</p>
      ) : (
        <ul className="card">
          {query.data.map((absence) => (
            <li key={absence.id} className={cards.item}>
              <div className={cards.line}>
                <IconBeach size={16} aria-hidden />
                <span className="num">
                  {dayName(absence.from, zone ?? undefined)} – {dayName(new Date(Date.parse(absence.to) - 1).toISOString(), zone ?? undefined)}
                </span>
                <span className={cards.dim}>{[absence.reason, absence.handOver && reachText.handOver.to(nameOf(absence.handOver))].filter(Boolean).join(' · ')}</span>
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
