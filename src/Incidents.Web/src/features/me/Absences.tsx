import { ActionIcon, Button, NativeSelect, Skeleton, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useAbsences, useAddAbsence, useRemoveAbsence } from '../../api/me';
import { useEverybody, usePerson } from '../../api/queries';
import { useCalendars } from '../../api/schedules';
import { useNow } from '../../lib/clock';
import { viewerZone } from '../../lib/time';
import { addDays, dateOf, minute, writeDate } from '../../lib/zone';
import { meText as t } from '../../text/me';
import { reachText } from '../../text/reach';
import { IconBeach, IconPlus, IconTrash } from '../../ui/icons';
import { toastDone, toastError } from '../../ui/toast';
import { useNameOf } from '../../ui/usePeopleNames';
import page from '../page.module.css';
import cards from '../schedule/cards.module.css';
import styles from './MePage.module.css';

const written = (date: string): string => writeDate(date, { weekday: 'short', day: 'numeric', month: 'short' });

/** The zone whose midnights begin and end a person's days off: their own, wherever the viewer is now. */
function useZoneOf(login: string): string {
  const person = usePerson(login).data;
  const calendars = useCalendars().data;
  return person?.zone ?? calendars?.find((calendar) => calendar.name === person?.calendar)?.zone ?? viewerZone();
}

/** Whole days as a person says them: the last day is included, unlike in the API. */
function daysOf(from: string, to: string, zone: string): string {
  const first = dateOf(Date.parse(from), zone);
  const last = dateOf(Date.parse(to) - 1, zone);
  return first === last ? written(first) : `${written(first)} – ${written(last)}`;
}

export function Absences({ login }: { login: string }) {
  const query = useAbsences(login);
  const remove = useRemoveAbsence();
  const [adding, setAdding] = useState(false);
  const zone = useZoneOf(login);
  const nameOf = useNameOf();
  if (query.isError && !query.data) return null;
  return (
    <section aria-label={t.absences.title}>
      <div className={cards.head}>
        <h2 className={page.heading}>{t.absences.title}</h2>
        {!adding && (
          <Button size="compact-xs" variant="subtle" leftSection={<IconPlus size={14} />} onClick={() => setAdding(true)}>
            {t.absences.add}
          </Button>
        )}
      </div>
      <div className="card">
        {adding && <AddForm login={login} zone={zone} onDone={() => setAdding(false)} />}
        {!query.data ? (
          <Skeleton height={48} aria-busy />
        ) : query.data.length === 0 ? (
          !adding && <p className={cards.empty}>{t.absences.empty}</p>
        ) : (
          <ul>
            {query.data.map((absence) => {
              const when = daysOf(absence.from, absence.to, zone);
              return (
                <li key={absence.id} className={cards.item}>
                  <div className={cards.line}>
                    <IconBeach size={16} aria-hidden />
                    <span className="num">{when}</span>
                    <span className={cards.dim}>{[absence.reason, absence.handOver && reachText.handOver.to(nameOf(absence.handOver))].filter(Boolean).join(' · ')}</span>
                    <span className={cards.end}>
                      <ActionIcon
                        size={28}
                        variant="subtle"
                        color="gray"
                        aria-label={t.absences.remove(when)}
                        loading={remove.isPending && remove.variables === absence.id}
                        onClick={() => remove.mutate(absence.id, { onError: toastError, onSuccess: () => toastDone(t.absences.removed) })}
                      >
                        <IconTrash size={16} />
                      </ActionIcon>
                    </span>
                  </div>
                </li>
              );
            })}
          </ul>
        )}
      </div>
      <p className={`${cards.hint} ${styles.under}`}>{t.absences.hint}</p>
    </section>
  );
}

function AddForm({ login, zone, onDone }: { login: string; zone: string; onDone: () => void }) {
  const today = dateOf(useNow(minute), zone);
  const add = useAddAbsence(login);
  const [form, setForm] = useState({ from: addDays(today, 1), to: addDays(today, 1), reason: '', handOver: '' });
  const people = (useEverybody().data ?? []).filter((person) => person.login !== login && (person.contacts?.length ?? 1) > 0);
  const backwards = form.to < form.from;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!form.from || !form.to || backwards) return;
    add.mutate(
      { from: form.from, to: addDays(form.to, 1), reason: form.reason.trim() || undefined, handOver: form.handOver || undefined },
      {
        onSuccess: () => {
          onDone();
          toastDone(t.absences.added);
        },
      },
    );
  };
  return (
    <form className={`${styles.form} ${styles.box}`} onSubmit={submit} noValidate>
      <div className={styles.pair}>
        <TextInput type="date" label={t.absences.from} min={today} value={form.from} onChange={(event) => setForm({ ...form, from: event.currentTarget.value, to: event.currentTarget.value > form.to ? event.currentTarget.value : form.to })} />
        <TextInput type="date" label={t.absences.to} min={form.from} value={form.to} error={backwards && t.absences.after} onChange={(event) => setForm({ ...form, to: event.currentTarget.value })} />
      </div>
      <TextInput label={t.absences.reason} placeholder={t.absences.reasonExample} maxLength={200} value={form.reason} onChange={(event) => setForm({ ...form, reason: event.currentTarget.value })} />
      <NativeSelect
        label={reachText.handOver.field}
        value={form.handOver}
        data={[{ value: '', label: reachText.handOver.nobody }, ...people.map((person) => ({ value: person.login, label: person.name }))]}
        onChange={(event) => setForm({ ...form, handOver: event.currentTarget.value })}
      />
      {add.error && (
        <p className={styles.fault} role="alert">
          {add.error.message}
        </p>
      )}
      <div className={styles.buttons}>
        <Button size="xs" type="submit" loading={add.isPending}>
          {t.absences.submit}
        </Button>
        <Button size="xs" variant="default" onClick={onDone}>
          {t.offer.cancel}
        </Button>
      </div>
    </form>
  );
}
