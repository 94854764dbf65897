import { Button, Skeleton } from '@mantine/core';
import { useFeed, useRemoveFeed, useResetFeed } from '../../api/me';
import { dayName } from '../../lib/time';
import { meText as t } from '../../text/me';
import { CopyButton } from '../../ui/CopyButton';
import { toastDone, toastError } from '../../ui/toast';
import page from '../page.module.css';
import cards from '../schedule/cards.module.css';
import styles from './MePage.module.css';

/** The secret address of my calendar: made, made anew, taken away. It is shown only in the moment in which it is made. */
export function CalendarFeed() {
  const query = useFeed();
  const reset = useResetFeed();
  const remove = useRemoveFeed();
  if (query.isError && query.data === undefined) return null;
  const fresh = reset.data;
  return (
    <section aria-label={t.feed.title}>
      <div className={cards.head}>
        <h2 className={page.heading}>{t.feed.title}</h2>
      </div>
      {query.isPending ? (
        <Skeleton height={96} radius="lg" aria-busy />
      ) : (
        <div className={`card ${styles.box}`}>
          <p>{t.feed.hint}</p>
          {fresh ? (
            <>
              <div className={styles.address}>
                <code className="mono">{fresh.url}</code>
                <CopyButton value={fresh.url} label={t.feed.copy} />
              </div>
              <p role="status">{t.feed.once}</p>
            </>
          ) : (
            query.data && <p>{t.feed.since(dayName(query.data.createdAt))}</p>
          )}
          <div className={styles.buttons}>
            <Button size="xs" variant="default" loading={reset.isPending} onClick={() => reset.mutate(undefined, { onError: toastError, onSuccess: () => void query.refetch() })}>
              {query.data || fresh ? t.feed.reset : t.feed.make}
            </Button>
            {(query.data || fresh) && (
              <Button
                size="xs"
                variant="subtle"
                color="red"
                loading={remove.isPending}
                onClick={() =>
                  remove.mutate(undefined, {
                    onError: toastError,
                    onSuccess: () => {
                      reset.reset();
                      void query.refetch();
                      toastDone(t.feed.removed);
                    },
                  })
                }
              >
                {t.feed.remove}
              </Button>
            )}
          </div>
        </div>
      )}
    </section>
  );
}
