import { Button, Skeleton } from '@mantine/core';
import { endOtherSessions, endSession, useAccountChange, useSessions } from '../../api/account';
import { dayName } from '../../lib/time';
import { accountText } from '../../text/account';
import { LoadError } from '../../ui/LoadError';
import { Age } from '../../ui/Time';
import { toastDone, toastError } from '../../ui/toast';
import page from '../page.module.css';
import cards from '../schedule/cards.module.css';

const t = accountText.sessions;

export function Sessions() {
  const query = useSessions();
  const end = useAccountChange(endSession);
  const others = useAccountChange(endOtherSessions);
  const sessions = [...(query.data ?? [])].sort((a, b) => Number(b.current) - Number(a.current) || b.lastUsedAt.localeCompare(a.lastUsedAt));
  return (
    <section aria-label={t.title}>
      <div className={cards.head}>
        <h2 className={page.heading}>{t.title}</h2>
        {sessions.length > 1 && (
          <Button size="compact-xs" variant="default" loading={others.isPending} onClick={() => others.mutate(undefined, { onError: toastError, onSuccess: () => toastDone(t.othersEnded) })}>
            {t.others}
          </Button>
        )}
      </div>
      {query.isPending ? (
        <Skeleton height={110} radius="lg" aria-busy />
      ) : !query.data ? (
        <LoadError error={query.error ?? new Error()} retry={() => void query.refetch()} />
      ) : (
        <ul className="card">
          {sessions.map((session) => (
            <li key={session.id} className={cards.item}>
              <div className={cards.line}>
                <strong>{session.browser}</strong>
                {session.current && (
                  <span className={cards.chip} data-tone="good">
                    {t.here}
                  </span>
                )}
                {!session.current && (
                  <span className={cards.end}>
                    <Button size="compact-xs" variant="subtle" color="red" aria-label={t.endOf(session.browser)} onClick={() => end.mutate(session.id, { onError: toastError, onSuccess: () => toastDone(t.ended) })}>
                      {t.end}
                    </Button>
                  </span>
                )}
              </div>
              <p className={cards.text}>
                {[session.address, t.methods[session.method] ?? session.method, t.since(dayName(session.createdAt))].filter(Boolean).join(' · ')}
                {!session.current && (
                  <>
                    {' · '}
                    <Age at={session.lastUsedAt} wrap={accountText.used} />
                  </>
                )}
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
