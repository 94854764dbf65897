import { Button, NativeSelect, Skeleton } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { can } from '../../app/places';
import { type Policy, usePolicies } from '../../api/organisation';
import { useMe } from '../../api/queries';
import { policyOf } from '../../lib/policy';
import { policySentences } from '../../lib/sentences';
import { editText } from '../../text/edit';
import { orgText as t } from '../../text/organisation';
import { EmptyState } from '../../ui/EmptyState';
import { IconPencil, IconStairsUp } from '../../ui/icons';
import { LoadError } from '../../ui/LoadError';
import { useNameOf } from '../../ui/usePeopleNames';
import { DeleteButton } from '../editing/DeleteButton';
import org from '../org.module.css';
import page from '../page.module.css';
import cards from '../schedule/cards.module.css';
import { useOrganisation } from '../useOrganisation';
import { Escalation } from './Escalation';
import styles from './PolicyPage.module.css';

const PolicyDialog = lazy(() => import('./PolicyDialog'));

export default function PolicyPage() {
  const { name = '' } = useParams();
  const query = usePolicies();
  const policy = query.data?.find((one) => one.name === name);
  if (query.isPending)
    return (
      <div className={org.page} aria-busy>
        <Skeleton height={44} width="40%" />
        <Skeleton height={220} mt={24} radius="lg" />
      </div>
    );
  if (!query.data) return <LoadError error={query.error} retry={() => void query.refetch()} />;
  if (!policy) return <EmptyState icon={<IconStairsUp />} title={t.missing(name)} hint={t.missingHint} />;
  return <Page policy={policy} />;
}

function Page({ policy }: { policy: Policy }) {
  const me = useMe().data;
  const nameOf = useNameOf();
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const [editing, setEditing] = useState(false);
  const organisation = useOrganisation();
  const used = (organisation?.services ?? []).filter((service) => policyOf(service, organisation?.pools ?? []) === policy.name);
  // Whose escalation is shown is part of the address; of itself it is that of the first service that uses it.
  const asked = params.get('service');
  const service = organisation?.services.find((one) => one.name === asked) ?? (asked === '' ? undefined : used[0]);
  const pool = organisation?.pools.find((one) => one.name === service?.pool);
  return (
    <div className={org.page}>
      <header className={org.head}>
        <div>
          <h1>{policy.name}</h1>
          <p className={org.facts}>
            <span>{t.policies.levels(policy.levels.length)}</span>
            {policy.team && <span>{policy.team}</span>}
            <span>{used.length ? t.policies.usedBy(used.length) : t.policies.unused}</span>
          </p>
        </div>
        {can(me, 'manager', policy.team ?? null) && (
          <div className={org.tools}>
            <DeleteButton plural="policies" name={policy.name} hint={t.policies.deleteHint} onDeleted={() => void navigate('/policies')} />
            <Button size="xs" variant="default" leftSection={<IconPencil size={15} />} onClick={() => setEditing(true)}>
              {editText.edit}
            </Button>
          </div>
        )}
      </header>
      <div className={org.columns}>
        <section aria-label={t.policies.diagram}>
          <div className={cards.head}>
            <h2 className={page.heading}>{t.policies.diagram}</h2>
            <NativeSelect
              size="xs"
              aria-label={t.policies.for}
              value={service?.name ?? ''}
              data={[{ value: '', label: t.policies.anyService }, ...(organisation?.services ?? []).map(({ name }) => ({ value: name, label: name }))]}
              onChange={(event) => setParams({ service: event.currentTarget.value }, { replace: true })}
            />
          </div>
          {organisation ? <Escalation policy={policy} service={service} organisation={organisation} /> : <Skeleton height={260} radius="lg" aria-busy />}
        </section>
        <div className={org.column}>
          <section aria-label={t.policies.words}>
            <h2 className={page.heading}>{t.policies.words}</h2>
            <ol className={`card ${styles.words}`}>
              {policySentences(policy, pool, nameOf).map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ol>
          </section>
          <section aria-label={t.policies.services}>
            <h2 className={page.heading}>{t.policies.services}</h2>
            {used.length === 0 ? (
              <p className={`card ${cards.empty}`}>{t.policies.unused}</p>
            ) : (
              <ul className="card">
                {used.map((one) => (
                  <li key={one.name} className={org.incident}>
                    <Link to={`/services/${encodeURIComponent(one.name)}`}>{one.name}</Link>
                    <span className={org.quiet}>{t.pool(one.pool)}{!one.policy && `, ${t.poolsPolicy}`}</span>
                  </li>
                ))}
              </ul>
            )}
          </section>
        </div>
      </div>
      <Suspense>{editing && <PolicyDialog name={policy.name} service={service} onClose={() => setEditing(false)} />}</Suspense>
    </div>
  );
}
