import { Button, Group, Modal, Skeleton } from '@mantine/core';
import { useState } from 'react';
import { useHealth, useMe, useParked, useParkedAction } from '../../api/queries';
import type { HealthCheck, ParkedMessage } from '../../api/types';
import { text } from '../../text/en';
import { systemText } from '../../text/system';
import { EmptyState } from '../../ui/EmptyState';
import { IconAlertTriangle, IconCircleCheck, IconInbox, IconRefresh, IconTrash, IconX } from '../../ui/icons';
import { LoadError } from '../../ui/LoadError';
import { Age, Countdown } from '../../ui/Time';
import { toastDone, toastError } from '../../ui/toast';
import page from '../page.module.css';
import { DemoSection } from './DemoSection';
import styles from './SystemPage.module.css';

export default function SystemPage() {
  return (
    <div className={page.page}>
      <HealthSection />
      <ParkedSection />
      <DemoSection />
    </div>
  );
}

function HealthSection() {
  const query = useHealth();
  const health = query.data;
  return (
    <section className={styles.section} aria-label={systemText.health}>
      <h2 className={page.heading}>{systemText.health}</h2>
      {query.isPending ? (
        <Skeleton height={150} radius="lg" aria-busy />
      ) : !health ? (
        <LoadError error={query.error ?? new Error()} retry={() => void query.refetch()} />
      ) : (
        <div className="card">
          <p className={styles.overall} data-status={health.status} role="status">
            <Sign status={health.status} /> {systemText.overall[health.status] ?? health.status}
          </p>
          <ul>
            {health.checks.map((check) => (
              <li key={check.name} className={styles.check} data-status={check.status}>
                <Sign status={check.status} />
                <span className={styles.name}>{check.name}</span>
                <span className={styles.detail}>{check.detail || (check.status === 'ok' ? '' : check.status)}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

function Sign({ status }: { status: HealthCheck['status'] }) {
  const Icon = status === 'ok' ? IconCircleCheck : status === 'down' ? IconX : IconAlertTriangle;
  return (
    <span className={styles.sign} data-status={status} role="img" aria-label={status}>
      <Icon size={17} />
    </span>
  );
}

function ParkedSection() {
  const query = useParked();
  const me = useMe();
  const action = useParkedAction();
  const [discarding, setDiscarding] = useState<ParkedMessage | null>(null);
  const mayDiscard = me.data?.role === 'admin';
  const mayReplay = mayDiscard || me.data?.role === 'manager';
  const run = (message: ParkedMessage, what: 'replay' | 'discard'): void =>
    action.mutate(
      { id: message.id, action: what },
      {
        onError: toastError,
        onSuccess: () => toastDone(what === 'replay' ? systemText.replayed : systemText.discarded),
        onSettled: () => setDiscarding(null),
      },
    );
  const running = (id: string, what: string): boolean =>
    action.isPending && action.variables.id === id && action.variables.action === what;

  return (
    <section className={styles.section} aria-label={systemText.parked}>
      <h2 className={page.heading}>{systemText.parked}</h2>
      {query.isPending ? (
        <Skeleton height={90} radius="lg" aria-busy />
      ) : !query.data ? (
        <LoadError error={query.error ?? new Error()} retry={() => void query.refetch()} />
      ) : query.data.length === 0 ? (
        <div className="card">
          <EmptyState icon={<IconInbox />} title={systemText.parkedEmpty} hint={systemText.parkedEmptyHint} />
        </div>
      ) : (
        <>
          <p className={styles.hint}>{systemText.parkedHint}</p>
          <ul className="card">
            {query.data.map((message) => (
              <li key={message.id} className={styles.message}>
                <div className={styles.about}>
                  <span className={styles.name}>
                    {message.type} <span className={styles.endpoint}>{message.endpoint}</span>
                  </span>
                  {message.lastError && <span className={`mono ${styles.error}`}>{message.lastError}</span>}
                  <span className={styles.detail}>
                    {systemText.failures(message.failures)}
                    {' · '}
                    <Age at={message.parkedAt} wrap={systemText.parkedAgo} />
                    {' · '}
                    {systemText.nextTry} <Countdown at={message.nextTryAt} />
                  </span>
                  <details className={styles.content}>
                    <summary>{systemText.content}</summary>
                    <pre className="mono">{message.body}</pre>
                  </details>
                </div>
                {mayReplay && (
                  <div className={styles.buttons}>
                    <Button size="xs" variant="default" leftSection={<IconRefresh size={14} />} loading={running(message.id, 'replay')} onClick={() => run(message, 'replay')}>
                      {systemText.replay}
                    </Button>
                    {mayDiscard && (
                      <Button size="xs" variant="subtle" color="red" leftSection={<IconTrash size={14} />} onClick={() => setDiscarding(message)}>
                        {systemText.discard}
                      </Button>
                    )}
                  </div>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      <Modal opened={discarding !== null} onClose={() => setDiscarding(null)} title={systemText.confirm}>
        <p className={styles.hint}>{systemText.confirmHint}</p>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={() => setDiscarding(null)}>
            {text.actions.cancel}
          </Button>
          <Button color="red.8" loading={!!discarding && running(discarding.id, 'discard')} onClick={() => discarding && run(discarding, 'discard')}>
            {systemText.discard}
          </Button>
        </Group>
      </Modal>
    </section>
  );
}
