import { Button, Skeleton } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { type Key, revokeKey, useAccountChange, useKeys } from '../../api/account';
import { dayName } from '../../lib/time';
import { accountText } from '../../text/account';
import { text } from '../../text/en';
import { LoadError } from '../../ui/LoadError';
import { Age } from '../../ui/Time';
import { toastDone, toastError } from '../../ui/toast';
import { useNameOf } from '../../ui/usePeopleNames';
import page from '../page.module.css';
import cards from '../schedule/cards.module.css';

const KeyDialog = lazy(() => import('./KeyDialog'));

const t = accountText.keys;

/** My keys; an admin sees those of others and of machines too. `person` null: the caller is none. */
export function Keys({ person }: { person: string | null }) {
  const query = useKeys();
  const revoke = useAccountChange(revokeKey);
  const [making, setMaking] = useState(false);
  return (
    <section aria-label={t.title}>
      <div className={cards.head}>
        <h2 className={page.heading}>{t.title}</h2>
        <Button size="compact-xs" variant="default" onClick={() => setMaking(true)}>
          {t.make}
        </Button>
      </div>
      {query.isPending ? (
        <Skeleton height={90} radius="lg" aria-busy />
      ) : !query.data ? (
        <LoadError error={query.error ?? new Error()} retry={() => void query.refetch()} />
      ) : (
        <ul className="card">
          {query.data.length === 0 && <li className={cards.empty}>{t.hint}</li>}
          {query.data.map((key) => (
            <Row key={key.id} item={key} person={person} onRevoke={() => revoke.mutate(key.id, { onError: toastError, onSuccess: () => toastDone(t.revoked(key.name)) })} />
          ))}
        </ul>
      )}
      <Suspense>{making && <KeyDialog person={person} onClose={() => setMaking(false)} />}</Suspense>
    </section>
  );
}

function Row({ item, person, onRevoke }: { item: Key; person: string | null; onRevoke: () => void }) {
  const names = useNameOf();
  const whose = item.person === null ? t.machine : item.person === person ? null : t.of(names(item.person));
  const end = item.expiresAt && item.expiry !== 'none' ? t.ends[item.expiry](dayName(item.expiresAt)) : null;
  return (
    <li className={cards.item}>
      <div className={cards.line}>
        <strong>{item.name}</strong>
        {end && (
          <span className={cards.chip} data-tone={item.expiry === 'expired' ? 'bad' : item.expiry === 'soon' ? 'warn' : undefined}>
            {end}
          </span>
        )}
        <span className={cards.end}>
          <Button size="compact-xs" variant="subtle" color="red" aria-label={t.revokeOf(item.name)} onClick={onRevoke}>
            {t.revoke}
          </Button>
        </span>
      </div>
      <p className={cards.text}>
        {[whose, text.role[item.role] ?? item.role, item.scopes ? item.scopes.map((scope) => t.scopes[scope] ?? scope).join(', ') : t.unlimited].filter(Boolean).join(' · ')}
        {' · '}
        {item.lastUsedAt ? <Age at={item.lastUsedAt} wrap={accountText.used} /> : accountText.never}
      </p>
    </li>
  );
}
