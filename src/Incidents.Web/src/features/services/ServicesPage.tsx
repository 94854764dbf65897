import { Button, Skeleton, TextInput } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { can } from '../../app/places';
import { usePools } from '../../api/organisation';
import { useMe, useOnCall, useServices } from '../../api/queries';
import type { Duty, Incident, Service } from '../../api/types';
import { folded } from '../../lib/find';
import { policyOf } from '../../lib/policy';
import { text } from '../../text/en';
import { orgText as t } from '../../text/organisation';
import { EmptyState } from '../../ui/EmptyState';
import { IconBinaryTree, IconPlus, IconSearch, IconUserOff } from '../../ui/icons';
import { LoadError } from '../../ui/LoadError';
import { PersonMark } from '../../ui/PersonMark';
import styles from '../org.module.css';
import page from '../page.module.css';
import { useOpenByService } from '../useOrganisation';
import { DependencyGraph } from './DependencyGraph';

const ServiceDialog = lazy(() => import('./ServiceDialog'));

const grid = { '--grid': 'minmax(130px, 1.2fr) minmax(120px, 1fr) minmax(150px, 1.2fr) minmax(170px, 1.4fr) 110px' } as React.CSSProperties;

export default function ServicesPage() {
  const query = useServices();
  const me = useMe().data;
  const duties = useOnCall('').data;
  const pools = usePools().data ?? [];
  const open = useOpenByService();
  const [filter, setFilter] = useState('');
  const [adding, setAdding] = useState(false);
  const navigate = useNavigate();
  const wanted = folded(filter.trim());
  const shown = (query.data ?? []).filter(({ name, team, pool, schedule }) => folded([name, team, pool, schedule].join(' ')).includes(wanted));
  const counts = new Map([...open].map(([service, incidents]) => [service, incidents.length]));
  const add = can(me, 'manager') && (
    <Button size="xs" leftSection={<IconPlus size={15} />} onClick={() => setAdding(true)}>
      {t.service.new}
    </Button>
  );

  return (
    <div className={styles.page}>
      <div className={page.intro}>
        {(query.data?.length ?? 0) > 6 && (
          <TextInput size="xs" aria-label={t.service.filter} placeholder={t.service.filter} leftSection={<IconSearch size={14} />} value={filter} onChange={(event) => setFilter(event.currentTarget.value)} />
        )}
        <div className={styles.tools}>{add}</div>
      </div>
      {query.isPending ? (
        <div className={styles.waiting} aria-busy>
          <Skeleton height={130} radius="lg" />
          <Skeleton height={130} radius="lg" />
        </div>
      ) : !query.data ? (
        <LoadError error={query.error} retry={() => void query.refetch()} />
      ) : query.data.length === 0 ? (
        <EmptyState icon={<IconBinaryTree />} title={t.service.empty} hint={t.service.emptyHint} action={add} />
      ) : shown.length === 0 ? (
        <EmptyState icon={<IconSearch />} title={t.service.emptyFilter} />
      ) : (
        [...new Set(shown.map(({ pool }) => pool))].sort().map((pool) => (
          <section key={pool} className={styles.section} style={grid} aria-label={text.list.poolName(pool)}>
            <div className={styles.titles}>
              <h2 className={page.heading} style={{ marginBottom: 0 }}>
                {text.list.poolName(pool)}
              </h2>
              <span aria-hidden>{t.columns.team}</span>
              <span aria-hidden>{t.columns.goes}</span>
              <span aria-hidden>{t.columns.now}</span>
              <span aria-hidden>{t.columns.open}</span>
            </div>
            <ul className="card">
              {shown
                .filter((service) => service.pool === pool)
                .map((service) => (
                  <Row key={service.name} service={service} policy={policyOf(service, pools)} duties={duties?.filter((duty) => duty.schedule === service.schedule)} open={open.get(service.name) ?? []} />
                ))}
            </ul>
          </section>
        ))
      )}
      {query.data?.some(({ dependsOn }) => dependsOn.length > 0) && !wanted && (
        <section className={styles.section} style={{ marginTop: 28 }} aria-label={t.service.graph}>
          <h2 className={page.heading}>{t.service.graph}</h2>
          <div className="card">
            <DependencyGraph services={query.data} open={counts} />
          </div>
          <p className={styles.sub} style={{ marginTop: 6 }}>
            {t.service.graphHint}
          </p>
        </section>
      )}
      <Suspense>{adding && <ServiceDialog name="" onClose={() => setAdding(false)} onSaved={(name) => void navigate(`/services/${encodeURIComponent(name)}`)} />}</Suspense>
    </div>
  );
}

function Row({ service, policy, duties, open }: { service: Service; policy: string | null; duties: Duty[] | undefined; open: Incident[] }) {
  const primary = duties?.filter((duty) => duty.position === 'primary');
  return (
    <li className={styles.row}>
      <div className={styles.what}>
        <Link to={`/services/${encodeURIComponent(service.name)}`} className={styles.name}>
          {service.name}
        </Link>
        {service.dependsOn.length > 0 && <span className={styles.sub}>{t.service.needs('', service.dependsOn.join(', ')).trim()}</span>}
      </div>
      <span className={styles.desk}>
        {service.team ?? <span className={styles.quiet}>{t.service.noTeam}</span>}
      </span>
      <div className={`${styles.what} ${styles.wide}`}>
        <span>{service.schedule ?? t.service.noSchedule}</span>
        <span className={styles.sub}>
          {t.policy} {policy ?? t.none}
        </span>
      </div>
      <span className={`${styles.people} ${styles.wide}`}>
        {!primary ? (
          ' '
        ) : primary.flatMap((duty) => duty.people).length === 0 ? (
          <span className={styles.gap}>
            <IconUserOff size={16} aria-hidden /> {t.nobody}
          </span>
        ) : (
          [...new Set(primary.flatMap((duty) => duty.people))].map((person) => <PersonMark key={person} login={person} size={22} />)
        )}
      </span>
      <span className={styles.end}>{open.length ? <span className={`${styles.open} num`} title={t.service.open(open.length)}>{open.length}</span> : <span className={styles.quiet}>{t.service.quiet}</span>}</span>
    </li>
  );
}
