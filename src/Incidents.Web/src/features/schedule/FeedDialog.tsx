import { Button, Group, Modal, Skeleton } from '@mantine/core';
import { useScheduleFeed } from '../../api/drafts';
import { dayName } from '../../lib/time';
import { draftText } from '../../text/drafts';
import { CopyButton } from '../../ui/CopyButton';
import { toastError } from '../../ui/toast';
import styles from './cards.module.css';

const t = draftText.feed;

/** The secret address of a schedule's calendar. It is shown only in the moment in which it is made. */
export default function FeedDialog({ schedule, onClose }: { schedule: string; onClose: () => void }) {
  const { query, make, remove } = useScheduleFeed(schedule);
  const there = query.data || make.data;
  return (
    <Modal opened onClose={onClose} title={t.title(schedule)} size={520}>
      <div className={styles.feed}>
        <p className={styles.text}>{t.hint}</p>
        {query.isPending && <Skeleton height={40} aria-busy />}
        {make.data ? (
          <div className={styles.address}>
            <code className="mono">{make.data.url}</code>
            <CopyButton value={make.data.url} label={t.copy} />
          </div>
        ) : (
          query.data && <p className={styles.text}>{t.made(dayName(query.data.createdAt))}</p>
        )}
        <Group justify="flex-end" gap="xs">
          {there && (
            <Button size="xs" variant="subtle" color="red" loading={remove.isPending} onClick={() => remove.mutate(undefined, { onError: toastError, onSuccess: onClose })}>
              {t.remove}
            </Button>
          )}
          <Button size="xs" variant={make.data ? 'default' : 'filled'} loading={make.isPending} onClick={() => make.mutate(undefined, { onError: toastError })}>
            {there ? t.remake : t.make}
          </Button>
        </Group>
      </div>
    </Modal>
  );
}
