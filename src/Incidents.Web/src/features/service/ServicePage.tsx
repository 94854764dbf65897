import { Button, Skeleton } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { can } from '../../app/places';
import { useIncidents, useMe, useServices } from '../../api/queries';
import type { Incident, Service } from '../../api/types';
import { around } from '../../lib/graph';
import { isWebAddress } from '../../lib/links';
import { lengthOf, policyOf } from '../../lib/policy';
import { longLength } from '../../lib/time';
import { editText } from '../../text/edit';
import { text } from '../../text/en';
import { orgText as t } from '../../text/organisation';
import { EmptyState } from '../../ui/EmptyState';
import { IconBinaryTree, IconExternalLink, IconPencil } from '../../ui/icons';
import { LoadError } from '../../ui/LoadError';
import { SeverityBadge } from '../../ui/SeverityBadge';
import { StatusMark } from '../../ui/StatusMark';
import { Age } from '../../ui/Time';
import { DeleteButton } from '../editing/DeleteButton';
import styles from '../org.module.css';
import page from '../page.module.css';
import { Escalation } from '../policy/Escalation';
import cards from '../schedule/cards.module.css';
import { DependencyGraph } from '../services/DependencyGraph';
import { useOpenByService, useOrganisation, usePolicies, usePools } from '../useOrganisation';

const ServiceDialog = lazy(() => import('../services/ServiceDialog'));

export default function ServicePage() {
  const { name = '' } = useParams();
  const query = useServices();
  const service = query.data?.find((one) => one.name === name);
  if (query.isPending) return <Waiting />;
  if (!query.data) return <LoadError error={query.error} retry={() => void query.refetch()} />;
  if (!service) return <EmptyState icon={<IconBinaryTree />} title={t.missing(name)} hint={t.missingHint} />;
  return <Page service={service} all={query.data} />;
}

function Waiting() {
  return (
    <div className={styles.page} aria-busy>
      <Skeleton height={44} width="40%" />
      <Skeleton height={220} mt={24} radius="lg" />
    </div>
  );
}

function Page({ service, all }: { service: Service; all: Service[] }) {
  const me = useMe().data;
  const navigate = useNavigate();
  const [editing, setEditing] = useState(false);
  const pools = usePools().data ?? [];
  const pool = pools.find((one) => one.name === service.pool);
  const policyName = policyOf(service, pools);
  const policy = usePolicies().data?.find((one) => one.name === policyName);
  const organisation = useOrganisation();
  const open = useOpenByService();
  const counts = new Map([...open].map(([name, incidents]) => [name, incidents.length]));
  const near = around(all, service.name);
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <div>
          <h1>
            {service.name}
            {(open.get(service.name)?.length ?? 0) > 0 && <span className={cards.chip} data-tone="bad">{t.service.open(open.get(service.name)?.length ?? 0)}</span>}
          </h1>
          <p className={styles.facts}>
            <span>{t.pool(service.pool)}</span>
            {pool && <span>{t.service.coverage[pool.coverage] ?? pool.coverage}</span>}
            {pool && <span>{t.service.target(longLength(lengthOf(pool.mtta) ?? 0))}</span>}
          </p>
        </div>
        {can(me, 'manager', service.team) && (
          <div className={styles.tools}>
            <DeleteButton plural="services" name={service.name} hint={t.service.deleteHint} onDeleted={() => void navigate('/services')} />
            <Button size="xs" variant="default" leftSection={<IconPencil size={15} />} onClick={() => setEditing(true)}>
              {editText.edit}
            </Button>
          </div>
        )}
      </header>
      <div className={styles.columns}>
        <div className={styles.column}>
          <section aria-label={t.service.openTitle}>
            <h2 className={page.heading}>{t.service.openTitle}</h2>
            <Incidents items={open.get(service.name) ?? []} none={t.service.openNone} />
          </section>
          <section aria-label={t.service.escalation}>
            <h2 className={page.heading}>{t.service.escalation}</h2>
            {policy && organisation ? <Escalation policy={policy} service={service} organisation={organisation} /> : <Skeleton height={160} radius="lg" aria-busy={!policyName || undefined} />}
          </section>
          <section aria-label={t.service.earlier}>
            <h2 className={page.heading}>{t.service.earlier}</h2>
            <Earlier service={service.name} />
          </section>
        </div>
        <div className={styles.column}>
          <section aria-label={t.service.facts}>
            <h2 className={page.heading}>{t.service.facts}</h2>
            <dl className={`card ${styles.list}`}>
              <Fact name={t.service.fields.team}>{service.team ? <Link className="link" to={`/teams/${encodeURIComponent(service.team)}`}>{service.team}</Link> : t.none}</Fact>
              <Fact name={t.schedule}>{service.schedule ? <Link className="link" to={`/schedules/${encodeURIComponent(service.schedule)}`}>{service.schedule}</Link> : t.none}</Fact>
              <Fact name={t.policy}>
                {policyName ? <Link className="link" to={`/policies/${encodeURIComponent(policyName)}?service=${encodeURIComponent(service.name)}`}>{policyName}</Link> : t.none}
                {!service.policy && <span className={styles.quiet}>{t.poolsPolicy}</span>}
              </Fact>
              <Fact name={t.runbook}>
                {service.runbook && isWebAddress(service.runbook) ? (
                  <a className="link" href={service.runbook} target="_blank" rel="noreferrer">
                    {new URL(service.runbook).host} <IconExternalLink size={12} aria-hidden />
                  </a>
                ) : (
                  <span className={styles.quiet}>{t.none}</span>
                )}
              </Fact>
            </dl>
          </section>
          <section aria-label={t.service.graph}>
            <h2 className={page.heading}>{t.service.graph}</h2>
            <div className="card">{near.length > 1 ? <DependencyGraph services={near} open={counts} current={service.name} /> : <p className={cards.empty}>{t.service.alone}</p>}</div>
          </section>
        </div>
      </div>
      <Suspense>{editing && <ServiceDialog name={service.name} onClose={() => setEditing(false)} />}</Suspense>
    </div>
  );
}

export function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Earlier({ service }: { service: string }) {
  const query = useIncidents({ bucket: 'resolved', service, pool: '' });
  const items = (query.data?.pages[0]?.items ?? []).filter((incident) => incident.service === service).slice(0, 5);
  if (query.isPending) return <Skeleton height={48} radius="lg" aria-busy />;
  return <Incidents items={items} none={t.service.earlierNone} />;
}

function Incidents({ items, none }: { items: Incident[]; none: string }) {
  if (items.length === 0) return <p className={`card ${cards.empty}`}>{none}</p>;
  return (
    <ul className="card">
      {items.map((incident) => (
        <li key={incident.id} className={styles.incident}>
          <StatusMark status={incident.status} label={false} />
          <SeverityBadge severity={incident.severity} />
          <Link to={`/incidents/${incident.number}`}>{incident.title}</Link>
          <span className={styles.quiet}>
            <Age at={incident.openedAt} wrap={text.banner.ago} />
          </span>
        </li>
      ))}
    </ul>
  );
}
