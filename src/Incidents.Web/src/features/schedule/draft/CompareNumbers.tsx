import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { Burden, Difference } from '../../../api/scheduleTypes';
import { moneyChanges, writtenMoney } from '../../../lib/money';
import { draftText } from '../../../text/drafts';
import { IconArrowRight } from '../../../ui/icons';
import { PersonMark } from '../../../ui/PersonMark';
import { useNameOf } from '../../../ui/usePeopleNames';
import styles from './ComparePanel.module.css';

const t = draftText.compare;
const metrics = ['hours', 'nights', 'weekends'] as const;
type Metric = (typeof metrics)[number];

const valueOf = (burden: Burden | undefined, metric: Metric): number => (!burden ? 0 : metric === 'hours' ? burden.totalHours : burden[metric]);

const written = (value: number): string => Math.round(value).toLocaleString('en-GB');

const signed = (value: number): string => (Math.round(value) === 0 ? '' : `${value > 0 ? '+' : '−'}${written(Math.abs(value))}`);

/** Hours, nights and weekends of each person: live above, draft below. */
export function FairnessTab({ fairness: { before, after } }: { fairness: Difference['fairness'] }) {
  const [metric, setMetric] = useState<Metric>('hours');
  const nameOf = useNameOf();
  const people = [...new Set([...before.items, ...after.items].map((item) => item.person))];
  const rows = people
    .map((person) => ({ person, was: valueOf(before.items.find((item) => item.person === person), metric), will: valueOf(after.items.find((item) => item.person === person), metric) }))
    .sort((a, b) => b.will - a.will || b.was - a.was);
  const most = Math.max(1, ...rows.flatMap((row) => [row.was, row.will]));
  return (
    <>
      <div className={styles.balance}>
        {t.balance}{' '}
        <b className="num">
          {before.balance.score} <IconArrowRight size={12} aria-label={t.to} /> {after.balance.score}
        </b>
        <SegmentedControl size="xs" aria-label={t.metric} value={metric} data={metrics.map((value) => ({ value, label: t.metrics[value] }))} onChange={(value) => setMetric(value as Metric)} />
      </div>
      <ul className={styles.bars}>
        {rows.map(({ person, was, will }) => (
          <li key={person}>
            <span className={styles.person}>
              <PersonMark login={person} size={18} />
            </span>
            <span className={styles.pair} role="img" aria-label={`${nameOf(person)}, ${t.metrics[metric]}: ${t.beforeAfter(written(was), written(will))}`}>
              <span data-when="before" style={{ width: `${(100 * was) / most}%` }} />
              <span data-when="after" style={{ width: `${(100 * will) / most}%` }} />
            </span>
            <span className={`${styles.value} num`}>
              {written(will)} <small data-tone={will > was ? 'up' : 'down'}>{signed(will - was)}</small>
            </span>
          </li>
        ))}
      </ul>
      <p className={styles.legend} aria-hidden>
        <span data-when="before" /> {t.before} <span data-when="after" /> {t.after}
      </p>
    </>
  );
}

/** What standby costs, a total for each currency; they are never added together. */
export function CostTab({ cost, manager }: { cost: Difference['cost']; manager: boolean }) {
  if (!cost) return <p className={styles.dim}>{manager ? t.checking : t.costNone}</p>;
  const { before, after } = cost;
  const currencies = [...new Set([...before.totals, ...after.totals].map((money) => money.currency))].sort();
  if (currencies.length === 0) return <p className={styles.dim}>{t.costFree}</p>;
  const people = [...new Set([...(before.people ?? []), ...(after.people ?? [])].map((one) => one.person))].sort();
  const of = (list: typeof before.people, person: string) => list?.find((one) => one.person === person)?.totals ?? [];
  const changed = people.map((person) => ({ person, change: moneyChanges(of(before.people, person), of(after.people, person)) })).filter(({ change }) => change.length > 0);
  return (
    <>
      <table className={styles.cost}>
        <caption>{t.total}</caption>
        <thead>
          <tr>
            <td />
            <th scope="col">{t.before}</th>
            <th scope="col">{t.after}</th>
            <th scope="col">±</th>
          </tr>
        </thead>
        <tbody className="num">
          {currencies.map((currency) => {
            const was = before.totals.find((money) => money.currency === currency) ?? { amount: '0', currency };
            const will = after.totals.find((money) => money.currency === currency) ?? { amount: '0', currency };
            const amount = (money: typeof was): string => writtenMoney(money).replace(` ${currency}`, '');
            return (
              <tr key={currency}>
                <th scope="row">{currency}</th>
                <td>{amount(was)}</td>
                <td>{amount(will)}</td>
                <td>
                  <b>{(moneyChanges([was], [will])[0] ?? '0').replace(` ${currency}`, '')}</b>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <ul className={styles.list}>
        {changed.map(({ person, change }) => (
          <li key={person} className={styles.money}>
            <PersonMark login={person} size={17} /> <span className="num">{change.join(', ')}</span>
          </li>
        ))}
      </ul>
      {after.unpaidHours && Number(after.unpaidHours) > 0 && <p className={styles.dim}>{t.unpaid(written(Number(after.unpaidHours)))}</p>}
    </>
  );
}
