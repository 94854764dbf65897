import { ActionIcon, Button, Modal, NativeSelect, TextInput, VisuallyHidden } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ApiError } from '../../../api/client';
import { type OwnContact, type OwnRules, putRules, type QuietHours, type Step, useRefreshMine } from '../../../api/reach';
import { lengthOf } from '../../../lib/policy';
import { movedSteps, quietSentence, ruleSentence, weekdays } from '../../../lib/reach';
import { longLength } from '../../../lib/time';
import { peopleText } from '../../../text/organisation';
import { reachText as t } from '../../../text/reach';
import { DialogFoot } from '../../../ui/DialogFoot';
import { IconGripVertical, IconPlus, IconTrash } from '../../../ui/icons';
import { toastDone } from '../../../ui/toast';
import styles from './reach.module.css';
import { useReorder } from './useReorder';

const delays = ['0s', '1m', '2m', '3m', '5m', '10m', '15m', '30m', '1h'];
const night: QuietHours = { from: '22:00', to: '07:00', days: weekdays };

/** Who is tried when, for each urgency, and when what is not urgent waits; told as a sentence while it is made. */
export function RulesDialog({ rules, contacts, etag, onClose }: { rules: OwnRules; contacts: OwnContact[]; etag: string | null; onClose: () => void }) {
  const [draft, setDraft] = useState(rules);
  const [saving, setSaving] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const refresh = useRefreshMine();
  const set = (part: Partial<OwnRules>): void => {
    setDraft({ ...draft, ...part });
    setError(null);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (saving) return;
    setSaving(true);
    putRules(draft, etag)
      .then(
        () => {
          toastDone(t.rules.saved);
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
    <Modal opened onClose={onClose} title={t.rules.dialog} size="lg">
      <form className={styles.stack} onSubmit={submit} noValidate>
        <p className={styles.dim}>{t.rules.hint}</p>
        <Sequence title={t.rules.high} steps={draft.high} contacts={contacts} onChange={(high) => set({ high })} />
        <label className={styles.check}>
          <input type="checkbox" checked={!!draft.low} onChange={(event) => set({ low: event.currentTarget.checked ? draft.high : null })} />
          {t.rules.separate}
        </label>
        {draft.low && <Sequence title={t.rules.low} steps={draft.low} contacts={contacts} onChange={(low) => set({ low })} />}
        <Quiet quiet={draft.quietHours} zone={rules.zone} onChange={(quietHours) => set({ quietHours })} />
        {error && (
          <p className={styles.fault} role="alert">
            {error.message}
          </p>
        )}
        <DialogFoot onClose={onClose} busy={saving} cancel={t.cancel} submit={t.save} />
      </form>
    </Modal>
  );
}

function Sequence({ title, steps, contacts, onChange }: { title: string; steps: Step[]; contacts: OwnContact[]; onChange: (steps: Step[]) => void }) {
  const r = t.rules;
  const [said, setSaid] = useState('');
  const { list, handle, dragging } = useReorder((from, to) => {
    onChange(movedSteps(steps, from, to));
    setSaid(r.moved(to + 1));
  });
  const change = (index: number, part: Partial<Step>): void => onChange(steps.map((step, place) => (place === index ? { ...step, ...part } : step)));
  const add = (): void => {
    const last = steps.at(-1);
    const unused = contacts.find(({ name }) => !steps.some((step) => step.contact === name)) ?? contacts[0];
    if (unused) onChange([...steps, { contact: unused.name, after: !last ? '0s' : (delays[delays.indexOf(last.after) + 1] ?? last.after) }]);
  };
  return (
    <section className={styles.group} aria-label={title}>
      <h3>{title}</h3>
      <ol ref={list} className={styles.rows}>
        {steps.map((step, index) => (
          <li key={index} className={styles.row} data-step data-dragged={dragging === index || undefined}>
            <button type="button" data-handle className={styles.handle} aria-label={r.move(index + 1, steps.length, title)} {...handle(index)}>
              <IconGripVertical size={16} aria-hidden />
            </button>
            <NativeSelect
              size="xs"
              aria-label={r.nth(r.when, index + 1, title)}
              value={step.after}
              data={[...delays, ...(delays.includes(step.after) ? [] : [step.after])].sort((a, b) => (lengthOf(a) ?? 0) - (lengthOf(b) ?? 0)).map((value) => ({ value, label: lengthOf(value) ? r.after(longLength(lengthOf(value) ?? 0)) : r.atOnce }))}
              onChange={(event) => change(index, { after: event.currentTarget.value })}
            />
            <NativeSelect
              size="xs"
              aria-label={r.nth(r.contact, index + 1, title)}
              value={step.contact}
              data={contacts.map((contact) => ({ value: contact.name, label: `${peopleText.contacts.kind[contact.kind] ?? contact.kind} · ${contact.name} · ${contact.address}` }))}
              onChange={(event) => change(index, { contact: event.currentTarget.value })}
            />
            <ActionIcon size={30} variant="subtle" color="gray" aria-label={r.remove(index + 1, title)} onClick={() => onChange(steps.filter((_, place) => place !== index))}>
              <IconTrash size={15} />
            </ActionIcon>
          </li>
        ))}
      </ol>
      <div>
        <Button size="compact-sm" variant="subtle" leftSection={<IconPlus size={14} />} disabled={contacts.length === 0} onClick={add}>
          {contacts.length === 0 ? r.noContacts : r.add}
        </Button>
      </div>
      <p className={styles.sentence} aria-live="polite">
        {ruleSentence(steps, contacts)}
      </p>
      <VisuallyHidden role="status">{said}</VisuallyHidden>
    </section>
  );
}

function Quiet({ quiet, zone, onChange }: { quiet: QuietHours | null; zone: string | undefined; onChange: (quiet: QuietHours | null) => void }) {
  const q = t.quiet;
  return (
    <section className={styles.group} aria-label={q.title}>
      <h3>{q.title}</h3>
      <label className={styles.check}>
        <input type="checkbox" checked={!!quiet} onChange={(event) => onChange(event.currentTarget.checked ? night : null)} />
        {q.use}
      </label>
      {quiet && (
        <>
          <div className={styles.pair}>
            <TextInput size="xs" type="time" label={q.from} value={quiet.from} onChange={(event) => onChange({ ...quiet, from: event.currentTarget.value })} />
            <TextInput size="xs" type="time" label={q.to} value={quiet.to} onChange={(event) => onChange({ ...quiet, to: event.currentTarget.value })} />
          </div>
          <fieldset className={styles.days} style={{ border: 0, margin: 0, padding: 0 }}>
            <VisuallyHidden component="legend">{q.days}</VisuallyHidden>
            {weekdays.map((day) => (
              <label key={day} className={styles.check}>
                <input
                  type="checkbox"
                  checked={quiet.days.includes(day)}
                  onChange={(event) => onChange({ ...quiet, days: weekdays.filter((one) => (one === day ? event.currentTarget.checked : quiet.days.includes(one))) })}
                />
                {q.day[day]}
              </label>
            ))}
          </fieldset>
          <p className={styles.sentence}>
            {quietSentence(quiet)} {q.zone(quiet.zone ?? zone ?? 'UTC')}.
          </p>
        </>
      )}
    </section>
  );
}
