import { ActionIcon, Button, NativeSelect } from '@mantine/core';
import type { Target } from '../../api/organisation';
import { usePeople } from '../../api/queries';
import { useSchedules, useTeams } from '../../api/schedules';
import { targetDocument, targetOf } from '../../lib/policy';
import { editText } from '../../text/edit';
import { orgText as t } from '../../text/organisation';
import { IconPlus, IconX } from '../../ui/icons';
import styles from '../editing/editing.module.css';

export type Written = Record<string, string>;

interface Props {
  /** Of which level, for the labels; the last resort counts as the next one. */
  level: number;
  value: readonly Written[];
  onChange: (value: Written[]) => void;
  error?: string;
}

/** Whom a level pages: one line a target. */
export function TargetsField({ level, value, onChange, error }: Props) {
  const schedules = useSchedules().data?.map(({ name }) => name) ?? [];
  const teams = useTeams().data?.map(({ name }) => name) ?? [];
  const people = [...(usePeople().data ?? [])];
  const set = (index: number, target: Target): void => onChange(value.map((one, place) => (place === index ? targetDocument(target) : one)));
  const own = { value: '', label: t.policies.fields.own };
  const named = (names: string[]) => [own, ...names.map((name) => ({ value: name, label: name }))];
  return (
    <div className={styles.rows}>
      {value.map((written, index) => {
        const target = targetOf(written);
        const names =
          target.kind === 'person'
            ? [{ value: '', label: editText.choose }, ...people.map(([login, name]) => ({ value: login, label: name }))]
            : target.kind === 'schedule' || target.kind === 'roster'
              ? named(schedules)
              : target.kind === 'lead' || target.kind === 'team'
                ? named(teams)
                : null;
        return (
          <div key={index} className={styles.row}>
            <NativeSelect
              className={styles.grow}
              aria-label={t.policies.fields.whoNth(level, index + 1)}
              value={target.kind}
              data={Object.entries(t.policies.kinds).map(([kind, label]) => ({ value: kind, label }))}
              onChange={(event) => set(index, { kind: event.currentTarget.value, name: null, position: event.currentTarget.value === 'schedule' ? 'primary' : null })}
            />
            {names && (
              <NativeSelect className={styles.grow} aria-label={t.policies.fields.name} value={target.name ?? ''} data={names} onChange={(event) => set(index, { ...target, name: event.currentTarget.value || null })} />
            )}
            {target.kind === 'schedule' && (
              <NativeSelect
                className={styles.grow}
                aria-label={t.policies.fields.position}
                value={target.position ?? 'primary'}
                data={Object.entries(t.position).map(([position, label]) => ({ value: position, label }))}
                onChange={(event) => set(index, { ...target, position: event.currentTarget.value })}
              />
            )}
            {value.length > 1 && (
              <ActionIcon size={36} variant="subtle" color="gray" aria-label={t.policies.fields.removeTarget} onClick={() => onChange(value.filter((_, place) => place !== index))}>
                <IconX size={16} />
              </ActionIcon>
            )}
          </div>
        );
      })}
      {error && <p className={styles.fault}>{error}</p>}
      <div>
        <Button size="compact-xs" variant="subtle" leftSection={<IconPlus size={13} />} onClick={() => onChange([...value, { lead: 'own-team' }])}>
          {t.policies.fields.addTarget}
        </Button>
      </div>
    </div>
  );
}
