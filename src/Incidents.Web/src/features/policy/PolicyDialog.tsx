import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core';
import type { Policy } from '../../api/organisation';
import { useTeams } from '../../api/schedules';
import type { Service } from '../../api/types';
import { targetOf } from '../../lib/policy';
import { editText } from '../../text/edit';
import { orgText as t } from '../../text/organisation';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '../../ui/icons';
import { EditDialog } from '../editing/EditDialog';
import styles from '../editing/editing.module.css';
import { useEditor } from '../editing/useEditor';
import { useOrganisation } from '../useOrganisation';
import { Escalation } from './Escalation';
import { TargetsField, type Written } from './TargetsField';

interface WrittenLevel {
  page: Written[];
  timeout?: string;
  every?: string;
}

interface WrittenPolicy {
  name?: string;
  team?: string;
  levels?: WrittenLevel[];
  repeat?: number;
  lastResort?: WrittenLevel;
}

const template = { name: '', levels: [{ page: [{ schedule: 'own', position: 'primary' }], timeout: 'pool' }], repeat: 1, lastResort: { page: [{ roster: 'own' }], every: 'pool' } };

/** A draft as the pages show policies. */
function policyFrom({ name = '', levels = [], repeat = 0, lastResort }: WrittenPolicy): Policy {
  const level = ({ page, timeout, every }: WrittenLevel) => ({ page: page.map(targetOf), timeout: timeout ?? every ?? 'pool' });
  return { name, levels: levels.map(level), repeat: Number(repeat) || 0, lastResort: lastResort ? level(lastResort) : null };
}

/** `name` empty: a new policy. Beside the form is what the draft would do for the service that was looked at. */
export default function PolicyDialog({ name, service, onClose, onSaved }: { name: string; service?: Service; onClose: () => void; onSaved?: (name: string) => void }) {
  const editor = useEditor({ plural: 'policies', name, template, onSaved: (_, saved) => onSaved?.(saved) });
  const organisation = useOrganisation();
  const teams = useTeams().data ?? [];
  const body = (editor.body ?? {}) as WrittenPolicy;
  const levels = body.levels ?? [];
  const last = body.lastResort ?? template.lastResort;
  const setLevels = (next: WrittenLevel[]): void => editor.set({ levels: next });
  const setLevel = (index: number, part: Partial<WrittenLevel>): void => setLevels(levels.map((level, place) => (place === index ? { ...level, ...part } : level)));
  const move = (index: number, by: number): void => {
    const next = [...levels];
    const [level] = next.splice(index, 1);
    if (level) next.splice(index + by, 0, level);
    setLevels(next);
  };
  const f = t.policies.fields;
  return (
    <EditDialog
      title={name ? t.policies.edit(name) : t.policies.new}
      editor={editor}
      onClose={onClose}
      fields={['name', 'team', 'levels', 'repeat', 'lastResort']}
      aside={
        organisation &&
        levels.length > 0 && (
          <div style={{ marginTop: 14 }}>
            <Escalation policy={policyFrom(body)} service={service} organisation={organisation} />
          </div>
        )
      }
    >
      {!name && <TextInput data-autofocus label={editText.name} value={body.name ?? ''} error={editor.faultOf('name')} maxLength={80} onChange={(event) => editor.set({ name: event.currentTarget.value })} />}
      <NativeSelect label={t.service.fields.team} value={body.team ?? ''} error={editor.faultOf('team')} data={[{ value: '', label: t.service.noTeam }, ...teams.map((team) => ({ value: team.name, label: team.name }))]} onChange={(event) => editor.set({ team: event.currentTarget.value || undefined })} />
      {levels.map((level, index) => (
        <div key={index} className={styles.sub} role="group" aria-label={t.policies.level(index + 1)}>
          <div className={styles.subHead}>
            <span>{t.policies.level(index + 1)}</span>
            <span>
              <ActionIcon size={28} variant="subtle" color="gray" aria-label={f.up(index + 1)} disabled={index === 0} onClick={() => move(index, -1)}>
                <IconArrowUp size={15} />
              </ActionIcon>
              <ActionIcon size={28} variant="subtle" color="gray" aria-label={f.down(index + 1)} disabled={index === levels.length - 1} onClick={() => move(index, 1)}>
                <IconArrowDown size={15} />
              </ActionIcon>
              <ActionIcon size={28} variant="subtle" color="gray" aria-label={f.removeLevel(index + 1)} disabled={levels.length === 1} onClick={() => setLevels(levels.filter((_, place) => place !== index))}>
                <IconTrash size={15} />
              </ActionIcon>
            </span>
          </div>
          <TargetsField level={index + 1} value={level.page} error={editor.faultsUnder(`levels[${index}].page`)} onChange={(page) => setLevel(index, { page })} />
          <TextInput size="xs" label={f.timeout} description={f.timeoutHint} value={level.timeout ?? 'pool'} error={editor.faultOf(`levels[${index}].timeout`)} onChange={(event) => setLevel(index, { timeout: event.currentTarget.value })} />
        </div>
      ))}
      <div>
        <Button size="xs" variant="default" leftSection={<IconPlus size={14} />} onClick={() => setLevels([...levels, { page: [{ schedule: 'own', position: 'secondary' }], timeout: 'pool' }])}>
          {f.addLevel}
        </Button>
      </div>
      <TextInput
        type="number"
        min={0}
        label={f.repeat}
        description={f.repeatHint}
        value={String(body.repeat ?? 0)}
        error={editor.faultOf('repeat')}
        onChange={(event) => editor.set({ repeat: event.currentTarget.value === '' ? 0 : Number(event.currentTarget.value) })}
      />
      <div className={styles.sub} role="group" aria-label={t.policies.lastResort}>
        <div className={styles.subHead}>{t.policies.lastResort}</div>
        <TargetsField level={levels.length + 1} value={last.page} error={editor.faultsUnder('lastResort.page')} onChange={(page) => editor.set({ lastResort: { ...last, page } })} />
        <TextInput size="xs" label={f.every} description={f.timeoutHint} value={last.every ?? 'pool'} error={editor.faultOf('lastResort.every')} onChange={(event) => editor.set({ lastResort: { ...last, every: event.currentTarget.value } })} />
      </div>
    </EditDialog>
  );
}
