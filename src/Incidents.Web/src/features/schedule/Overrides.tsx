import { ActionIcon, Button, Skeleton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMe } from '../../api/queries';
import { useCreateOverride, useDeleteOverride, useOverrides, useTemporary } from '../../api/schedules';
import type { NewOverride, Override, Schedule } from '../../api/scheduleTypes';
import { can } from '../../app/places';
import { useNow } from '../../lib/clock';
import { intervalText } from '../../lib/shifts';
import { minute } from '../../lib/zone';
import { scheduleText as t } from '../../text/schedules';
import { IconCalendarTime, IconTrash } from '../../ui/icons';
import { toastDone, toastError } from '../../ui/toast';
import { useNameOf } from '../../ui/usePeopleNames';
import page from '../page.module.css';
import { Tip } from '../../ui/Tip';
import styles from './cards.module.css';

/** Exceptions that are not over: overrides with a button that takes them away, and temporary schedules. */
export function Overrides({ schedule }: { schedule: Schedule }) {
  const query = useOverrides(schedule.name);
  const temporary = useTemporary(schedule.name).data ?? [];
  const now = useNow(minute);
  return (
    <>
      {!(query.isError && !query.data) && (
        <section aria-label={t.overrides.title}>
          <div className={styles.head}>
            <h2 className={page.heading}>{t.overrides.title}</h2>
          </div>
          {!query.data ? (
            <Skeleton height={64} radius="lg" aria-busy />
          ) : query.data.length === 0 ? (
            <p className={`card ${styles.empty}`}>{t.overrides.empty}</p>
          ) : (
            <ul className="card">
              {[...query.data]
                .sort((a, b) => a.from.localeCompare(b.from))
                .map((override) => (
                  <Item key={override.id} override={override} team={schedule.team} now={now} />
                ))}
            </ul>
          )}
        </section>
      )}
      {temporary.length > 0 && (
        <section aria-label={t.temporary.title}>
          <div className={styles.head}>
            <h2 className={page.heading}>{t.temporary.title}</h2>
          </div>
          <ul className="card">
            {temporary.map((item) => (
              <li key={item.id} className={styles.item}>
                <div className={styles.line}>
                  <IconCalendarTime size={16} aria-hidden /> <strong>{item.name}</strong>
                  <span className={styles.dim}>{t.temporary.shifts(item.shifts.length)}</span>
                </div>
                <p className={`${styles.text} num`}>{intervalText(item.from, item.to, now)}</p>
                <p className={styles.detail}>{[item.reason, t.temporary.instead, t.overrides.by(item.author)].filter(Boolean).join(' · ')}</p>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Item({ override, team, now }: { override: Override; team: string | null; now: number }) {
  const nameOf = useNameOf();
  const me = useMe().data;
  const remove = useDeleteOverride();
  const restore = useCreateOverride();
  const manager = can(me, 'manager', team);
  const mayRemove = !override.swap && (manager || (override.kind === 'replace' && override.person === me?.login && override.author === me.login));
  const what =
    override.kind === 'replace' ? t.overrides.replace(nameOf(override.with ?? ''), nameOf(override.person)) : override.kind === 'add' ? t.overrides.add(nameOf(override.person)) : t.overrides.remove(nameOf(override.person));

  // The line is gone by then, so what follows hangs on the promise.
  const undo = (item: NewOverride): void => void restore.mutateAsync({ override: item }).then(() => toastDone(t.overrides.restored), toastError);
  const run = (): void =>
    remove.mutate(override.id, {
      onError: toastError,
      onSuccess: ({ item }) => {
        if (!item) return toastDone(t.overrides.deleted);
        const id = `deleted-${override.id}`;
        toastDone(
          t.overrides.deleted,
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => {
              notifications.hide(id);
              undo(item as unknown as NewOverride);
            }}
          >
            {t.cover.undo}
          </Button>,
          id,
        );
      },
    });

  return (
    <li className={styles.item}>
      <div className={styles.line}>
        <span>{what}</span>
        {override.position !== 'primary' && <span className={styles.dim}>{t.position[override.position]}</span>}
        {Date.parse(override.from) <= now && (
          <span className={styles.chip} data-tone="info">
            {t.overrides.running}
          </span>
        )}
        {override.swap && (
          <span className={styles.chip} data-tone="swap">
            {t.overrides.swap}
          </span>
        )}
        {mayRemove && (
          <span className={styles.end}>
            <Tip label={t.overrides.delete}>
              <ActionIcon size={28} variant="subtle" color="gray" aria-label={t.overrides.deleteLabel(what)} loading={remove.isPending} onClick={run}>
                <IconTrash size={16} />
              </ActionIcon>
            </Tip>
          </span>
        )}
      </div>
      <p className={`${styles.text} num`}>{intervalText(override.from, override.to, now)}</p>
      <p className={styles.detail}>{[override.reason, t.overrides.by(override.author)].filter(Boolean).join(' · ')}</p>
    </li>
  );
}
