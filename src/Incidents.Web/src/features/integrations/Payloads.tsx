import { Loader, Skeleton } from '@mantine/core';
import { Fragment } from 'react';
import { Link } from 'react-router';
import { type Payload, type PayloadAlert, usePayloads } from '../../api/payloads';
import { serverNow } from '../../lib/clock';
import { bytes, type Ending, endings } from '../../lib/payloads';
import { absolute, clockTime, dayTime } from '../../lib/time';
import { intakeText } from '../../text/intake';
import { CopyButton } from '../../ui/CopyButton';
import { IconAlertTriangle, IconCheck, IconChevronDown } from '../../ui/icons';
import { LoadError } from '../../ui/LoadError';
import { Tip } from '../../ui/Tip';
import styles from './Payloads.module.css';

const t = intakeText.payloads;

/** Of what came so lately the second is told, to find one's own request again. */
const recent = 12 * 3_600_000;

/** What an integration received last and what became of it; it looks for more by itself. `quiet`: nothing is shown as long as there is nothing. */
export function Payloads({ integration, quiet = false }: { integration: string; quiet?: boolean }) {
  const query = usePayloads(integration);
  if (query.isPending) return quiet ? null : <Skeleton height={60} m={16} aria-busy />;
  if (!query.data) return quiet ? null : <LoadError error={query.error} retry={() => void query.refetch()} />;
  if (query.data.length === 0)
    return quiet ? null : (
      <p className={styles.waiting} role="status">
        <Loader size={14} /> <b>{intakeText.waiting}</b> {t.waitingHint}
      </p>
    );
  return (
    <>
      <ul className={styles.list} aria-label={t.title}>
        {query.data.map((payload) => (
          <li key={payload.id}>
            <One payload={payload} />
          </li>
        ))}
      </ul>
      {!quiet && <p className={styles.note}>{t.note}</p>}
    </>
  );
}

function One({ payload }: { payload: Payload }) {
  const { receivedAt, status, reason, title, size, source, contentType, agent, errors, alerts, alertCount, body, bodyCut } = payload;
  return (
    <details className={styles.one} data-refused={reason !== null || undefined}>
      <summary>
        <IconChevronDown size={15} className={styles.chevron} aria-hidden />
        <Tip label={() => absolute(receivedAt)}>
          <time dateTime={receivedAt} className={`${styles.time} num`}>
            {serverNow() - Date.parse(receivedAt) < recent ? clockTime(receivedAt) : dayTime(receivedAt, serverNow())}
          </time>
        </Tip>
        <span className={styles.answer} data-refused={reason !== null || undefined}>
          {reason === null ? <IconCheck size={14} aria-hidden /> : <IconAlertTriangle size={14} aria-hidden />}
          {reason === null ? t.taken : t.refused} <span className="num">{status}</span>
        </span>
        <span className={styles.ends}>
          {reason !== null && <span>{title}</span>}
          {endings(payload).map((ending) => (
            <End key={`${ending.outcome} ${ending.incident} ${ending.rule}`} {...ending} />
          ))}
          {reason === null && alertCount === 0 && <span className={styles.dim}>{t.noAlerts}</span>}
          {reason === null && errors.length > 0 && <span className={styles.left}>{t.left(errors.length)}</span>}
        </span>
        {size !== null && <span className={`${styles.size} num`}>{bytes(size)}</span>}
      </summary>
      <div className={styles.more}>
        {errors.length > 0 && (
          <dl className={styles.faults}>
            {errors.map(({ path, message }, index) => (
              <Fragment key={index}>
                <dt className="mono">{path}</dt>
                <dd>{message}</dd>
              </Fragment>
            ))}
          </dl>
        )}
        {alerts.length > 0 && (
          <ul className={styles.alerts}>
            {alerts.map((alert) => (
              <AlertLine key={alert.id} alert={alert} />
            ))}
            {alertCount > alerts.length && <li className={styles.dim}>{t.moreAlerts(alertCount - alerts.length)}</li>}
          </ul>
        )}
        <p className={styles.dim}>{[t.sources[source] ?? source, contentType, agent].filter(Boolean).join(' · ')}</p>
        {body === '' ? (
          <p className={styles.dim}>{t.noBody}</p>
        ) : (
          <figure className={styles.body}>
            <figcaption>
              {bodyCut ? t.bodyCut : t.body}
              <CopyButton value={body} label={t.copyBody} />
            </figcaption>
            <pre className="mono" tabIndex={0}>
              {body}
            </pre>
          </figure>
        )}
      </div>
    </details>
  );
}

function AlertLine({ alert }: { alert: PayloadAlert }) {
  return (
    <li>
      <span className={styles.state} data-state={alert.status}>
        {t.states[alert.status]}
      </span>
      <span className={styles.alertTitle}>{alert.title}</span>
      <span className={styles.ends}>
        <End {...alert} count={1} linked />
      </span>
    </li>
  );
}

/** `linked`: outside of what is itself pressed. */
function End({ outcome, incident, rule, count, linked }: Ending & { linked?: boolean }) {
  const told = t.outcomes[outcome](rule ?? '');
  return (
    <span data-outcome={outcome}>
      {count > 1 && `${count} × `}
      {told}
      {incident !== null && (
        <>
          {' '}
          {linked ? (
            <Link to={`/incidents/${incident}`} className="link num">
              #{incident}
            </Link>
          ) : (
            <b className="num">#{incident}</b>
          )}
        </>
      )}
    </span>
  );
}
