import { Skeleton } from '@mantine/core';
import { useState } from 'react';
import { type Period, useStatement } from '../../api/pay';
import { shiftClasses } from '../../api/scheduleTypes';
import { writtenMoney } from '../../lib/money';
import { meText } from '../../text/me';
import { officeText } from '../../text/office';
import { IconChevronDown } from '../../ui/icons';
import { LoadError } from '../../ui/LoadError';
import { PersonMark } from '../../ui/PersonMark';
import { Line } from '../me/Pay';
import cards from '../schedule/cards.module.css';
import styles from './PayPage.module.css';

const t = officeText.pay;

const rounded = (hours: string): string => String(Math.round(Number(hours) * 100) / 100);

/** One person's total; opened, every line with the sum that made it. */
export function PersonRow({ period, person }: { period: string; person: Period['people'][number] }) {
  const [open, setOpen] = useState(false);
  const query = useStatement(period, person.login, open);
  const id = `lines-${person.login}`;
  const lines = query.data ? [...query.data.statement.lines, ...query.data.statement.unpaid] : [];
  return (
    <li className={styles.person}>
      <button type="button" className={styles.row} aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        <IconChevronDown size={16} aria-hidden className={styles.arrow} data-open={open || undefined} />
        <span className={styles.who}>
          <PersonMark login={person.login} size={24} />
          {person.removed && <span className={cards.chip}>{t.left}</span>}
        </span>
        <span className={`${styles.hours} num`}>
          {shiftClasses
            .filter((kind) => Number(person.hours[kind] ?? 0) > 0)
            .map((kind) => (
              <span key={kind}>
                <b>{t.hours(rounded(person.hours[kind] ?? '0'))}</b> {meText.pay.class[kind]}
              </span>
            ))}
        </span>
        <span className={`${styles.total} num`}>
          {person.totals.map((total) => (
            <strong key={total.currency}>{writtenMoney(total)}</strong>
          ))}
        </span>
      </button>
      {open && (
        <div id={id} className={styles.lines} role="group" aria-label={t.lines(person.name)}>
          {query.isError && !query.data ? (
            <LoadError error={query.error} retry={() => void query.refetch()} />
          ) : !query.data ? (
            <Skeleton height={80} aria-busy />
          ) : lines.length === 0 ? (
            <p className={cards.text}>{meText.pay.none}</p>
          ) : (
            <ul>
              {lines.map((line) => (
                <Line key={line.line} line={line} />
              ))}
            </ul>
          )}
        </div>
      )}
    </li>
  );
}
