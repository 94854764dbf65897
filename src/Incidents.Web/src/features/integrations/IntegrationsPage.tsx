import { Skeleton } from '@mantine/core';
import { useIntegrations } from '../../api/queries';
import type { Integration } from '../../api/types';
import { snippets } from '../../lib/snippets';
import { text } from '../../text/en';
import { CopyButton } from '../../ui/CopyButton';
import { EmptyState } from '../../ui/EmptyState';
import { IconChevronDown, IconPlugConnected } from '../../ui/icons';
import { LoadError } from '../../ui/LoadError';
import { Age } from '../../ui/Time';
import page from '../page.module.css';
import styles from './IntegrationsPage.module.css';

export default function IntegrationsPage() {
  const query = useIntegrations();
  return (
    <div className={page.page}>
      <p className={page.intro}>{text.integrations.intro}</p>
      {query.isPending ? (
        <Skeleton height={180} radius="lg" aria-busy />
      ) : query.isError && !query.data ? (
        <LoadError error={query.error} retry={() => void query.refetch()} />
      ) : query.data.length === 0 ? (
        <EmptyState icon={<IconPlugConnected />} title={text.integrations.empty} hint={text.integrations.emptyHint} />
      ) : (
        <ul className={styles.list}>
          {query.data.map((integration) => (
            <li key={integration.name} className="card">
              <Item integration={integration} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Item({ integration }: { integration: Integration }) {
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
            {service && text.integrations.service(service)}
            {service && lastAlertAt !== undefined && ' · '}
            {lastAlertAt ? <Age at={lastAlertAt} wrap={text.integrations.last} /> : lastAlertAt === null && text.integrations.never}
          </p>
        </div>
      </div>
      <div className={styles.url}>
        <code className="mono">{url}</code>
        <CopyButton value={url} label={text.integrations.copyUrl} />
      </div>
      <details className={styles.setUp}>
        <summary>
          <IconChevronDown size={15} aria-hidden /> {text.integrations.setUp}
        </summary>
        {snippets(integration).map(({ label, code }) => (
          <figure key={label} className={styles.snippet}>
            <figcaption>
              {text.integrations.snippet[label]}
              <CopyButton value={code} label={`${text.integrations.copy}: ${text.integrations.snippet[label]}`} />
            </figcaption>
            <pre className="mono">{code}</pre>
          </figure>
        ))}
      </details>
    </>
  );
}
