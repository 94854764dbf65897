import { SegmentedControl, Skeleton } from '@mantine/core';
import { useState } from 'react';
import { ApiError } from '../../api/client';
import { useMyPay } from '../../api/me';
import { type PayLine, shiftClasses, type Statement } from '../../api/scheduleTypes';
import { useNow } from '../../lib/clock';
import { writtenMoney } from '../../lib/money';
import { viewerZone } from '../../lib/time';
import { addMonths, dateOf, hour, writeDate } from '../../lib/zone';
import { meText as t } from '../../text/me';
import { IconChevronDown } from '../../ui/icons';
import page from '../page.module.css';
import cards from '../schedule/cards.module.css';
import styles from './MePage.module.css';

/** My statement of this month or the last, each line with the sum that made it. */
export function Pay() {
  const today = dateOf(useNow(hour), viewerZone());
  const months = [addMonths(today, -1), today].map((date) => date.slice(0, 7));
  const [month, setMonth] = useState(months[1] ?? '');
  const query = useMyPay(month);
  const missing = query.error instanceof ApiError && query.error.status === 404;
  if (query.isError && !query.data && !missing) return null;
  return (
    <section aria-label={t.pay.title}>
      <div className={cards.head}>
        <h2 className={page.heading}>{t.pay.title}</h2>
        <SegmentedControl size="xs" aria-label={t.pay.months} value={month} data={months.map((value) => ({ value, label: writeDate(`${value}-01`, { month: 'long' }) }))} onChange={setMonth} />
      </div>
      {missing ? <p className={`card ${cards.empty}`}>{t.pay.missing}</p> : !query.data ? <Skeleton height={130} radius="lg" aria-busy /> : <Sheet answer={query.data} />}
    </section>
  );
}

function Sheet({ answer: { status, statement } }: { answer: Statement }) {
  const { totals, hours, lines, unpaid } = statement;
  if (lines.length + unpaid.length === 0) return <p className={`card ${cards.empty}`}>{t.pay.none}</p>;
  return (
    <div className={`card ${styles.box}`}>
      <p className={styles.totals}>
        {totals.map((total) => (
          <strong key={total.currency} className="num">
            {writtenMoney(total)}
          </strong>
        ))}
        <span className={cards.chip} data-tone={status === 'draft' ? undefined : 'good'}>
          {t.pay.status[status] ?? status}
        </span>
      </p>
      <p className={`${styles.classes} num`}>
        {shiftClasses
          .filter((kind) => Number(hours[kind] ?? 0) > 0)
          .map((kind) => (
            <span key={kind}>
              <b>{t.pay.hours(String(Math.round(Number(hours[kind]) * 100) / 100))}</b> {t.pay.class[kind]}
            </span>
          ))}
      </p>
      {status === 'draft' && <p className={cards.hint}>{t.pay.draftHint}</p>}
      <details className={styles.lines}>
        <summary>
          {t.pay.show} ({t.pay.lines(lines.length + unpaid.length)}) <IconChevronDown size={15} aria-hidden />
        </summary>
        <ul>
          {[...lines, ...unpaid].map((line) => (
            <Line key={line.line} line={line} />
          ))}
        </ul>
      </details>
    </div>
  );
}

export function Line({ line }: { line: PayLine }) {
  const of = line.shift ? line.shift.schedule : line.work ? `#${line.work.incident} ${line.work.service}` : '';
  return (
    <li className={styles.payLine}>
      <b>
        {t.pay.kind[line.kind] ?? line.kind} {of}
        {line.class && ` · ${t.pay.class[line.class] ?? line.class}`}
      </b>
      <b className="num">{line.amount ? writtenMoney(line.amount) : t.pay.unpaid}</b>
      <p>{line.explanation}</p>
    </li>
  );
}
