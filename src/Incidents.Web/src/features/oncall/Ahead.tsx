import { Skeleton } from '@mantine/core';
import { Link } from 'react-router';
import { useAllShifts, useSchedules } from '../../api/schedules';
import { gapsAhead, type Handoff, handoffsAhead } from '../../lib/ahead';
import { useNow } from '../../lib/clock';
import { intervalText } from '../../lib/shifts';
import { absolute, dayTime, longLength } from '../../lib/time';
import { hour, minute } from '../../lib/zone';
import { dutyText } from '../../text/duty';
import { wallText as t } from '../../text/wall';
import { IconArrowRight, IconCircleCheck, IconUserOff } from '../../ui/icons';
import { PersonMark } from '../../ui/PersonMark';
import page from '../page.module.css';
import cards from '../schedule/cards.module.css';
import styles from './Ahead.module.css';

const most = 8;
const day = 24 * hour;

/** What comes next over all schedules: who hands over to whom, and where nobody answers. */
export function Ahead() {
  const now = useNow(minute);
  // Whole hours, so that the questions stay the same within one.
  const from = Math.floor(now / hour) * hour;
  const names = useSchedules().data?.map(({ name }) => name);
  const { shifts, pending } = useAllShifts(names ?? [], from, from + 14 * day);
  if (!names || pending)
    return (
      <div className={styles.ahead} aria-busy>
        <Skeleton height={180} radius="lg" />
        <Skeleton height={180} radius="lg" />
      </div>
    );
  if (names.length === 0) return null;
  const handoffs = handoffsAhead(shifts, now, now + 2 * day);
  const gaps = gapsAhead(shifts, now);
  return (
    <div className={styles.ahead}>
      <section aria-label={t.handoffs}>
        <div className={cards.head}>
          <h2 className={page.heading}>{t.handoffs}</h2>
          <span className={cards.hint}>{t.handoffsHint}</span>
        </div>
        {handoffs.length === 0 ? (
          <p className={`card ${cards.empty}`}>{t.handoffsNone}</p>
        ) : (
          <ul className="card">
            {handoffs.slice(0, most).map((handoff) => (
              <Row key={`${handoff.schedule} ${handoff.position} ${handoff.at}`} handoff={handoff} now={now} />
            ))}
            {handoffs.length > most && <li className={`${cards.more} ${cards.dim}`}>{t.more(handoffs.length - most)}</li>}
          </ul>
        )}
      </section>
      <section aria-label={t.gaps}>
        <div className={cards.head}>
          <h2 className={page.heading}>{t.gaps}</h2>
          <span className={cards.hint}>{t.gapsHint}</span>
        </div>
        {gaps.length === 0 ? (
          <p className={`card ${cards.empty} ${cards.good}`}>
            <IconCircleCheck size={17} aria-hidden /> {t.gapsNone}
          </p>
        ) : (
          <ul className="card">
            {gaps.slice(0, most).map((gap) => (
              <li key={`${gap.schedule} ${gap.position} ${gap.from}`} className={cards.item}>
                <div className={cards.line}>
                  <span className={styles.gap}>
                    <IconUserOff size={16} aria-hidden />
                    <Link to={`/schedules/${encodeURIComponent(gap.schedule)}`}>{gap.schedule}</Link>
                  </span>
                  {gap.position !== 'primary' && <span className={cards.dim}>{dutyText.position[gap.position]}</span>}
                  {gap.from && gap.until && <span className={`${cards.end} ${cards.dim}`}>{t.long(longLength(Date.parse(gap.until) - Date.parse(gap.from)))}</span>}
                </div>
                <p className={`${cards.text} num`}>{gap.from && gap.until ? intervalText(gap.from, gap.until, now) : gap.from && dayTime(gap.from, now)}</p>
              </li>
            ))}
            {gaps.length > most && <li className={`${cards.more} ${cards.dim}`}>{t.more(gaps.length - most)}</li>}
          </ul>
        )}
      </section>
    </div>
  );
}

function Row({ handoff: { schedule, position, at, from, to }, now }: { handoff: Handoff; now: number }) {
  const people = (list: string[]) => (list.length ? list.map((person) => <PersonMark key={person} login={person} size={20} />) : <span className={styles.gap}>{t.nobody}</span>);
  return (
    <li className={cards.item}>
      <div className={cards.line}>
        <time dateTime={at} title={absolute(at)} className="num">
          {dayTime(at, now)}
        </time>
        <span className={`${cards.dim} num`}>{t.in(longLength(Date.parse(at) - now))}</span>
        <span className={`${cards.end} ${cards.dim}`}>
          {position !== 'primary' && `${dutyText.position[position] ?? position} · `}
          <Link className="link" to={`/schedules/${encodeURIComponent(schedule)}`}>
            {schedule}
          </Link>
        </span>
      </div>
      <p className={styles.people}>
        {people(from)} <IconArrowRight size={14} aria-hidden /> {people(to)}
      </p>
    </li>
  );
}
