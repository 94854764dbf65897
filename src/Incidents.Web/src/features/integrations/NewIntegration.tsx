import { Button, Group, Loader, Modal, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Link } from 'react-router';
import { ApiError } from '../../api/client';
import { useFirstAlert } from '../../api/firstAlert';
import { type Document, putDocument, useRefreshOrganisation } from '../../api/organisation';
import { useServices } from '../../api/queries';
import type { Integration } from '../../api/types';
import { editText } from '../../text/edit';
import { intakeText as t } from '../../text/intake';
import { DialogFoot } from '../../ui/DialogFoot';
import { IconCircleCheck } from '../../ui/icons';
import { Refused } from '../../ui/Refused';
import editing from '../editing/editing.module.css';
import { fieldOf } from '../editing/useEditor';
import styles from './IntegrationsPage.module.css';
import { Payloads } from './Payloads';
import { Snippets } from './Snippets';

/** Two steps: what it is, then what to paste at the source and the wait for its first alert. */
export default function NewIntegration({ onClose }: { onClose: () => void }) {
  const [made, setMade] = useState<Integration | null>(null);
  return (
    <Modal opened onClose={onClose} title={made ? t.done : t.title} size="lg">
      {made ? <SetUp integration={made} onClose={onClose} /> : <Form onMade={setMade} onClose={onClose} />}
    </Modal>
  );
}

function Form({ onMade, onClose }: { onMade: (integration: Integration) => void; onClose: () => void }) {
  const services = useServices().data ?? [];
  const refresh = useRefreshOrganisation();
  const [form, setForm] = useState({ name: '', kind: 'alertmanager', service: '', label: 'service' });
  const [error, setError] = useState<Error | null>(null);
  const [busy, setBusy] = useState(false);
  const set = (part: Partial<typeof form>): void => {
    setForm({ ...form, ...part });
    setError(null);
  };
  const problem = error instanceof ApiError ? error : null;
  const faults = new Map((problem?.problem.errors ?? []).map(({ path, message }) => [fieldOf(path), message]));
  const name = form.name.trim();
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!name || !form.service || busy) return;
    setBusy(true);
    // It is its service's team that looks after it.
    const team = services.find((one) => one.name === form.service)?.team;
    const body: Document = { kind: form.kind, ...(team ? { team } : {}), service: { ...(form.label.trim() ? { label: form.label.trim() } : {}), default: form.service } };
    try {
      const { data } = await putDocument('integrations', name, body, null);
      const url = data.generatedKeys?.[0]?.url ?? '';
      onMade({ name, kind: form.kind, url, service: form.service, team: team ?? null });
    } catch (failure) {
      setError(failure instanceof Error ? failure : new Error(String(failure)));
    } finally {
      setBusy(false);
      refresh();
    }
  };
  return (
    <form className={editing.fields} onSubmit={(event) => void submit(event)} noValidate>
      <TextInput data-autofocus label={t.name} placeholder={t.nameHint} value={form.name} error={faults.get('name')} maxLength={80} onChange={(event) => set({ name: event.currentTarget.value })} />
      <NativeSelect label={t.kind} value={form.kind} error={faults.get('kind')} data={Object.entries(t.kinds).map(([value, label]) => ({ value, label }))} onChange={(event) => set({ kind: event.currentTarget.value })} />
      <div className={editing.pair}>
        <NativeSelect label={t.service} description={t.serviceHint} value={form.service} error={faults.get('service.default')} data={[{ value: '', label: editText.choose }, ...services.map((service) => ({ value: service.name, label: service.name }))]} onChange={(event) => set({ service: event.currentTarget.value })} />
        {form.kind !== 'generic' && <TextInput label={t.label} description={t.labelHint} value={form.label} error={faults.get('service.label')} onChange={(event) => set({ label: event.currentTarget.value })} />}
      </div>
      {error && <Refused title={problem?.status === 403 ? editText.forbidden : editText.refused}>{error.message}</Refused>}
      <DialogFoot onClose={onClose} busy={busy} cancel={editText.cancel} submit={t.create} disabled={!name || !form.service} />
    </form>
  );
}

function SetUp({ integration, onClose }: { integration: Integration; onClose: () => void }) {
  const first = useFirstAlert(integration.name).data;
  return (
    <div className={styles.made}>
      <div className={styles.first} data-here={!!first || undefined} role="status">
        {first ? <IconCircleCheck size={20} aria-hidden /> : <Loader size={16} />}
        <p>
          <b>{first ? t.arrived : t.waiting}</b>
          {first ? (
            <Link to={`/incidents/${first.number}`} className="link">
              {t.arrivedAs(first.number)}
            </Link>
          ) : (
            t.waitingHint
          )}
        </p>
      </div>
      <div className={styles.received}>
        <Payloads integration={integration.name} quiet />
      </div>
      <Snippets integration={integration} />
      <Group justify="flex-end">
        <Button onClick={onClose}>{t.close}</Button>
      </Group>
    </div>
  );
}
