import { Button, Skeleton } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { type Delivery, replayDelivery, useDeliveries, useDelivery, useRefreshWebhooks } from '../../api/webhooks';
import { serverNow } from '../../lib/clock';
import { clockTime, dayTime } from '../../lib/time';
import { webhookText as t } from '../../text/webhooks';
import { toastDone, toastError } from '../../ui/toast';
import { Mark, type Tone } from '../../ui/Mark';
import styles from './webhooks.module.css';

const tones: Record<string, Tone> = { delivered: 'green', failed: 'red', held: 'amber' };

/** What was sent last, how the receiver took it, and sending it again. */
export function Deliveries({ name, enabled }: { name: string; enabled: boolean }) {
  const query = useDeliveries(name, true);
  if (!query.data) return <Skeleton height={80} m={16} aria-busy />;
  if (query.data.length === 0) return <p className={styles.none}>{t.none}</p>;
  return (
    <ul>
      {query.data.map((delivery) => (
        <li key={delivery.id} className={styles.delivery}>
          <One name={name} delivery={delivery} enabled={enabled} />
        </li>
      ))}
    </ul>
  );
}

function One({ name, delivery, enabled }: { name: string; delivery: Delivery; enabled: boolean }) {
  const [open, setOpen] = useState(false);
  const refresh = useRefreshWebhooks();
  const when = dayTime(delivery.createdAt, serverNow());
  const replay = (): void => void replayDelivery(name, delivery.id).then(() => toastDone(t.replayed(1)), toastError).finally(refresh);
  return (
    <>
      <div className={styles.line}>
        <span className="num">{when}</span>
        <code className="mono">{delivery.type}</code>
        {delivery.incident !== null && <Link to={`/incidents/${delivery.incident}`}>{t.incident(delivery.incident)}</Link>}
        <Mark tone={tones[delivery.state]}>
          {t.state[delivery.state] ?? delivery.state}
        </Mark>
        <span className={styles.dim}>
          {[delivery.status && `HTTP ${delivery.status}`, delivery.error, delivery.milliseconds !== null && `${delivery.milliseconds} ms`, delivery.tries > 1 && t.tries(delivery.tries), delivery.nextAt && delivery.state === 'waiting' && delivery.tries > 0 && t.next(clockTime(delivery.nextAt))]
            .filter(Boolean)
            .join(' · ')}
        </span>
        <span className={styles.end}>
          <Button size="compact-xs" variant="subtle" aria-expanded={open} onClick={() => setOpen(!open)}>
            {t.show}
          </Button>
          {delivery.type !== 'ping' && delivery.state !== 'waiting' && (
            <Button size="compact-xs" variant="default" disabled={!enabled} aria-label={t.replayLabel(delivery.type, when)} onClick={replay}>
              {t.replay}
            </Button>
          )}
        </span>
      </div>
      {open && <Body name={name} id={delivery.id} />}
    </>
  );
}

function Body({ name, id }: { name: string; id: string }) {
  const delivery = useDelivery(name, id).data;
  if (!delivery) return <Skeleton height={60} aria-busy />;
  return (
    <pre className={styles.body} tabIndex={0}>
      {pretty(delivery.body ?? '')}
      {delivery.answer ? `\n\n← ${delivery.answer}` : ''}
    </pre>
  );
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
