import type { Alert, Incident } from '../../api/types';
import { useNow } from '../../lib/clock';
import { absolute, longLength } from '../../lib/time';
import { isWebAddress } from '../../lib/links';
import { incidentText } from '../../text/incident';
import { IconChevronDown, IconFlame, IconCircleCheck, IconExternalLink } from '../../ui/icons';
import styles from './Alerts.module.css';

export function Alerts({ incident }: { incident: Incident }) {
  const alerts = incident.alerts ?? [];
  const sorted = [...alerts].sort((a, b) => a.status.localeCompare(b.status) || Date.parse(a.startsAt) - Date.parse(b.startsAt));
  return (
    <section aria-label={incidentText.alerts}>
      <h2 className={styles.heading}>
        {incidentText.alerts} <span className="num">{alerts.length || ''}</span>
      </h2>
      {incident.details && <p className={styles.details}>{incident.details}</p>}
      {alerts.length === 0 ? (
        <p className={styles.none}>{incidentText.alertsNone}</p>
      ) : (
        <ul className={`card ${styles.list}`}>
          {sorted.map((alert, index) => (
            <li key={`${alert.integration} ${alert.key}`}>
              <AlertItem alert={alert} open={index === 0 && sorted.length < 4} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Value({ value }: { value: string }) {
  return isWebAddress(value) ? (
    <a className="link" href={value} target="_blank" rel="noreferrer">
      {value} <IconExternalLink size={12} aria-hidden />
    </a>
  ) : (
    <>{value}</>
  );
}

function AlertItem({ alert, open }: { alert: Alert; open: boolean }) {
  const now = useNow(Date.now() - Date.parse(alert.startsAt) < 90_000 ? 1_000 : 15_000);
  const firing = alert.status === 'firing';
  const length = longLength((alert.endsAt && !firing ? Date.parse(alert.endsAt) : now) - Date.parse(alert.startsAt));
  const name = alert.labels.alertname ?? alert.title ?? alert.key;
  const annotations = Object.entries(alert.annotations);
  return (
    <details className={styles.alert} open={open}>
      <summary className={styles.summary}>
        <span className={styles.state} data-state={alert.status} title={firing ? incidentText.firing : incidentText.alertResolved}>
          {firing ? <IconFlame size={16} /> : <IconCircleCheck size={16} />}
        </span>
        <span className={styles.name}>{name}</span>
        <span className={styles.meta}>
          <span>{firing ? incidentText.firing : incidentText.alertResolved}</span>{' '}
          <time dateTime={alert.startsAt} title={absolute(alert.startsAt)} className="num">
            {incidentText.since(length)}
          </time>
        </span>
        <IconChevronDown className={styles.chevron} size={16} aria-hidden />
      </summary>
      <div className={styles.inside}>
        {annotations.length > 0 && (
          <dl className={styles.annotations}>
            {annotations.map(([key, value]) => (
              <div key={key}>
                <dt>{key.replaceAll('_', ' ')}</dt>
                <dd>
                  <Value value={value} />
                </dd>
              </div>
            ))}
          </dl>
        )}
        <ul className={styles.labels} aria-label={incidentText.labels}>
          {Object.entries(alert.labels).map(([key, value]) => (
            <li key={key} className="mono">
              <span>{key}</span>
              {value}
            </li>
          ))}
        </ul>
        <p className={styles.from}>{incidentText.from(alert.integration)}</p>
      </div>
    </details>
  );
}
