import { Loader } from '@mantine/core';
import type { usePreview } from '../../api/schedules';
import type { Difference, NewOverride } from '../../api/scheduleTypes';
import { useNow } from '../../lib/clock';
import { intervalText } from '../../lib/shifts';
import { moneyChanges } from '../../lib/money';
import { instantsLocal } from '../../lib/time';
import { minute } from '../../lib/zone';
import { scheduleText as t } from '../../text/schedules';
import { IconAlertTriangle, IconArrowRight, IconCircleCheck, IconUserOff } from '../../ui/icons';
import { PersonMark } from '../../ui/PersonMark';
import styles from './CoverDialog.module.css';

const most = 6;

/** What saving would do: who changes, gaps, findings, fairness. */
export function Preview({ draft, query }: { draft: NewOverride | null; query: ReturnType<typeof usePreview> }) {
  const now = useNow(minute);
  return (
    <>
      <h3 className={styles.title}>
        {t.preview.title} {query.isFetching && <Loader size={12} />}
      </h3>
      {!draft ? (
        <p className={styles.hint}>{t.preview.fill}</p>
      ) : query.isError ? (
        <p className={styles.bad}>{query.error.message}</p>
      ) : !query.data ? (
        <p className={styles.hint}>{t.preview.checking}</p>
      ) : (
        <Result difference={query.data} now={now} />
      )}
    </>
  );
}

function Result({ difference, now }: { difference: Difference; now: number }) {
  const { changes, gaps, newFindings, goneFindings, refusing, fairness, cost } = difference;
  const added = gaps.after.length - gaps.before.length;
  const fresh = newFindings.filter((finding) => !finding.waived && !refusing.some((other) => other.fingerprint === finding.fingerprint));
  return (
    <div className={styles.result}>
      {changes.length === 0 ? (
        <p className={styles.hint}>{t.preview.nothing}</p>
      ) : (
        <ul className={styles.changes}>
          {changes.slice(0, most).map((change) => (
            <li key={`${change.position} ${change.from}`}>
              <span className={`${styles.when} num`}>
                {intervalText(change.from, change.to, now)}
                {change.position !== 'primary' && ` · ${t.position[change.position]}`}
              </span>
              <span className={styles.swap}>
                <People people={change.before} /> <IconArrowRight size={14} aria-hidden /> <People people={change.after} />
              </span>
            </li>
          ))}
          {changes.length > most && <li className={styles.hint}>{t.preview.more(changes.length - most)}</li>}
        </ul>
      )}
      <ul className={styles.effects}>
        {added !== 0 && (
          <li data-tone={added > 0 ? 'bad' : 'good'}>
            {added > 0 ? <IconUserOff size={15} aria-hidden /> : <IconCircleCheck size={15} aria-hidden />}
            {added > 0 ? t.preview.gapsNew(added) : t.preview.gapsClosed(-added)}
          </li>
        )}
        {refusing.map((finding) => (
          <li key={finding.fingerprint} data-tone="bad">
            <IconAlertTriangle size={15} aria-hidden />
            <span>
              <b>{t.findingsCard.rule[finding.rule] ?? finding.rule}</b> {instantsLocal(finding.message, now)}
            </span>
          </li>
        ))}
        {fresh.slice(0, 3).map((finding) => (
          <li key={finding.fingerprint} data-tone="warn">
            <IconAlertTriangle size={15} aria-hidden />
            <span>
              <b>{t.findingsCard.rule[finding.rule] ?? finding.rule}</b> {instantsLocal(finding.message, now)}
            </span>
          </li>
        ))}
        {fresh.length > 3 && <li data-tone="warn">{t.preview.more(fresh.length - 3)}</li>}
        {goneFindings.length > 0 && (
          <li data-tone="good">
            <IconCircleCheck size={15} aria-hidden /> {t.preview.findingsFixed(goneFindings.length)}
          </li>
        )}
        {changes.length > 0 && refusing.length + fresh.length === 0 && added <= 0 && (
          <li data-tone="good">
            <IconCircleCheck size={15} aria-hidden /> {t.preview.clean}
          </li>
        )}
        {cost && changes.length > 0 && (
          <li>
            {t.preview.cost} {moneyChanges(cost.before.totals, cost.after.totals).join(', ') || t.preview.costSame}
          </li>
        )}
        {fairness.before.balance.score !== fairness.after.balance.score && <li>{t.preview.balance(fairness.before.balance.score, fairness.after.balance.score)}</li>}
      </ul>
    </div>
  );
}

function People({ people }: { people: string[] }) {
  if (people.length === 0) return <span className={styles.nobody}>{t.preview.nobody}</span>;
  return people.map((person) => <PersonMark key={person} login={person} size={18} />);
}
