import { Skeleton } from '@mantine/core';
import { useFairness } from '../../api/schedules';
import { shiftClasses } from '../../api/scheduleTypes';
import { useNow } from '../../lib/clock';
import { hour } from '../../lib/zone';
import { scheduleText as t } from '../../text/schedules';
import { PersonMark } from '../../ui/PersonMark';
import page from '../page.module.css';
import { Tip } from '../../ui/Tip';
import cards from './cards.module.css';
import styles from './FairnessCard.module.css';

const quarter = 90 * 24 * hour;

/** Who carries how much: hours on call by class, and how evenly they lie. */
export function FairnessCard({ schedule }: { schedule: string }) {
  const now = useNow(6 * hour);
  const query = useFairness(schedule, now - quarter, now + quarter);
  if (query.isError && !query.data) return null;
  const people = [...(query.data?.items ?? [])].sort((a, b) => b.totalHours - a.totalHours);
  const most = Math.max(1, ...people.map((person) => person.totalHours));
  const balance = query.data?.balance;
  return (
    <section aria-label={t.fairness.title}>
      <div className={cards.head}>
        <h2 className={page.heading}>{t.fairness.title}</h2>
        <span className={cards.hint}>{t.fairness.hint}</span>
      </div>
      {!query.data ? (
        <Skeleton height={150} radius="lg" aria-busy />
      ) : people.length === 0 ? (
        <p className={`card ${cards.empty}`}>{t.fairness.none}</p>
      ) : (
        <div className={`card ${styles.card}`}>
          <ul className={styles.people}>
            {people.map((person) => (
              <li key={person.person} className={styles.person}>
                <span className={styles.name}>
                  <PersonMark login={person.person} size={20} />
                </span>
                <Tip label={shiftClasses.filter((kind) => person.hours[kind] > 0).map((kind) => `${t.fairness.classes[kind]} ${t.fairness.hours(written(person.hours[kind]))}`).join(' · ')}>
                  <span className={styles.bar} role="img" aria-label={shiftClasses.map((kind) => `${t.fairness.classes[kind]} ${t.fairness.hours(written(person.hours[kind]))}`).join(', ')}>
                    {shiftClasses.map((kind) => person.hours[kind] > 0 && <span key={kind} data-class={kind} style={{ width: `${(100 * person.hours[kind]) / most}%` }} />)}
                  </span>
                </Tip>
                <span className={`${styles.total} num`}>
                  {t.fairness.hours(written(person.totalHours))}
                  <small>{t.fairness.detail(person.nights, person.weekends, person.pages)}</small>
                </span>
              </li>
            ))}
          </ul>
          <div className={styles.foot}>
            <ul className={styles.legend} aria-hidden>
              {shiftClasses.map((kind) => (
                <li key={kind}>
                  <span data-class={kind} /> {t.fairness.classes[kind]}
                </li>
              ))}
            </ul>
            {balance && (
              <Tip label={balance.explanation}>
                <span className={styles.score} tabIndex={0}>
                  {t.fairness.scoreLabel} <b className="num">{t.fairness.score(balance.score)}</b>
                </span>
              </Tip>
            )}
          </div>
        </div>
      )}
    </section>
  );
}

const written = (hours: number): string => Math.round(hours).toLocaleString('en-GB');
