import { Modal, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useSwapVerb } from '../../api/me';
import type { Shift, Swap } from '../../api/scheduleTypes';
import { serverNow } from '../../lib/clock';
import { intervalText, startOf } from '../../lib/shifts';
import { viewerZone } from '../../lib/time';
import { fromField, toField } from '../../lib/zone';
import { meText as t } from '../../text/me';
import { DialogFoot } from '../../ui/DialogFoot';
import { toastDone } from '../../ui/toast';
import { useNameOf } from '../../ui/usePeopleNames';
import styles from './MePage.module.css';

interface Props {
  swap: Swap;
  /** The viewer's own, to offer in exchange. */
  shifts: Shift[];
  onClose: () => void;
}

/** "I take Saturday", or "I take it if you take my Tuesday". */
export default function CounterDialog(props: Props) {
  const nameOf = useNameOf();
  return (
    <Modal opened onClose={props.onClose} title={t.counter.title(nameOf(props.swap.person))} size="md">
      <Form {...props} />
    </Modal>
  );
}

function Form({ swap, shifts, onClose }: Props) {
  const zone = viewerZone();
  const send = useSwapVerb();
  const rest = swap.open[0] ?? swap;
  const [form, setForm] = useState({ from: toField(Date.parse(rest.from), zone), to: toField(Date.parse(rest.to), zone), exchange: '', note: '' });
  const own = shifts.filter((shift) => shift.from && shift.until && startOf(shift) > serverNow());
  const exchange = form.exchange ? own[Number(form.exchange)] : undefined;

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const from = fromField(form.from, zone);
    const to = fromField(form.to, zone);
    if (from === null || to === null) return;
    const body = {
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      exchange: exchange && { schedule: exchange.schedule, position: exchange.position, from: exchange.from, to: exchange.until },
      note: form.note.trim() || undefined,
    };
    send.mutate(
      { id: swap.id, verb: 'counter', body },
      {
        onSuccess: () => {
          onClose();
          toastDone(t.swaps.done.counter);
        },
      },
    );
  };

  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <p>{t.counter.hint}</p>
      <div className={styles.pair}>
        <TextInput type="datetime-local" label={t.counter.from} value={form.from} onChange={(event) => setForm({ ...form, from: event.currentTarget.value })} />
        <TextInput type="datetime-local" label={t.counter.to} value={form.to} onChange={(event) => setForm({ ...form, to: event.currentTarget.value })} />
      </div>
      <NativeSelect
        label={t.counter.inReturn}
        value={form.exchange}
        data={[{ value: '', label: t.counter.nothing }, ...own.slice(0, 40).map((shift, index) => ({ value: String(index), label: `${shift.schedule}, ${intervalText(shift.from, shift.until, serverNow())}` }))]}
        onChange={(event) => setForm({ ...form, exchange: event.currentTarget.value })}
      />
      <TextInput label={t.counter.note} maxLength={500} value={form.note} onChange={(event) => setForm({ ...form, note: event.currentTarget.value })} />
      {send.error && (
        <p className={styles.fault} role="alert">
          {send.error.message}
        </p>
      )}
      <DialogFoot onClose={onClose} busy={send.isPending} cancel={t.offer.cancel} submit={t.counter.submit} />
    </form>
  );
}
