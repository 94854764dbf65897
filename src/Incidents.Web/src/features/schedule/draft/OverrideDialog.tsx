import { Button, Group, Modal, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { usePeople } from '../../../api/queries';
import type { NewOverride, OverrideKind, Position, Shift } from '../../../api/scheduleTypes';
import { serverNow } from '../../../lib/clock';
import { type CoverForm, draftOf } from '../../../lib/cover';
import { actOf, type Shown } from '../../../lib/draft';
import { endOf, startOf } from '../../../lib/shifts';
import { fromField, hour, minute, toField, zoneName } from '../../../lib/zone';
import { draftText as t } from '../../../text/drafts';
import { scheduleText } from '../../../text/schedules';
import styles from '../CoverDialog.module.css';
import type { Range } from '../useRange';

interface Props {
  schedule: string;
  /** What is edited; null: a new one over `range`. */
  shown: Shown | null;
  range: Range | null;
  zone: string;
  roster: readonly string[];
  /** The draft's final shifts, to know who is on in the range. */
  shifts: readonly Shift[];
  onSave: (override: NewOverride) => void;
  onRemove: () => void;
  onBack: () => void;
  onClose: () => void;
}

const kinds: OverrideKind[] = ['replace', 'add', 'remove'];
const c = scheduleText.cover;

/** An override of the draft, exactly: what a drag does roughly. Nothing is sent; the draft shows what comes of it. */
export default function OverrideDialog({ schedule, shown, range, zone, roster, shifts, onSave, onRemove, onBack, onClose }: Props) {
  const names = usePeople().data;
  const [form, setForm] = useState<CoverForm>(() => {
    const begin = Math.ceil((range?.from ?? serverNow()) / (15 * minute)) * 15 * minute;
    if (!shown) return { kind: 'replace', position: (range?.position ?? 'primary') as Position, from: toField(begin, zone), to: toField(range?.to || begin + 8 * hour, zone), who: '', with: '', reason: '' };
    const { override } = shown;
    const { kind, person } = actOf(override);
    return { kind, position: override.position ?? 'primary', from: toField(Date.parse(override.from), zone), to: toField(Date.parse(override.to), zone), who: person, with: override.with ?? '', reason: override.reason ?? '' };
  });
  const [tried, setTried] = useState(false);
  const from = fromField(form.from, zone);
  const to = fromField(form.to, zone);
  const on = [...new Set(shifts.filter((s) => s.position === form.position && from !== null && to !== null && startOf(s) < to && endOf(s) > from).flatMap((s) => s.people))];
  const who = form.who || (form.kind === 'add' ? '' : (on[0] ?? ''));
  const override = draftOf({ ...form, who }, schedule, zone);
  const set = (part: Partial<CoverForm>): void => setForm({ ...form, ...part });
  const missing = (value: string) => tried && !value && c.required;
  const label = (login: string) => ({ value: login, label: names?.get(login) ?? login });
  const others = [...(names?.keys() ?? [])].filter((login) => !roster.includes(login)).sort();
  const people = (without: string) => [
    { value: '', label: c.choose },
    { group: c.roster, items: roster.filter((login) => login !== without).map(label) },
    ...(others.length ? [{ group: c.others, items: others.filter((login) => login !== without).map(label) }] : []),
  ];
  const fixed = shown?.swap || shown?.state === 'removed';

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (override && !fixed) onSave(override);
  };

  return (
    <Modal opened onClose={onClose} title={t.override.title} size={520} padding="lg">
      <form className={styles.fields} onSubmit={submit} noValidate>
        {shown?.swap && <p className={styles.hint}>{t.override.fixed}</p>}
        <fieldset className={styles.fieldset} disabled={!!fixed}>
          <SegmentedControl fullWidth size="xs" aria-label={c.what} value={form.kind} data={kinds.map((kind) => ({ value: kind, label: c.kinds[kind] }))} onChange={(kind) => set({ kind: kind as OverrideKind })} />
          <SegmentedControl
            fullWidth
            size="xs"
            aria-label={c.position}
            value={form.position}
            data={['primary', 'secondary'].map((value) => ({ value, label: scheduleText.position[value] ?? value }))}
            onChange={(position) => set({ position: position as Position })}
          />
          <div className={styles.pair}>
            <TextInput type="datetime-local" label={c.from} value={form.from} onChange={(event) => set({ from: event.currentTarget.value })} />
            <TextInput type="datetime-local" label={c.to} value={form.to} error={tried && from !== null && to !== null && to <= from && c.after} onChange={(event) => set({ to: event.currentTarget.value })} />
            <p className={styles.zone}>{zoneName(zone)}</p>
          </div>
          <div className={styles.pair} data-single={form.kind !== 'replace' || undefined}>
            <NativeSelect label={c.who[form.kind]} value={who} error={missing(who)} data={people('')} onChange={(event) => set({ who: event.currentTarget.value })} />
            {form.kind === 'replace' && <NativeSelect data-autofocus label={c.with} value={form.with} error={missing(form.with)} data={people(who)} onChange={(event) => set({ with: event.currentTarget.value })} />}
          </div>
          <TextInput label={c.reason} description={c.reasonHint} placeholder={c.reasonExample} maxLength={200} value={form.reason} onChange={(event) => set({ reason: event.currentTarget.value })} />
        </fieldset>
        <Group justify="space-between" gap="xs">
          {shown && !shown.swap ? (
            shown.state === 'removed' || shown.state === 'changed' ? (
              <Button variant="default" onClick={onBack}>
                {t.override.back}
              </Button>
            ) : (
              <Button variant="subtle" color="red" onClick={onRemove}>
                {t.override.remove}
              </Button>
            )
          ) : (
            <span />
          )}
          <Group gap="xs">
            <Button variant="default" onClick={onClose}>
              {c.cancel}
            </Button>
            {!fixed && <Button type="submit">{t.override.save}</Button>}
          </Group>
        </Group>
      </form>
    </Modal>
  );
}
