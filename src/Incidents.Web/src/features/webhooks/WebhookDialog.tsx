import { Button, Group, Modal, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ApiError } from '../../api/client';
import { usePools } from '../../api/organisation';
import { useServices } from '../../api/queries';
import { changeWebhook, createWebhook, useRefreshWebhooks, type Webhook, webhookEvents } from '../../api/webhooks';
import { webhookText as t } from '../../text/webhooks';
import { DialogFoot } from '../../ui/DialogFoot';
import { CopyButton } from '../../ui/CopyButton';
import { Checks } from '../editing/Checks';
import styles from './webhooks.module.css';

const severities = ['SEV1', 'SEV2', 'SEV3', 'SEV4'];

/** A new webhook, whose secret is shown once when it is there, or another address and other filters for one. */
export function WebhookDialog({ hook, onClose }: { hook?: Webhook; onClose: () => void }) {
  const [form, setForm] = useState({ name: hook?.name ?? '', url: hook?.url ?? '', events: hook?.events ?? [], pools: hook?.pools ?? [], services: hook?.services ?? [], severities: hook?.severities ?? [] });
  const [made, setMade] = useState<Webhook | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const pools = usePools().data ?? [];
  const services = useServices().data ?? [];
  const refresh = useRefreshWebhooks();
  const faults = error instanceof ApiError ? (error.problem.errors ?? []) : [];
  const fault = (path: string): string | undefined => faults.find((one) => one.path === path)?.message;
  const set = (part: Partial<typeof form>): void => {
    setForm({ ...form, ...part });
    setError(null);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    const { name, ...rest } = form;
    const work = hook ? changeWebhook(hook.name, rest).then(() => onClose()) : createWebhook({ name: name.trim(), ...rest, url: rest.url.trim() }).then(setMade);
    work.catch((failure: unknown) => setError(failure as Error)).finally(() => {
      setBusy(false);
      refresh();
    });
  };
  const named = (names: string[]): { value: string; label: string }[] => names.map((value) => ({ value, label: value }));
  if (made)
    return (
      <Modal opened onClose={onClose} title={t.secretTitle} closeOnClickOutside={false}>
        <div className={styles.stack}>
          <p>{t.secretHint}</p>
          <div className={styles.secret}>
            <code className="mono">{made.secret}</code>
            <CopyButton value={made.secret} label={t.copySecret} />
          </div>
          <Group justify="flex-end">
            <Button onClick={onClose}>{t.close}</Button>
          </Group>
        </div>
      </Modal>
    );
  return (
    <Modal opened onClose={onClose} title={hook ? t.editTitle(hook.name) : t.newTitle} size="lg">
      <form className={styles.stack} onSubmit={submit} noValidate>
        {!hook && <TextInput data-autofocus label={t.name} description={t.nameHint} value={form.name} error={fault('name')} onChange={(event) => set({ name: event.currentTarget.value })} />}
        <TextInput label={t.url} description={t.urlHint} placeholder="https://" inputMode="url" value={form.url} error={fault('url')} onChange={(event) => set({ url: event.currentTarget.value })} />
        <div>
          <Checks label={t.events} options={named(webhookEvents)} value={form.events} onChange={(events) => set({ events })} error={fault('events')} />
          <p className={styles.dim}>{t.eventsHint}</p>
        </div>
        <Checks label={t.severities} options={named(severities)} value={form.severities} onChange={(chosen) => set({ severities: chosen })} />
        <Checks label={t.pools} options={named(pools.map(({ name }) => name))} value={form.pools} onChange={(chosen) => set({ pools: chosen })} />
        <Checks label={t.services} options={named(services.map(({ name }) => name))} value={form.services} onChange={(chosen) => set({ services: chosen })} />
        {error && !fault('name') && !fault('url') && (
          <p className={styles.fault} role="alert">
            {error.message}
          </p>
        )}
        <DialogFoot onClose={onClose} busy={busy} cancel={t.cancel} submit={hook ? t.save : t.create} disabled={!form.url.trim() || (!hook && !form.name.trim())} />
      </form>
    </Modal>
  );
}
