import { Button, Group, Modal, Skeleton } from '@mantine/core';
import { useState } from 'react';
import { can } from '../../app/places';
import { useMe } from '../../api/queries';
import { changeWebhook, removeWebhook, replayMissed, testWebhook, useRefreshWebhooks, useWebhooks, type Webhook } from '../../api/webhooks';
import { serverNow } from '../../lib/clock';
import { dayTime } from '../../lib/time';
import { officeText } from '../../text/office';
import { webhookText as t } from '../../text/webhooks';
import { EmptyState } from '../../ui/EmptyState';
import { IconAlertTriangle, IconChevronDown, IconPencil, IconPlus, IconSend, IconTrash, IconWebhook } from '../../ui/icons';
import { LoadError } from '../../ui/LoadError';
import { toastDone, toastError } from '../../ui/toast';
import { Mark } from '../../ui/Mark';
import page from '../page.module.css';
import { Deliveries } from './Deliveries';
import { WebhookDialog } from './WebhookDialog';
import styles from './webhooks.module.css';

export default function WebhooksPage() {
  const me = useMe().data;
  if (me && !can(me, 'manager', null)) return <EmptyState icon={<IconWebhook />} title={officeText.forbidden} hint={officeText.forbiddenHint} />;
  return <Webhooks />;
}

function Webhooks() {
  const query = useWebhooks();
  const [adding, setAdding] = useState(false);
  const add = (
    <Button size="xs" leftSection={<IconPlus size={15} />} onClick={() => setAdding(true)}>
      {t.new}
    </Button>
  );
  return (
    <div className={page.page}>
      <div className={page.intro}>
        <p>{t.intro}</p>
        {add}
      </div>
      {query.isPending ? (
        <Skeleton height={160} radius="lg" aria-busy />
      ) : !query.data ? (
        <LoadError error={query.error} retry={() => void query.refetch()} />
      ) : query.data.length === 0 ? (
        <EmptyState icon={<IconWebhook />} title={t.empty} hint={t.emptyHint} action={add} />
      ) : (
        <ul className={styles.list}>
          {query.data.map((hook) => (
            <li key={hook.name} className="card">
              <Item hook={hook} />
            </li>
          ))}
        </ul>
      )}
      {adding && <WebhookDialog onClose={() => setAdding(false)} />}
    </div>
  );
}

/** What it is told, in a few words. */
function wants({ events, pools, services, severities, teams }: Webhook): string {
  const only = [...severities, ...pools, ...teams, ...services];
  return [events.length === 0 ? t.everything : t.some(events.length), only.length > 0 && t.of(only.join(', '))].filter(Boolean).join(' ');
}

function Item({ hook }: { hook: Webhook }) {
  const [dialog, setDialog] = useState<'edit' | 'remove' | null>(null);
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const refresh = useRefreshWebhooks();
  const now = serverNow();
  const run = <T,>(work: Promise<T>, done: (answer: T) => void): void => {
    setBusy(true);
    work.then(done, toastError).finally(() => {
      setBusy(false);
      refresh();
    });
  };
  return (
    <>
      <div className={styles.head}>
        <div className={styles.what}>
          <h2 className={styles.name}>
            {hook.name}{' '}
            <Mark tone={hook.enabled ? 'green' : 'amber'}>
              {hook.enabled ? t.on : t.off}
            </Mark>
          </h2>
          <code className={`mono ${styles.url}`}>{hook.url}</code>
          <p className={styles.dim}>
            {[wants(hook), hook.lastSuccessAt ? t.lastSuccess(dayTime(hook.lastSuccessAt, now)) : t.never, hook.lastFailureAt && t.lastFailure(dayTime(hook.lastFailureAt, now)), hook.waiting > 0 && t.waiting(hook.waiting)].filter(Boolean).join(' · ')}
          </p>
        </div>
        <div className={styles.tools}>
          <Button size="xs" variant="default" loading={busy} leftSection={<IconSend size={14} />} onClick={() => run(testWebhook(hook.name), ({ delivered, milliseconds, says }) => (delivered ? toastDone(t.tested(milliseconds)) : toastError(new Error(`${t.testFailed}: ${says}`))))}>
            {t.test}
          </Button>
          <Button size="xs" variant="default" disabled={busy} onClick={() => run(changeWebhook(hook.name, { enabled: !hook.enabled }), () => toastDone(hook.enabled ? t.disabled(hook.name) : t.enabled(hook.name)))}>
            {hook.enabled ? t.disable : t.enable}
          </Button>
          <Button size="xs" variant="subtle" leftSection={<IconPencil size={14} />} onClick={() => setDialog('edit')}>
            {t.change}
          </Button>
          <Button size="xs" variant="subtle" color="red" leftSection={<IconTrash size={14} />} onClick={() => setDialog('remove')}>
            {t.remove}
          </Button>
        </div>
      </div>
      {!hook.enabled && hook.disabledReason && (
        <p className={styles.warn}>
          <IconAlertTriangle size={16} aria-hidden /> {hook.disabledReason}
        </p>
      )}
      {hook.missed > 0 && (
        <p className={styles.warn}>
          <IconAlertTriangle size={16} aria-hidden /> {t.missed(hook.missed)}
          <Button size="compact-xs" variant="default" disabled={!hook.enabled || busy} onClick={() => run(replayMissed(hook.name), ({ deliveries }) => toastDone(t.replayed(deliveries)))}>
            {t.replayMissed}
          </Button>
        </p>
      )}
      <details className={styles.more} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <IconChevronDown size={15} aria-hidden /> {t.deliveries}
        </summary>
        {open && <Deliveries name={hook.name} enabled={hook.enabled} />}
      </details>
      {dialog === 'edit' && <WebhookDialog hook={hook} onClose={() => setDialog(null)} />}
      <Modal opened={dialog === 'remove'} onClose={() => setDialog(null)} title={t.removeTitle(hook.name)} size="sm">
        <p>{t.removeHint}</p>
        <Group justify="flex-end" gap="xs" mt="md">
          <Button variant="default" onClick={() => setDialog(null)}>
            {t.cancel}
          </Button>
          <Button color="red.8" loading={busy} onClick={() => run(removeWebhook(hook.name), () => toastDone(t.removed(hook.name)))}>
            {t.remove}
          </Button>
        </Group>
      </Modal>
    </>
  );
}
