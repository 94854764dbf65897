import { Button, Skeleton } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { can } from '../../app/places';
import { type Policy, usePolicies, usePools } from '../../api/organisation';
import { useMe, useServices } from '../../api/queries';
import { policyOf } from '../../lib/policy';
import { policySentences } from '../../lib/sentences';
import { orgText as t } from '../../text/organisation';
import { EmptyState } from '../../ui/EmptyState';
import { IconPlus, IconStairsUp } from '../../ui/icons';
import { LoadError } from '../../ui/LoadError';
import { useNameOf } from '../../ui/usePeopleNames';
import org from '../org.module.css';
import page from '../page.module.css';
import cards from '../schedule/cards.module.css';
import styles from './PoliciesPage.module.css';

const PolicyDialog = lazy(() => import('../policy/PolicyDialog'));

export default function PoliciesPage() {
  const query = usePolicies();
  const me = useMe().data;
  const navigate = useNavigate();
  const [adding, setAdding] = useState(false);
  const add = can(me, 'manager') && (
    <Button size="xs" leftSection={<IconPlus size={15} />} onClick={() => setAdding(true)}>
      {t.policies.new}
    </Button>
  );
  return (
    <div className={org.page}>
      <div className={page.intro}>
        <div className={org.tools}>{add}</div>
      </div>
      {query.isPending ? (
        <div className={org.waiting} aria-busy>
          <Skeleton height={150} radius="lg" />
          <Skeleton height={150} radius="lg" />
        </div>
      ) : !query.data ? (
        <LoadError error={query.error} retry={() => void query.refetch()} />
      ) : query.data.length === 0 ? (
        <EmptyState icon={<IconStairsUp />} title={t.policies.empty} hint={t.policies.emptyHint} action={add} />
      ) : (
        <ul className={styles.list}>
          {query.data.map((policy) => (
            <Card key={policy.name} policy={policy} />
          ))}
        </ul>
      )}
      <Suspense>{adding && <PolicyDialog name="" onClose={() => setAdding(false)} onSaved={(name) => void navigate(`/policies/${encodeURIComponent(name)}`)} />}</Suspense>
    </div>
  );
}

function Card({ policy }: { policy: Policy }) {
  const nameOf = useNameOf();
  const pools = usePools().data ?? [];
  const services = useServices().data ?? [];
  const used = services.filter((service) => policyOf(service, pools) === policy.name);
  const defaults = pools.filter((pool) => pool.policy === policy.name).map((pool) => t.pool(pool.name));
  return (
    <li className={`card ${styles.card}`}>
      <div className={styles.head}>
        <h2>
          <Link to={`/policies/${encodeURIComponent(policy.name)}`} className={org.name}>
            {policy.name}
          </Link>
        </h2>
        <span className={cards.chip}>{t.policies.levels(policy.levels.length)}</span>
        {defaults.length > 0 && <span className={cards.chip} data-tone="info">{t.policies.poolsOf(defaults.join(', '))}</span>}
        <span className={styles.used}>{used.length ? t.policies.usedBy(used.length) : t.policies.unused}</span>
      </div>
      <p className={styles.words}>{policySentences(policy, undefined, nameOf).join(' ')}</p>
    </li>
  );
}
