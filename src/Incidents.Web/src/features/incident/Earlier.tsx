import { Skeleton } from '@mantine/core';
import { Link } from 'react-router';
import { useEarlier } from '../../api/earlier';
import type { Incident } from '../../api/types';
import { longLength } from '../../lib/time';
import { incidentText as t } from '../../text/incident';
import { SeverityBadge } from '../../ui/SeverityBadge';
import { Age } from '../../ui/Time';
import styles from './Earlier.module.css';

/** What happened to this service before, and how long it took: often the answer is there. */
export function Earlier({ incident }: { incident: Incident }) {
  const query = useEarlier(incident.service, incident.number);
  if (query.isError) return null;
  return (
    <section className={styles.earlier} aria-labelledby="earlier">
      <h2 id="earlier">{t.earlier.title(incident.service)}</h2>
      {query.isPending ? (
        <Skeleton height={60} radius="md" aria-busy />
      ) : query.data.length === 0 ? (
        <p className={styles.none}>{t.earlier.none}</p>
      ) : (
        <ul>
          {query.data.map((one) => (
            <li key={one.id} data-same={one.title === incident.title || undefined}>
              <Link to={`/incidents/${one.number}`}>{one.title}</Link>
              <span className={`${styles.facts} num`}>
                <SeverityBadge severity={one.severity} /> #{one.number} · <Age at={one.openedAt} wrap={t.earlier.ago} />
                {one.resolvedAt && <> · {t.earlier.took(longLength(Date.parse(one.resolvedAt) - Date.parse(one.openedAt)))}</>}
              </span>
            </li>
          ))}
        </ul>
      )}
      <Link className="link" to={`/?status=all&service=${encodeURIComponent(incident.service)}`}>
        {t.earlier.all}
      </Link>
    </section>
  );
}
