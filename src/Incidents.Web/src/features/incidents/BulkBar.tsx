import { Button, Modal, Group } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { post } from '../../api/client';
import { api, refreshIncident, refreshLists } from '../../api/keys';
import type { Incident } from '../../api/types';
import { text } from '../../text/en';
import { incidentText as t } from '../../text/incident';
import { IconCheck, IconChecks, IconX } from '../../ui/icons';
import { toastDone, toastError } from '../../ui/toast';
import styles from './BulkBar.module.css';

type What = 'acknowledge' | 'resolve';

/** How many are under way at once: enough to be quick, few enough to leave the server to others. */
const atOnce = 6;

async function each<T>(items: readonly T[], run: (item: T) => Promise<void>): Promise<Error[]> {
  const left = [...items];
  const errors: Error[] = [];
  const work = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) {
      try {
        await run(item);
      } catch (error) {
        errors.push(error instanceof Error ? error : new Error(String(error)));
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return errors;
}

/** What can be done to all selected incidents; each is an action of its own, and what fails stays selected by staying open. */
export default function BulkBar({ incidents, onClear }: { incidents: Incident[]; onClear: () => void }) {
  const client = useQueryClient();
  const [busy, setBusy] = useState<What | null>(null);
  const [asking, setAsking] = useState(false);
  const free = incidents.filter(({ status }) => status !== 'acknowledged' && status !== 'resolved');
  const run = async (what: What): Promise<void> => {
    const chosen = what === 'acknowledge' ? free : incidents.filter(({ status }) => status !== 'resolved');
    setBusy(what);
    const errors = await each(chosen, async ({ id }) => void (await post<unknown>(`${api}/incidents/${id}/${what}`)));
    setBusy(null);
    setAsking(false);
    refreshLists(client);
    chosen.forEach(({ number }) => refreshIncident(client, number));
    const done = chosen.length - errors.length;
    if (done > 0) toastDone(t.bulk.done[what](done));
    if (errors[0]) toastError(new Error(t.bulk.failed(errors.length, errors[0].message)));
    else onClear();
  };
  return (
    <div className={styles.bar} role="toolbar" aria-label={t.bulk.label}>
      <span className="num" role="status">
        {t.bulk.selected(incidents.length)}
      </span>
      <Button size="xs" leftSection={<IconCheck size={15} />} loading={busy === 'acknowledge'} disabled={free.length === 0 || !!busy} onClick={() => void run('acknowledge')}>
        {text.actions.acknowledge}
      </Button>
      <Button size="xs" variant="default" leftSection={<IconChecks size={15} />} disabled={incidents.length === 0 || !!busy} onClick={() => setAsking(true)}>
        {text.actions.resolve}
      </Button>
      <Button size="xs" variant="subtle" color="gray" leftSection={<IconX size={15} />} onClick={onClear}>
        {t.bulk.clear}
      </Button>
      <Modal opened={asking} onClose={() => setAsking(false)} title={t.bulk.confirm(incidents.length)} size="sm">
        <p>{t.bulk.confirmHint}</p>
        <Group justify="flex-end" gap="xs" mt="md">
          <Button variant="default" onClick={() => setAsking(false)}>
            {text.actions.cancel}
          </Button>
          <Button loading={busy === 'resolve'} onClick={() => void run('resolve')}>
            {text.actions.resolve}
          </Button>
        </Group>
      </Modal>
    </div>
  );
}
