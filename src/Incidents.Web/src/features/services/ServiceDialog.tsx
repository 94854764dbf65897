import { NativeSelect, TextInput } from '@mantine/core';
import { usePolicies, usePools } from '../../api/organisation';
import { useServices } from '../../api/queries';
import { useSchedules, useTeams } from '../../api/schedules';
import { editText } from '../../text/edit';
import { orgText as t } from '../../text/organisation';
import { Checks } from '../editing/Checks';
import { EditDialog } from '../editing/EditDialog';
import styles from '../editing/editing.module.css';
import { useEditor } from '../editing/useEditor';

const fields = ['name', 'pool', 'team', 'schedule', 'policy', 'dependsOn', 'runbook'];

/** `name` empty: a new service. */
export default function ServiceDialog({ name, onClose, onSaved }: { name: string; onClose: () => void; onSaved?: (name: string) => void }) {
  const pools = usePools().data ?? [];
  const policies = usePolicies().data ?? [];
  const schedules = useSchedules().data ?? [];
  const teams = useTeams().data ?? [];
  const services = useServices().data ?? [];
  const editor = useEditor({ plural: 'services', name, template: { name: '' }, onSaved: (_, saved) => onSaved?.(saved) });
  const body = (editor.body ?? {}) as { name?: string; team?: string; pool?: string; schedule?: string; policy?: string; dependsOn?: string[]; runbook?: string };
  const names = (list: { name: string }[], none?: string) => [...(none === undefined ? [{ value: '', label: editText.choose }] : [{ value: '', label: none }]), ...list.map((one) => ({ value: one.name, label: one.name }))];
  const own = pools.find((pool) => pool.name === body.pool)?.policy ?? t.none;
  const optional = (value: string): string | undefined => value || undefined;
  return (
    <EditDialog title={name ? t.service.edit(name) : t.service.new} editor={editor} onClose={onClose} fields={fields}>
      {!name && <TextInput data-autofocus label={editText.name} value={body.name ?? ''} error={editor.faultOf('name')} maxLength={80} onChange={(event) => editor.set({ name: event.currentTarget.value })} />}
      <div className={styles.pair}>
        <NativeSelect label={t.service.fields.pool} value={body.pool ?? ''} error={editor.faultOf('pool')} data={names(pools)} onChange={(event) => editor.set({ pool: optional(event.currentTarget.value) })} />
        <NativeSelect label={t.service.fields.team} value={body.team ?? ''} error={editor.faultOf('team')} data={names(teams, t.service.noTeam)} onChange={(event) => editor.set({ team: optional(event.currentTarget.value) })} />
      </div>
      <div className={styles.pair}>
        <NativeSelect label={t.service.fields.schedule} value={body.schedule ?? ''} error={editor.faultOf('schedule')} data={names(schedules, t.service.noSchedule)} onChange={(event) => editor.set({ schedule: optional(event.currentTarget.value) })} />
        <NativeSelect label={t.service.fields.policy} value={body.policy ?? ''} error={editor.faultOf('policy')} data={names(policies, t.service.fields.poolsOwn(own))} onChange={(event) => editor.set({ policy: optional(event.currentTarget.value) })} />
      </div>
      <Checks
        label={t.service.fields.dependsOn}
        options={services.filter((one) => one.name !== body.name).map((one) => ({ value: one.name, label: one.name }))}
        value={body.dependsOn ?? []}
        error={editor.faultsUnder('dependsOn')}
        empty={t.service.noOthers}
        onChange={(dependsOn) => editor.set({ dependsOn })}
      />
      <TextInput type="url" label={t.service.fields.runbook} description={t.service.fields.runbookHint} placeholder="https://" value={body.runbook ?? ''} error={editor.faultOf('runbook')} onChange={(event) => editor.set({ runbook: optional(event.currentTarget.value) })} />
    </EditDialog>
  );
}
