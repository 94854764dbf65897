import { Button } from '@mantine/core';
import { useAccessChanges } from '../../api/account';
import { useNow } from '../../lib/clock';
import { dayTime } from '../../lib/time';
import { minute } from '../../lib/zone';
import { accountText } from '../../text/account';
import page from '../page.module.css';
import cards from '../schedule/cards.module.css';

const t = accountText.changes;

/** What was done to somebody's account, sessions and keys, the latest first. */
export function Changes({ person }: { person: string }) {
  const query = useAccessChanges(person);
  const now = useNow(minute);
  const items = query.data?.pages.flatMap((one) => one.items) ?? [];
  if (items.length === 0) return null;
  return (
    <section aria-label={t.title}>
      <h2 className={page.heading}>{t.title}</h2>
      <ul className="card">
        {items.map((item) => (
          <li key={item.id} className={cards.item}>
            <div className={cards.line}>
              <span>{t.actions[item.action] ?? item.action}</span>
              <span className={`${cards.dim} ${cards.end} num`}>{dayTime(item.at, now)}</span>
            </div>
            <p className={cards.text}>
              {[item.action === 'sessionStarted' ? (accountText.sessions.methods[item.detail ?? ''] ?? item.detail) : item.detail, item.actor && item.actor !== person && t.by(item.actor), item.address && t.from(item.address)].filter(Boolean).join(' · ')}
            </p>
          </li>
        ))}
        {query.hasNextPage && (
          <li className={cards.more}>
            <Button size="compact-xs" variant="subtle" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {t.more}
            </Button>
          </li>
        )}
      </ul>
    </section>
  );
}
