import { Button, Group, Modal, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';
import { ApiError } from '../../api/client';
import { useMe, usePeople } from '../../api/queries';
import { useCreateOverride, useDeleteOverride, usePreview, useShifts } from '../../api/schedules';
import type { OverrideKind, Position, Schedule } from '../../api/scheduleTypes';
import { can } from '../../app/places';
import { serverNow } from '../../lib/clock';
import { type CoverForm, draftOf, fieldOf } from '../../lib/cover';
import { endOf, intervalText, rosterOf, startOf } from '../../lib/shifts';
import { viewerZone } from '../../lib/time';
import { fromField, hour, minute, offsetAt, toField, zoneName } from '../../lib/zone';
import { scheduleText as t } from '../../text/schedules';
import { toastDone, toastError } from '../../ui/toast';
import { Refused } from '../../ui/Refused';
import styles from './CoverDialog.module.css';
import { Preview } from './Preview';
import type { Range } from './useRange';

interface Props {
  schedule: Schedule;
  /** `to` 0: nothing has been chosen yet. */
  range: Range;
  onClose: () => void;
}

export default function CoverDialog(props: Props) {
  return (
    <Modal opened onClose={props.onClose} title={`${t.cover.title}: ${props.schedule.name}`} size={860} padding="lg">
      <Form {...props} />
    </Modal>
  );
}

const step = 15 * minute;
const kinds: OverrideKind[] = ['replace', 'add', 'remove'];

function Form({ schedule, range, onClose }: Props) {
  const me = useMe().data;
  const names = usePeople().data;
  const zone = viewerZone();
  const manager = can(me, 'manager', schedule.team);
  const begin = Math.ceil(range.from / step) * step;
  const end = range.to || begin + 8 * hour;
  const around = useShifts(schedule.name, Math.min(begin, end) - 24 * hour, Math.max(begin, end) + 24 * hour).data;
  const [form, setForm] = useState<CoverForm>({
    kind: 'replace',
    position: range.position as Position,
    from: toField(range.from <= serverNow() + minute ? range.from : begin, zone),
    to: toField(end, zone),
    who: '',
    with: '',
    reason: '',
  });
  const [waiver, setWaiver] = useState('');
  const [tried, setTried] = useState(false);
  const save = useCreateOverride();
  const undo = useDeleteOverride();

  const from = fromField(form.from, zone);
  const to = fromField(form.to, zone);
  const on = [...new Set((around ?? []).filter((s) => s.position === form.position && from !== null && to !== null && startOf(s) < to && endOf(s) > from).flatMap((s) => s.people))];
  // Whoever is on first in the chosen stretch is who needs cover; a responder can only give their own duty away.
  const who = manager ? form.who || (form.kind === 'add' ? '' : (on[0] ?? '')) : (me?.login ?? '');
  const draft = draftOf({ ...form, who }, schedule.name, zone);
  const [settled] = useDebouncedValue(draft, 300);
  const preview = usePreview(settled);
  const refusing = preview.data?.refusing ?? [];
  // Only a manager may accept a breach; anybody else is told by the server why it is refused.
  const waivable = refusing.length > 0 && manager;
  const problem = save.error instanceof ApiError ? save.error : null;
  const faults = new Map((problem?.problem.errors ?? []).map((fault) => [fieldOf(fault.path), fault.message]));
  const set = (part: Partial<CoverForm>): void => {
    setForm({ ...form, ...part });
    save.reset();
  };

  const roster = rosterOf(schedule.layers);
  const label = (login: string) => ({ value: login, label: names?.get(login) ?? login });
  const others = [...(names?.keys() ?? [])].filter((login) => !roster.includes(login)).sort();
  const people = (without: string) => [
    { value: '', label: t.cover.choose },
    { group: t.cover.roster, items: roster.filter((login) => login !== without).map(label) },
    ...(others.length ? [{ group: t.cover.others, items: others.filter((login) => login !== without).map(label) }] : []),
  ];

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (!draft || (waivable && !waiver.trim())) return;
    save.mutate(
      { override: draft, waiver: waiver.trim() },
      {
        onSuccess: ({ id }) => {
          onClose();
          const key = `override-${id}`;
          const back = (): void => {
            notifications.hide(key);
            // The dialog is gone by then, so what follows hangs on the promise.
            undo.mutateAsync(id ?? '').then(() => toastDone(t.cover.undone), toastError);
          };
          toastDone(t.cover.done, id && <Button size="compact-xs" variant="default" onClick={back}>{t.cover.undo}</Button>, key);
        },
      },
    );
  };

  const missing = (value: string) => tried && !value && t.cover.required;
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <div className={styles.fields}>
        {!manager && <p className={styles.own}>{t.cover.own}</p>}
        <div className={styles.pair}>
          {manager && <Choice label={t.cover.what} value={form.kind} data={kinds.map((value) => ({ value, label: t.cover.kinds[value] }))} onChange={(kind) => set({ kind: kind as OverrideKind, who: '', with: '' })} />}
          <Choice label={t.cover.position} value={form.position} data={(['primary', 'secondary'] as const).map((value) => ({ value, label: t.position[value] ?? value }))} onChange={(position) => set({ position: position as Position, who: '' })} />
        </div>
        <div className={styles.pair}>
          <TextInput type="datetime-local" label={t.cover.from} value={form.from} error={faults.get('from') ?? missing(form.from)} onChange={(event) => set({ from: event.currentTarget.value })} />
          <TextInput
            type="datetime-local"
            label={t.cover.to}
            value={form.to}
            error={faults.get('to') ?? (from !== null && to !== null && to <= from ? t.cover.after : missing(form.to))}
            onChange={(event) => set({ to: event.currentTarget.value })}
          />
          {from !== null && to !== null && offsetAt(from, zone) !== offsetAt(from, schedule.zone) && (
            <p className={styles.zone}>{intervalText(new Date(from).toISOString(), new Date(to).toISOString(), serverNow(), schedule.zone)} {t.timeline.here(zoneName(schedule.zone))}</p>
          )}
        </div>
        <div className={styles.pair} data-single={form.kind !== 'replace' || undefined}>
          {manager && (
            <NativeSelect label={t.cover.who[form.kind]} value={who} error={faults.get('who') ?? missing(who)} data={people('')} onChange={(event) => set({ who: event.currentTarget.value })} />
          )}
          {form.kind === 'replace' && (
            <NativeSelect data-autofocus label={t.cover.with} value={form.with} error={faults.get('with') ?? missing(form.with)} data={people(who)} onChange={(event) => set({ with: event.currentTarget.value })} />
          )}
        </div>
        <p className={styles.hint}>{t.cover.kindHint[form.kind]}</p>
        <TextInput label={t.cover.reason} description={t.cover.reasonHint} placeholder={t.cover.reasonExample} maxLength={200} value={form.reason} error={faults.get('reason')} onChange={(event) => set({ reason: event.currentTarget.value })} />
      </div>
      <aside className={styles.preview} aria-live="polite">
        <Preview draft={draft} query={preview} />
      </aside>
      <div className={styles.foot}>
        {waivable && (
          <TextInput label={t.cover.waiver} description={t.cover.waiverHint} value={waiver} required error={missing(waiver.trim())} onChange={(event) => setWaiver(event.currentTarget.value)} />
        )}
        {save.error && <Refused title={problem?.problem.title ?? t.cover.refused}>{problem?.status === 412 ? t.cover.conflict : save.error.message !== problem?.problem.title && save.error.message}</Refused>}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t.cover.cancel}
          </Button>
          <Button type="submit" loading={save.isPending} color={waivable ? 'red.8' : undefined}>
            {waivable ? t.cover.saveAnyway : t.cover.save}
          </Button>
        </Group>
      </div>
    </form>
  );
}

function Choice({ label, value, data, onChange }: { label: string; value: string; data: { value: string; label: string }[]; onChange: (value: string) => void }) {
  return (
    <div className={styles.choice}>
      <span aria-hidden>{label}</span>
      <SegmentedControl fullWidth size="xs" aria-label={label} value={value} data={data} onChange={onChange} />
    </div>
  );
}
