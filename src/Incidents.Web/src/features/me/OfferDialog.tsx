import { Modal, SegmentedControl, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useOfferSwap } from '../../api/me';
import { useSchedules } from '../../api/schedules';
import type { Shift } from '../../api/scheduleTypes';
import { serverNow } from '../../lib/clock';
import { endOf, rosterOf, startOf } from '../../lib/shifts';
import { viewerZone } from '../../lib/time';
import { fromField, hour, minute, toField } from '../../lib/zone';
import { meText as t } from '../../text/me';
import { DialogFoot } from '../../ui/DialogFoot';
import { PersonMark } from '../../ui/PersonMark';
import { toastDone } from '../../ui/toast';
import styles from './MePage.module.css';

interface Props {
  shift: Shift;
  login: string;
  onClose: () => void;
}

export default function OfferDialog(props: Props) {
  return (
    <Modal opened onClose={props.onClose} title={t.offer.title} size="md">
      <Form {...props} />
    </Modal>
  );
}

const grain = 15 * minute;

function Form({ shift, login, onClose }: Props) {
  const zone = viewerZone();
  const offer = useOfferSwap();
  const schedule = useSchedules().data?.find((one) => one.name === shift.schedule);
  const others = rosterOf(schedule?.layers ?? []).filter((person) => person !== login);
  const start = Math.max(startOf(shift), Math.ceil(serverNow() / grain) * grain + grain);
  const [form, setForm] = useState({ from: toField(start, zone), to: toField(Math.min(endOf(shift), start + 30 * 24 * hour), zone), audience: 'anyone', people: [] as string[], reason: '' });
  const from = fromField(form.from, zone);
  const to = fromField(form.to, zone);
  const [tried, setTried] = useState(false);
  const nobody = form.audience === 'some' && form.people.length === 0;

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (from === null || to === null || nobody) return;
    offer.mutate(
      {
        schedule: shift.schedule,
        position: shift.position,
        from: new Date(from).toISOString(),
        to: new Date(to).toISOString(),
        offerTo: form.audience === 'some' ? { people: form.people, anyone: false } : { anyone: true },
        reason: form.reason.trim() || undefined,
      },
      {
        onSuccess: () => {
          onClose();
          toastDone(t.swaps.done.ask);
        },
      },
    );
  };

  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <p>
        {t.offer.whole(shift.schedule, t.position[shift.position] ?? shift.position)}. {t.offer.hint}
      </p>
      <div className={styles.pair}>
        <TextInput type="datetime-local" label={t.offer.from} value={form.from} onChange={(event) => setForm({ ...form, from: event.currentTarget.value })} />
        <TextInput type="datetime-local" label={t.offer.to} value={form.to} onChange={(event) => setForm({ ...form, to: event.currentTarget.value })} />
      </div>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={t.offer.who}
        value={form.audience}
        data={[
          { value: 'anyone', label: t.offer.anyone },
          { value: 'some', label: t.offer.some },
        ]}
        onChange={(value) => setForm({ ...form, audience: value })}
      />
      {form.audience === 'some' && (
        <div className={styles.choices} role="group" aria-label={t.offer.people}>
          {others.map((person) => (
            <label key={person} className={styles.choice}>
              <input
                type="checkbox"
                checked={form.people.includes(person)}
                onChange={(event) => setForm({ ...form, people: event.currentTarget.checked ? [...form.people, person] : form.people.filter((one) => one !== person) })}
              />
              <PersonMark login={person} />
            </label>
          ))}
        </div>
      )}
      {tried && nobody && <p className={styles.fault}>{t.offer.choose}</p>}
      <TextInput label={t.offer.reason} maxLength={500} value={form.reason} onChange={(event) => setForm({ ...form, reason: event.currentTarget.value })} />
      {offer.error && (
        <p className={styles.fault} role="alert">
          {offer.error.message}
        </p>
      )}
      <DialogFoot onClose={onClose} busy={offer.isPending} cancel={t.offer.cancel} submit={t.offer.submit} />
    </form>
  );
}
