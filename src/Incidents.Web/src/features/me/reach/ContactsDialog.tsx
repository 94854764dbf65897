import { ActionIcon, Button, Modal, NativeSelect, TextInput, VisuallyHidden } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ApiError } from '../../../api/client';
import { type OwnContact, putContacts, useRefreshMine } from '../../../api/reach';
import { faultAt, moved } from '../../../lib/reach';
import { peopleText } from '../../../text/organisation';
import { reachText as t } from '../../../text/reach';
import { DialogFoot } from '../../../ui/DialogFoot';
import { IconGripVertical, IconPlus, IconTrash } from '../../../ui/icons';
import { toastDone } from '../../../ui/toast';
import styles from './reach.module.css';
import { useReorder } from './useReorder';

interface Row extends OwnContact {
  key: number;
}

const kinds = ['voice', 'sms', 'email', 'slack'];
let made = 0;

/** My contacts: add, change, remove, put in order; saved as a whole, with the version that was read. */
export function ContactsDialog({ contacts, etag, onClose, onSaved }: { contacts: OwnContact[]; etag: string | null; onClose: () => void; onSaved?: (added: OwnContact[]) => void }) {
  const [rows, setRows] = useState<Row[]>(() => contacts.map((contact) => ({ ...contact, formerly: contact.name, key: made++ })));
  const [saving, setSaving] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const [said, setSaid] = useState('');
  const refresh = useRefreshMine();
  const c = t.contacts;
  const change = (key: number, part: Partial<Row>): void => {
    setRows(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));
    setError(null);
  };
  const { list, handle, dragging } = useReorder((from, to) => {
    setRows((now) => moved(now, from, to));
    setSaid(c.moved(rows[from]?.name ?? '', to + 1));
  });
  const add = (): void => {
    const kind = kinds.find((candidate) => !rows.some((row) => row.kind === candidate)) ?? 'voice';
    const name = c.newName[kind] ?? kind;
    setRows([...rows, { key: made++, kind, name: rows.some((row) => row.name === name) ? `${name} ${rows.length + 1}` : name, address: '' }]);
  };
  const faults = error instanceof ApiError ? (error.problem.errors ?? []) : [];
  const fault = (row: Row, index: number, field: string): string | undefined => faultAt(faults, `contacts[${row.name}].${field}`, `contacts[${index}].${field}`);
  const shown = rows.flatMap((row, index) => [fault(row, index, 'name'), fault(row, index, 'address'), fault(row, index, 'kind')]).filter(Boolean);
  const rest = faults.filter(({ message }) => !shown.includes(message));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (saving) return;
    setSaving(true);
    const body = rows.map(({ name, kind, address, formerly }) => ({ name: name.trim(), kind, address: address.trim(), ...(formerly && formerly !== name.trim() ? { formerly } : {}) }));
    putContacts(body, etag)
      .then(
        () => {
          toastDone(c.saved);
          onSaved?.(body.filter((row) => !contacts.some((old) => old.kind === row.kind && old.address === row.address)));
          onClose();
        },
        (failure: unknown) => setError(failure instanceof ApiError && failure.status === 412 ? new Error(t.conflict) : (failure as Error)),
      )
      .finally(() => {
        setSaving(false);
        refresh();
      });
  };
  return (
    <Modal opened onClose={onClose} title={c.dialog} size="lg">
      <form className={styles.stack} onSubmit={submit} noValidate>
        <p className={styles.dim}>{c.hint}</p>
        <ol ref={list} className={styles.rows}>
          {rows.map((row, index) => (
            <li key={row.key} className={styles.row} data-dragged={dragging === index || undefined}>
              <button type="button" data-handle className={styles.handle} aria-label={c.move(row.name, index + 1, rows.length)} {...handle(index)}>
                <IconGripVertical size={16} aria-hidden />
              </button>
              <TextInput size="xs" aria-label={c.nth(c.name, index + 1)} placeholder={c.name} value={row.name} error={fault(row, index, 'name')} onChange={(event) => change(row.key, { name: event.currentTarget.value })} />
              <NativeSelect
                size="xs"
                aria-label={c.nth(c.kind, index + 1)}
                value={row.kind}
                error={fault(row, index, 'kind')}
                data={[...kinds, ...(kinds.includes(row.kind) ? [] : [row.kind])].map((value) => ({ value, label: peopleText.contacts.kind[value] ?? value }))}
                onChange={(event) => change(row.key, { kind: event.currentTarget.value })}
              />
              <TextInput
                size="xs"
                className={styles.wide}
                aria-label={c.nth(c.address, index + 1)}
                placeholder={peopleText.contacts.examples[row.kind]}
                inputMode={row.kind === 'voice' || row.kind === 'sms' ? 'tel' : row.kind === 'email' ? 'email' : 'text'}
                value={row.address}
                error={fault(row, index, 'address')}
                onChange={(event) => change(row.key, { address: event.currentTarget.value })}
              />
              <ActionIcon size={30} variant="subtle" color="gray" aria-label={c.remove(row.name)} onClick={() => setRows(rows.filter(({ key }) => key !== row.key))}>
                <IconTrash size={15} />
              </ActionIcon>
            </li>
          ))}
        </ol>
        <div>
          <Button size="compact-sm" variant="subtle" leftSection={<IconPlus size={14} />} onClick={add}>
            {c.add}
          </Button>
        </div>
        <VisuallyHidden role="status">{said}</VisuallyHidden>
        {error && (faults.length === 0 || rest.length > 0) && (
          <p className={styles.fault} role="alert">
            {faults.length === 0 ? error.message : rest.map(({ message }) => message).join(' ')}
          </p>
        )}
        <DialogFoot onClose={onClose} busy={saving} cancel={t.cancel} submit={t.save} />
      </form>
    </Modal>
  );
}
