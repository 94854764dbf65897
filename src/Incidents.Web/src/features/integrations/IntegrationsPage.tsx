import { Button, Skeleton } from '@mantine/core';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useLocation } from 'react-router';
import { can } from '../../app/places';
import { useIntegrations, useMe } from '../../api/queries';
import type { Integration } from '../../api/types';
import { sourceText } from '../../text/source';
import { intakeText as t } from '../../text/intake';
import { CopyButton } from '../../ui/CopyButton';
import { EmptyState } from '../../ui/EmptyState';
import { IconChevronDown, IconPlugConnected, IconPlus } from '../../ui/icons';
import { LoadError } from '../../ui/LoadError';
import { Age } from '../../ui/Time';
import { DeleteButton } from '../editing/DeleteButton';
import page from '../page.module.css';
import styles from './IntegrationsPage.module.css';
import { Payloads } from './Payloads';
import { RotateKey } from './RotateKey';
import { Snippets } from './Snippets';

const NewIntegration = lazy(() => import('./NewIntegration'));

export default function IntegrationsPage() {
  const query = useIntegrations();
  const me = useMe().data;
  const [adding, setAdding] = useState(false);
  const { hash } = useLocation();
  const there = !!query.data;
  useEffect(() => {
    if (there && hash) document.getElementById(decodeURIComponent(hash.slice(1)))?.scrollIntoView({ block: 'start' });
  }, [there, hash]);
  const add = can(me, 'manager') && (
    <Button size="xs" leftSection={<IconPlus size={15} />} onClick={() => setAdding(true)}>
      {t.new}
    </Button>
  );
  return (
    <div className={page.page}>
      <div className={page.intro}>
        <p>{sourceText.intro}</p>
        {add}
      </div>
      {query.isPending ? (
        <Skeleton height={180} radius="lg" aria-busy />
      ) : query.isError && !query.data ? (
        <LoadError error={query.error} retry={() => void query.refetch()} />
      ) : query.data.length === 0 ? (
        <EmptyState icon={<IconPlugConnected />} title={sourceText.empty} hint={sourceText.emptyHint} action={add} />
      ) : (
        <ul className={styles.list}>
          {query.data.map((integration) => (
            <li key={integration.name} id={integration.name} className="card" style={{ scrollMarginTop: 70 }}>
              <Item integration={integration} manager={can(me, 'manager', integration.team ?? null)} reader={can(me, 'responder')} />
            </li>
          ))}
        </ul>
      )}
      <Suspense>{adding && <NewIntegration onClose={() => setAdding(false)} />}</Suspense>
    </div>
  );
}

function Item({ integration, manager, reader }: { integration: Integration; manager: boolean; reader: boolean }) {
  const [looking, setLooking] = useState(false);
  const { name, kind, url, service, lastAlertAt } = integration;
  return (
    <>
      <div className={styles.head}>
        <span className={styles.icon} aria-hidden>
          <IconPlugConnected size={18} />
        </span>
        <div className={styles.what}>
          <h2 className={styles.name}>
            {name} <span className={styles.kind}>{kind}</span>
          </h2>
          <p className={styles.meta}>
            {service && sourceText.service(service)}
            {service && lastAlertAt !== undefined && ' · '}
            {lastAlertAt ? <Age at={lastAlertAt} wrap={sourceText.last} /> : lastAlertAt === null && sourceText.never}
          </p>
        </div>
        {manager && (
          <div className={styles.tools}>
            <RotateKey name={name} />
            <DeleteButton plural="integrations" name={name} hint={t.deleteHint} undoable={false} />
          </div>
        )}
      </div>
      <div className={styles.url}>
        <code className="mono">{url}</code>
        {manager ? <CopyButton value={url} label={sourceText.copyUrl} /> : <span className={styles.meta}>{t.hidden}</span>}
      </div>
      {reader && (
        <details className={styles.setUp} onToggle={(event) => event.target === event.currentTarget && setLooking(event.currentTarget.open)}>
          <summary>
            <IconChevronDown size={15} aria-hidden /> {t.payloads.title}
          </summary>
          {looking && <Payloads integration={name} />}
        </details>
      )}
      {manager && (
        <details className={styles.setUp}>
          <summary>
            <IconChevronDown size={15} aria-hidden /> {sourceText.setUp}
          </summary>
          <Snippets integration={integration} />
        </details>
      )}
    </>
  );
}
