import { Modal, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { useDeclare, useServices } from '../../api/queries';
import type { Severity } from '../../api/types';
import { text } from '../../text/en';
import { declareText } from '../../text/declare';
import { DialogFoot } from '../../ui/DialogFoot';
import { toastError } from '../../ui/toast';
import styles from './DeclareDialog.module.css';

/** What the form begins with. */
export interface Declared {
  title: string;
  service: string;
  severity: Severity;
}

interface Props {
  initial?: Declared;
  onClose: () => void;
}

const severities: Severity[] = ['SEV1', 'SEV2', 'SEV3', 'SEV4'];

export default function DeclareDialog({ initial, onClose }: Props) {
  return (
    <Modal opened onClose={onClose} title={declareText.title} size="md">
      <DeclareForm initial={initial} onClose={onClose} />
    </Modal>
  );
}

function DeclareForm({ initial, onClose }: Props) {
  const navigate = useNavigate();
  const declare = useDeclare();
  const services = useServices().data ?? [];
  const [tried, setTried] = useState(false);
  const [form, setForm] = useState({ title: '', service: '', severity: 'SEV2' as Severity, ...initial, details: '' });
  const title = form.title.trim();
  const { service } = form;

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (!title || !service) return;
    declare.mutate(
      { title, service, severity: form.severity, details: form.details.trim() || undefined },
      {
        onError: toastError,
        onSuccess: (incident) => {
          onClose();
          void navigate(`/incidents/${incident.number}`);
        },
      },
    );
  };

  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <p className={styles.hint}>{declareText.hint}</p>
      <TextInput
        data-autofocus
        label={declareText.what}
        description={declareText.whatHint}
        required
        maxLength={200}
        value={form.title}
        error={tried && !title && declareText.required}
        onChange={(event) => setForm({ ...form, title: event.currentTarget.value })}
      />
      <div className={styles.pair}>
        <NativeSelect
          label={declareText.service}
          required
          value={form.service}
          error={tried && !form.service && declareText.required}
          data={[{ value: '', label: declareText.choose }, ...services.map(({ name }) => name)]}
          onChange={(event) => setForm({ ...form, service: event.currentTarget.value })}
        />
        <NativeSelect
          label={declareText.severity}
          value={form.severity}
          data={severities.map((value) => ({ value, label: `${value} · ${text.severity[value]}` }))}
          onChange={(event) => setForm({ ...form, severity: event.currentTarget.value as Severity })}
        />
      </div>
      <Textarea
        label={declareText.details}
        rows={3}
        value={form.details}
        onChange={(event) => setForm({ ...form, details: event.currentTarget.value })}
      />
      <DialogFoot onClose={onClose} busy={declare.isPending} cancel={text.actions.cancel} submit={declareText.submit} />
    </form>
  );
}
