import { Button, Group, Modal, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { usePools } from '../../api/organisation';
import { useTeams } from '../../api/schedules';
import type { Me } from '../../api/types';
import { can } from '../../app/places';
import { serverNow } from '../../lib/clock';
import { startDraft } from '../../lib/draft';
import { keepDraft } from '../../lib/draftStore';
import { viewerZone } from '../../lib/time';
import { draftText } from '../../text/drafts';
import { toastError } from '../../ui/toast';
import styles from './SchedulesPage.module.css';

const t = draftText.newSchedule;

/** A schedule begins as a draft: named here, made of layers there, in force when it is published. */
export default function NewSchedule({ me, taken, onClose }: { me: Me; taken: readonly string[]; onClose: () => void }) {
  const teams = useTeams().data ?? [];
  // Whose rights are for some teams makes schedules for these.
  const own = teams.filter((team) => can(me, 'manager', team.name));
  const pools = usePools().data ?? [];
  const navigate = useNavigate();
  const [form, setForm] = useState({ name: '', team: '', pool: '', zone: viewerZone() });
  const [tried, setTried] = useState(false);
  const set = (part: Partial<typeof form>): void => setForm({ ...form, ...part });
  const name = form.name.trim();
  const team = form.team || (can(me, 'manager', null) ? '' : (own[0]?.name ?? ''));
  const pool = form.pool || pools[0]?.name || '';
  const wrong = !/^[a-z0-9][a-z0-9-]*$/.test(name) ? t.badName : taken.includes(name) ? t.taken : null;

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (wrong || !pool) return;
    const draft = startDraft({ document: { name, ...(team && { team }), pool, zone: form.zone, layers: [] }, basis: null, overrides: [] }, serverNow());
    if (!keepDraft(me.login, name, draft)) return toastError(new Error(draftText.notKept));
    void navigate(`/schedules/${encodeURIComponent(name)}?draft=1`);
  };

  return (
    <Modal opened onClose={onClose} title={t.title} size={460}>
      <form className={styles.form} onSubmit={submit} noValidate>
        <p className={styles.hint}>{t.hint}</p>
        <TextInput data-autofocus label={t.name} description={t.nameHint} value={form.name} error={tried && wrong} onChange={(event) => set({ name: event.currentTarget.value })} />
        <NativeSelect label={t.team} value={team} data={[...(can(me, 'manager', null) ? [{ value: '', label: t.noTeam }] : []), ...own.map((team) => team.name)]} onChange={(event) => set({ team: event.currentTarget.value })} />
        <NativeSelect label={t.pool} value={pool} data={pools.map((one) => one.name)} onChange={(event) => set({ pool: event.currentTarget.value })} />
        <NativeSelect label={t.zone} value={form.zone} data={[...new Set([viewerZone(), ...Intl.supportedValuesOf('timeZone')])]} onChange={(event) => set({ zone: event.currentTarget.value })} />
        <Group justify="flex-end" gap="xs">
          <Button type="submit">{t.begin}</Button>
        </Group>
      </form>
    </Modal>
  );
}
